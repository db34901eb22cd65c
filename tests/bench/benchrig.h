// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/restclient.h"
#include "portal/access/tokenprovider.h"
#include "portal/portalwriter.h"
#include "practice/server/practicethread.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <cstdlib>

namespace hubkeeper::bench {

constexpr std::chrono::milliseconds latency {300}; // One round trip to a portal far away.

[[noreturn]] inline void giveUp(const QString &why)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(why));
    std::exit(1);
}

/// A portal far away whose account allows exactly `permits` calls a second, over ten seconds.
[[nodiscard]] inline practice::PracticeOptions farPortal(int permits, int contacts)
{
    practice::PracticeOptions options;
    options.contacts = contacts;
    options.companies = 100;
    options.latency = latency;
    options.limits = {permits * 10, permits * 10, 5, 0, 0};
    return options;
}

/// As many requests in flight as the latency hides, and half as many again.
[[nodiscard]] inline int connectionsFor(int permits)
{
    return std::max(10, int(permits * latency.count() * 3 / 2 / 1000));
}

/// A client in this thread and its portal in another, real sockets between them.
struct BenchRig
{
    BenchRig(const practice::PracticeOptions &options, int permits)
        : server(options)
        , transport(transportOptions(server, permits))
        , budget(permits)
        , tokens(server.staticToken())
    {
    }

    [[nodiscard]] static TransportOptions transportOptions(practice::PracticeThread &server,
                                                           int permits)
    {
        if (const auto started = server.start(); !started)
            giveUp(started.error().sentence());
        TransportOptions options;
        options.base = server.url();
        options.maximumConnections = connectionsFor(permits);
        return options;
    }

    /// Calls the portal refused with 429, of its newest 10,000.
    [[nodiscard]] int refusals()
    {
        return server.inPortal([](practice::PracticePortal &far) {
            const auto &all = far.log().requests();
            return int(std::count_if(all.begin(), all.end(),
                                     [](const auto &one) { return one.status == 429; }));
        });
    }

    practice::PracticeThread server;
    SystemClock clock;
    QnamTransport transport;
    AccountBudget budget;
    TokenProvider tokens;
    TrafficLog traffic;
    RestClient client {transport, clock, budget, tokens, traffic};
    PortalWriter portal {client, ApiVersion::V2026_09};
};

/// Waits as long as it takes; a failure ends the program.
template <typename T>
[[nodiscard]] T valueOf(Call<T> *call)
{
    std::optional<Result<T>> outcome;
    QEventLoop loop;
    call->onDone(&loop, [&](const Result<T> &result) {
        outcome.emplace(result);
        loop.quit();
    });
    loop.exec();
    if (!*outcome)
        giveUp(outcome->error().sentence());
    if constexpr (!std::is_void_v<T>)
        return std::move(**outcome);
}

[[nodiscard]] inline double rounded(double value, int digits = 3)
{
    return QString::number(value, 'f', digits).toDouble();
}

inline void print(const QJsonObject &line)
{
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
}

} // namespace hubkeeper::bench
