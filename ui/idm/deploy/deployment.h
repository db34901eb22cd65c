// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/deploy.h"

namespace hubkeeper {

/// Opens the journal and deploys; keeps session and journal until it is over. Fails as
/// openJournal() and deploy().
class Deployment final : public Call<DeployReport>
{
public:
    Deployment(std::shared_ptr<ServerSession> session, const SessionServices &services,
               DeployPlan plan, const DeployOptions &options, QObject *parent);

private:
    const std::shared_ptr<ServerSession> m_session;
    const DeployPlan m_plan;
};

/// The command that deploys the same: `hubkeeper-cli idm deploy FILE --server LABEL …`, its words
/// as a shell takes them.
[[nodiscard]] QString deployCommand(const QString &path, const QString &id, const QString &server,
                                    SecretChoice secrets, bool testsFirst);

/// What there is to say beside whether it worked, as sentences.
[[nodiscard]] QStringList detailsOf(const DeployReport &report);

} // namespace hubkeeper
