// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "portal/objecttype.h"
#include "portal/property.h"
#include "provisioner/rules/finding.h"

#include <QHash>

#include <memory>

namespace hubkeeper {

struct AccountDetails;
class LiveReport;
class Session;

/// Asks the portal what a file alone cannot say (rules HK9xx): whether the credentials work, what
/// they may do, whether the object types fit the live schema, whether permitsPerSecond is more
/// than the portal allows. Findings point into `text`, which may be newer than the file the
/// session was opened with; credentials, proxy and TLS are the session's.
///
/// Reads only, a handful of requests; progress counts steps. What goes wrong is a finding, so the
/// call fails only when it is cancelled. The session must outlive it.
class LiveCheck final : public Call<QList<Finding>>
{
public:
    LiveCheck(Session &session, JsonText text, QObject *parent);
    ~LiveCheck() override;

    /// Why the portal could not be asked, or not completely; nothing if everything was checked. A
    /// scope that is missing is a finding only. After the outcome.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }

private:
    void noteFailure(const Error &error);

    void askForAccount();
    void onAccount(const Result<AccountDetails> &account);
    void readContactDefinitions();
    void readCompanyDefinitions();
    void take(ObjectType type, const Result<QList<PropertyDefinition>> &definitions);
    void stepDone();
    void finish();

    Session &m_session;
    const JsonText m_text;
    const std::unique_ptr<LiveReport> m_report; // Refers to m_text.
    QHash<ObjectType, QList<PropertyDefinition>> m_definitions;
    std::optional<Error> m_failure;
    int m_stepsDone = 0;
};

} // namespace hubkeeper
