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

namespace hubkeeper::test {

/// A small practice portal without limits and delays.
[[nodiscard]] inline practice::PracticeOptions smallPortal()
{
    practice::PracticeOptions options;
    options.contacts = 60;
    options.companies = 30;
    options.indexDelay = std::chrono::milliseconds(0);
    options.limits = {0, 0, 0, 0, 0};
    options.portalId = 12'345'678; // What the tables of conformance name.
    return options;
}

/// What a test may change about a connection.
struct RigOptions
{
    bool readSchema = false;
    int permitsPerSecond = 1000;
    ApiVersion version = ApiVersion::V2026_09;
    QString clientId; ///< Empty: the right one.
    std::string_view clientSecret; ///< Empty: the right one.
    std::optional<Secret> refreshToken = {}; ///< Nothing: the right one.
    std::optional<Secret> staticToken = {}; ///< Instead of the app's credentials.
    QString proxyHost;
    quint16 proxyPort = 0;
};

/// A connector that talks to a practice portal over real sockets.
struct PracticeRig
{
    explicit PracticeRig(practice::PracticePortal &server, RigOptions options = {})
        : transport(transportOptions(server, options))
        , tokens(options.staticToken ? std::make_unique<TokenProvider>(options.staticToken->clone())
                                     : std::make_unique<TokenProvider>(
                                         transport, clock, ApiPaths(options.version).token(),
                                         credentials(server, options)))
        , budget(options.permitsPerSecond, 1000)
        , client(transport, clock, budget, *tokens, traffic)
        , portal(client, options.version)
        , connector(portal, clock, connectorOptions(server, options))
    {
    }

    [[nodiscard]] static TransportOptions transportOptions(const practice::PracticePortal &server,
                                                           const RigOptions &options)
    {
        TransportOptions result;
        result.base = server.url();
        result.proxyHost = options.proxyHost;
        result.proxyPort = options.proxyPort;
        return result;
    }

    [[nodiscard]] static OAuthCredentials credentials(const practice::PracticePortal &server,
                                                      const RigOptions &options)
    {
        return {options.clientId.isEmpty() ? server.clientId() : options.clientId,
                options.clientSecret.empty() ? server.clientSecret() : Secret(options.clientSecret),
                options.refreshToken ? options.refreshToken->clone() : server.refreshToken()};
    }

    [[nodiscard]] ConnectorOptions connectorOptions(const practice::PracticePortal &server,
                                                    const RigOptions &options) const
    {
        ConnectorConfiguration configuration;
        configuration.clientId = server.clientId();
        configuration.hasClientSecret = true;
        configuration.hasRefreshToken = true;
        configuration.permitsPerSecond = options.permitsPerSecond;
        return {options.readSchema, configuration, tokens.get()};
    }

    // The operations, waited for.
    [[nodiscard]] Result<ConnectorObject> get(const QString &objectClass, const QString &uid,
                                              const QStringList &fields = {})
    {
        return *outcomeOf(connector.get(objectClass, uid, fields, nullptr));
    }
    [[nodiscard]] Result<SearchResult> search(const QString &objectClass, const QString &filter,
                                              const SearchOptions &options = {})
    {
        return *outcomeOf(connector.search(objectClass, filter, options, nullptr), 60'000);
    }
    [[nodiscard]] Result<ConnectorObject> create(const QString &objectClass,
                                                 const QJsonObject &attributes)
    {
        return *outcomeOf(writer.create(objectClass, attributes, nullptr));
    }
    [[nodiscard]] Result<ConnectorObject> update(const QString &objectClass, const QString &uid,
                                                 const QJsonObject &attributes)
    {
        return *outcomeOf(writer.update(objectClass, uid, attributes, nullptr));
    }
    [[nodiscard]] Result<ConnectorObject> remove(const QString &objectClass, const QString &uid)
    {
        return *outcomeOf(writer.remove(objectClass, uid, nullptr));
    }
    [[nodiscard]] TestReport test() { return **outcomeOf(connector.test(nullptr), 60'000); }

    SystemClock clock;
    QnamTransport transport;
    std::unique_ptr<TokenProvider> tokens;
    AccountBudget budget;
    TrafficLog traffic;
    RestClient client;
    PortalWriter portal;
    Connector connector;
    ConnectorWriter writer {connector, portal};
};

} // namespace hubkeeper::test
