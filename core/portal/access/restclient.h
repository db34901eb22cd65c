// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

#include <functional>

namespace hubkeeper {

class AccountBudget;
class Clock;
class TokenProvider;
class TrafficLog;

/// Turns requests into replies of status 2xx: waits for the budget, takes a token, sends, repeats
/// what may be repeated (hubspot-api 12.3), renews the token once on 401, reads HubSpot's error
/// body, records the exchange. The only retry layer. Holds references; must not outlive them.
/// Fetches still under way when it goes are cancelled.
class RestClient
{
public:
    /// A number from 0 to 1 that spreads repeats, so that waiting clients do not return at once.
    using Chance = std::function<double()>;

    /// The token keeper's own exchanges are recorded in `traffic` too.
    RestClient(HttpTransport &transport, Clock &clock, AccountBudget &budget, TokenProvider &tokens,
               TrafficLog &traffic, Chance chance = randomChance);

    /// A reply of status 2xx (207 included). Besides the transport's kinds, fails with whatever
    /// errorFrom() makes of the status. A request with Repeat::Never that may have happened
    /// (ConnectionLost, TimedOut, ServerFault, a cut reply) fails with OutcomeUnknown.
    [[nodiscard]] Call<HttpReply> *fetch(const HttpRequest &request, QObject *parent);

    /// The same, parsed; a reply to a request with Repeat::Never that cannot be read is
    /// OutcomeUnknown, too. `parse` is any callable Result<T>(const QByteArray &body), pure; bodies
    /// larger than 256 KiB are parsed on the global thread pool.
    template <typename T, typename Parse>
    [[nodiscard]] Call<T> *fetchAs(const HttpRequest &request, Parse parse, QObject *parent);

    [[nodiscard]] TrafficLog &traffic() const { return m_traffic; }
    [[nodiscard]] AccountBudget &budget() const { return m_budget; }
    [[nodiscard]] Clock &clock() const { return m_clock; }
    /// Destroyed before all else of it: what fetches and is not a child of a fetch stops then.
    [[nodiscard]] QObject *lifetime() { return &m_lifetime; }

    [[nodiscard]] static double randomChance();

    /// The time by the portal's clock, UTC, to a second or two: ours, put right by the Date of the
    /// last reply, if there was one. What the portal dates is to be compared with this.
    [[nodiscard]] QDateTime portalTime() const;

private:
    class Fetch;
    void learnTime(const HttpReply &reply);

    HttpTransport &m_transport;
    Clock &m_clock;
    AccountBudget &m_budget;
    TokenProvider &m_tokens;
    TrafficLog &m_traffic;
    const Chance m_chance;
    std::chrono::milliseconds m_clockDifference {0}; // The portal's clock less ours.
    QObject m_lifetime; // Last, so that it goes first, and with it the fetches.
};

/// `cause` as the OutcomeUnknown of a request that may have been carried out.
[[nodiscard]] Error unknownOutcome(const HttpRequest &request, Error cause);

/// A fetch whose body is turned into a value.
template <typename T, typename Parse>
class ParsedFetch final : public Call<T>
{
public:
    ParsedFetch(RestClient &client, const HttpRequest &request, Parse parse, QObject *parent);
};

} // namespace hubkeeper

#include "net/parsedfetch.h"
