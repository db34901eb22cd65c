// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectorwriter.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/restclient.h"
#include "portal/access/tokenprovider.h"
#include "practice/server/practiceportal.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"

namespace hubkeeper::test {

/// A tiny practice portal and a connector on it, impatient and on a clock that runs fast.
struct FaultRig
{
    static constexpr int contacts = 6;
    static constexpr qint64 firstId = 150'000'000'001;
    static constexpr qint64 hugeId = 9'007'199'254'740'993; // 2^53 + 1, which no double holds.

    /// `readSchema`: the connector reads the definitions before everything else. `silence`: how
    /// long it waits for a byte.
    explicit FaultRig(qint64 firstContact = firstId, const practice::PracticeOptions &more = {},
                      bool readSchema = false,
                      std::chrono::milliseconds silence = std::chrono::milliseconds(400))
        : firstContactId(firstContact)
        , server(portalOptions(firstContact, more), clock)
        , transport(transportOptions(server, silence))
        , tokens(transport, clock, QStringLiteral("/oauth/2026-09/token"),
                 {server.clientId(), server.clientSecret(), server.refreshToken()})
        , connector(portal, clock, connectorOptions(tokens, readSchema))
    {
    }

    [[nodiscard]] static practice::PracticeOptions
    portalOptions(qint64 firstContact, const practice::PracticeOptions &more)
    {
        practice::PracticeOptions options = more;
        options.contacts = contacts;
        options.companies = 3;
        options.firstContactId = firstContact;
        options.indexDelay = std::chrono::milliseconds(0);
        options.limits = {0, 0, 0, 0, 0};
        return options;
    }

    [[nodiscard]] static TransportOptions transportOptions(practice::PracticePortal &server,
                                                           std::chrono::milliseconds silence)
    {
        const auto started = server.start();
        Q_ASSERT(started);
        TransportOptions options;
        options.base = server.url();
        options.acceptSelfSignedCertificates = true;
        options.silence = silence;
        options.largestBody = 512 << 10; // Definitions take some 200 KiB.
        return options;
    }

    [[nodiscard]] static ConnectorOptions connectorOptions(TokenProvider &tokens, bool readSchema)
    {
        ConnectorConfiguration configuration;
        configuration.clientId = QStringLiteral("any");
        configuration.hasClientSecret = true;
        configuration.hasRefreshToken = true;
        return {readSchema, configuration, &tokens};
    }

    [[nodiscard]] QString contactId(int number) const
    {
        return QString::number(firstContactId + number);
    }
    [[nodiscard]] QString companyId(int number) const
    {
        return QString::number(practice::PracticeOptions().firstCompanyId + number);
    }
    [[nodiscard]] practice::Record stored(int number) const
    {
        return server.record(practice::ObjectType::Contact, firstContactId + number)
            .value_or(practice::Record());
    }
    [[nodiscard]] int moreContacts() const
    {
        return server.liveCount(practice::ObjectType::Contact) - contacts;
    }
    [[nodiscard]] int received(const QByteArray &method, const QRegularExpression &path) const
    {
        const auto &all = server.log().requests();
        return int(std::count_if(all.begin(), all.end(), [&](const auto &one) {
            return one.method == method && path.match(QString::fromLatin1(one.path)).hasMatch();
        }));
    }

    /// Asked with other credentials than the rig's, past what it knows of the account.
    [[nodiscard]] bool isLinked(const QString &contact, const QString &company)
    {
        TokenProvider otherTokens(server.staticToken());
        AccountBudget otherBudget(1000);
        RestClient other(transport, clock, otherBudget, otherTokens, traffic);
        const auto links = outcomeOf(
            PortalWriter(other, ApiVersion::V2026_09)
                .associations(ObjectType::Contacts, contact, ObjectType::Companies, &parent));
        return links && *links
            && std::any_of((*links)->begin(), (*links)->end(),
                           [&](const Association &one) { return one.toId == company; });
    }
    /// A contact that the portal did not link to the first company.
    [[nodiscard]] QString loneContact()
    {
        for (int i = 0; m_loneContact.isEmpty() && i < contacts; ++i) {
            if (!isLinked(contactId(i), companyId(0)))
                m_loneContact = contactId(i);
        }
        return m_loneContact;
    }

    const qint64 firstContactId;
    QuickClock clock {200};
    practice::PracticePortal server;
    QnamTransport transport;
    TokenProvider tokens;
    AccountBudget budget {1000, 1000};
    TrafficLog traffic;
    RestClient client {transport, clock, budget, tokens, traffic, [] { return 0.0; }};
    PortalWriter portal {client, ApiVersion::V2026_09};
    Connector connector;
    ConnectorWriter writer {connector, portal};
    QObject parent;

private:
    QString m_loneContact;
};

} // namespace hubkeeper::test
