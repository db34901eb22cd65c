// SPDX-License-Identifier: MIT
#pragma once

#include "connector/connectorwriter.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/restclient.h"
#include "portal/access/tokenprovider.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/scriptedtransport.h"

namespace hubkeeper::test {

/// A connector over a script of replies, with a clock that runs whenever it is waited for.
struct ScriptedConnector
{
    explicit ScriptedConnector(ConnectorOptions options = {})
        : tokens(Secret(QByteArray("test-token")))
        , budget(1000)
        , client(transport, clock, budget, tokens, traffic)
        , portal(client, ApiVersion::V3)
        , connector(portal, clock, std::move(options))
    {
    }

    /// The outcome of a call; whenever nothing but time can go on, time goes on.
    template <typename T>
    [[nodiscard]] std::optional<Result<T>> outcomeOf(Call<T> *call)
    {
        std::optional<Result<T>> outcome;
        QObject context;
        call->onDone(&context, [&](const Result<T> &result) { outcome.emplace(result); });
        (void)QTest::qWaitFor(
            [&] {
                if (!outcome)
                    clock.advance(std::chrono::milliseconds(100));
                return outcome.has_value();
            },
            10'000);
        return outcome;
    }

    /// "POST /crm/v3/objects/contacts", ... in the order of sending.
    [[nodiscard]] QStringList sent() const
    {
        QStringList lines;
        for (const HttpRequest &request : transport.sent)
            lines.append(QString::fromLatin1(nameOf(request.verb)) + u' ' + request.path);
        return lines;
    }

    ManualClock clock;
    ScriptedTransport transport;
    TokenProvider tokens;
    AccountBudget budget;
    TrafficLog traffic;
    RestClient client;
    PortalWriter portal;
    Connector connector;
    ConnectorWriter writer {connector, portal};
};

} // namespace hubkeeper::test
