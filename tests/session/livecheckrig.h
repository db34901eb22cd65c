// SPDX-License-Identifier: MIT
#pragma once

#include "base/savefile.h"
#include "practice/server/practiceportal.h"
#include "provisioner/rules/rule.h"
#include "session/checks/livechecks.h"
#include "session/open/sessionopening.h"
#include "testkit/outcomeof.h"
#include "testkit/provisionerfile.h"

#include <QTemporaryDir>
#include <QTest>

namespace hubkeeper::test {

inline practice::PracticeOptions smallPortal()
{
    practice::PracticeOptions options;
    options.contacts = 3;
    options.companies = 3;
    return options;
}

/// All that the connector needs, and nothing more.
inline practice::PracticeOptions modestPortal()
{
    practice::PracticeOptions options = smallPortal();
    options.grantedScopes = {QStringLiteral("oauth"), QStringLiteral("crm.objects.contacts.read"),
                             QStringLiteral("crm.objects.contacts.write"),
                             QStringLiteral("crm.objects.companies.read"),
                             QStringLiteral("crm.objects.companies.write")};
    return options;
}

inline QStringList idsOf(const QList<Finding> &findings)
{
    QStringList ids;
    for (const Finding &finding : findings)
        ids.append(finding.ruleId);
    return ids;
}

/// A portal, and a session on it that was opened with the faultless file.
class LiveCheckRig
{
public:
    explicit LiveCheckRig(const practice::PracticeOptions &options = smallPortal())
        : portal(options, m_clock)
    {
        QVERIFY(portal.start());
    }

    [[nodiscard]] OAuthCredentials credentials() const
    {
        return {portal.clientId(), portal.clientSecret(), portal.refreshToken()};
    }

    /// Checks the faultless file with JSON text at the pointer, if there is one.
    QList<Finding> check(const QString &pointer = {}, const char *json = nullptr)
    {
        return checkWith(credentials(), pointer, json);
    }

    QList<Finding> checkWith(OAuthCredentials given, const QString &pointer = {},
                             const char *json = nullptr)
    {
        const QByteArray bytes = pointer.isEmpty()
            ? faultlessProvisioner()
            : withTextAt(faultlessProvisioner(), pointer, json);
        return checkBytes(std::move(given), bytes);
    }

    QList<Finding> checkBytes(OAuthCredentials given, const QByteArray &bytes)
    {
        if (!open(std::move(given)))
            return {};
        text = JsonText(bytes);
        const auto outcome =
            outcomeOf<QList<Finding>>(new LiveCheck(*session, text, nullptr), 30'000);
        return outcome && *outcome ? **outcome : QList<Finding>();
    }

    bool open(OAuthCredentials given)
    {
        const QString path = m_folder.filePath(QStringLiteral("provisioner.openicf-hubspot.json"));
        QByteArray file =
            withTextAt(faultlessProvisioner(), QStringLiteral("/configurationProperties/clientId"),
                       jsonQuoted(given.clientId).constData());
        if (!saveFile(path, file, FileMode::KeepOrPrivate))
            return false;
        Connection connection;
        connection.id = QStringLiteral("c");
        connection.provisionerPath = path;
        connection.baseUrl = address.isEmpty() ? portal.url() : address;
        const SessionServices services {m_clock, m_secrets, Paths::below(m_folder.path()),
                                        m_budgets};
        auto opened = outcomeOf(openSession(connection, services, std::move(given), nullptr));
        if (!opened || !*opened)
            return false;
        session = **opened;
        return true;
    }

private:
    SystemClock m_clock;
    MemorySecretStore m_secrets;
    BudgetRegistry m_budgets;
    QTemporaryDir m_folder;

public:
    practice::PracticePortal portal;
    QUrl address; ///< Empty: the portal's.
    std::shared_ptr<Session> session;
    JsonText text;
};

} // namespace hubkeeper::test
