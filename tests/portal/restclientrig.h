// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/restclient.h"
#include "portal/access/tokenprovider.h"
#include "testkit/manualclock.h"
#include "testkit/scriptedtransport.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace hubkeeper::test {

inline const QString tokenPath = QStringLiteral("/oauth/2026-09/token");

inline QByteArray grant(const QByteArray &token, int seconds = 1800)
{
    return R"({"access_token":")" + token + R"(","expires_in":)" + QByteArray::number(seconds)
        + "}";
}

inline OAuthCredentials credentials()
{
    return {QStringLiteral("client"), Secret(std::string_view("s3cr3t")),
            Secret(std::string_view("na1-old"))};
}

inline HttpRequest request(Repeat repeat = Repeat::Safe)
{
    HttpRequest request;
    request.path = QStringLiteral("/crm/v3/objects/contacts");
    request.verb = repeat == Repeat::Safe ? Verb::Get : Verb::Post;
    if (repeat == Repeat::Never)
        request.body = "{}";
    request.repeat = repeat;
    return request;
}

/// A client with everything below it scripted.
struct RestClientRig
{
    ScriptedTransport transport;
    ManualClock clock;
    AccountBudget budget {10};
    TrafficLog traffic;
    TokenProvider tokens;
    RestClient client;

    RestClientRig()
        : tokens(transport, clock, tokenPath, credentials())
        , client(transport, clock, budget, tokens, traffic, [] { return 0.0; })
    {
    }
    explicit RestClientRig(std::string_view staticToken)
        : tokens(Secret(staticToken))
        , client(transport, clock, budget, tokens, traffic, [] { return 0.0; })
    {
    }

    /// Lets what is under way finish, without moving the time.
    static void waitUntilIdle()
    {
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
    }

    /// Runs the call, moving the time whenever nothing else can go on.
    template <typename T>
    std::optional<Result<T>> run(Call<T> *call)
    {
        std::optional<Result<T>> outcome;
        QObject context;
        call->onDone(&context, [&](const Result<T> &result) { outcome.emplace(result); });
        for (int i = 0; i < 200 && !outcome; ++i) {
            waitUntilIdle();
            if (!outcome && clock.isWaiting())
                clock.advance(std::chrono::milliseconds(500));
        }
        return outcome;
    }

    [[nodiscard]] int count(const QString &path) const
    {
        return int(std::count_if(transport.sent.begin(), transport.sent.end(),
                                 [&](const HttpRequest &sent) { return sent.path == path; }));
    }
    [[nodiscard]] std::chrono::milliseconds elapsed() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now()
                                                                     - Clock::Instant {});
    }
};

} // namespace hubkeeper::test
