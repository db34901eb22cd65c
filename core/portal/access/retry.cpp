// SPDX-License-Identifier: MIT
#include "portal/access/retry.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

using std::chrono::milliseconds;
using Pause = std::optional<milliseconds>;

/// A longer wait than this is for the user to decide about.
constexpr milliseconds longestPause = 60s;

milliseconds share(milliseconds of, double chance)
{
    return milliseconds(qRound64(double(of.count()) * std::clamp(chance, 0.0, 1.0)));
}

Pause afterRateLimit(int next, RatePolicy policy, double chance)
{
    switch (policy) {
    case RatePolicy::Daily:
        return std::nullopt;
    case RatePolicy::TenSecondlyRolling:
        return next <= 5 ? Pause(10s + share(500ms, chance)) : std::nullopt;
    case RatePolicy::Secondly:
    case RatePolicy::Unknown:
        break;
    }
    return next <= 6 ? Pause(1s * (next - 1) + share(250ms, chance)) : std::nullopt;
}

bool isPassingFault(int status)
{
    return status == 500 || (status >= 502 && status <= 504) || (status >= 520 && status <= 524);
}

Pause afterBreak(int next, const HttpRequest &request, double chance)
{
    const int repeats = request.path.endsWith("/upsert"_L1) ? 3 : 4;
    if (request.repeat == Repeat::Never || next > repeats + 1)
        return std::nullopt;
    const milliseconds pause = 500ms * (1 << (next - 2));
    return pause + share(pause / 4, chance);
}

Pause tablePause(int next, const Error &error, RatePolicy policy, const HttpRequest &request,
                 double chance)
{
    switch (error.kind) {
    case ErrorKind::RateLimited: // Turned away at the door: a create may go again, too.
        return afterRateLimit(next, policy, chance);
    case ErrorKind::Offline: // Nothing was sent; soon it is the user's turn to look.
        return next <= 3 ? Pause(500ms * (next - 1) + share(125ms, chance)) : std::nullopt;
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
        return afterBreak(next, request, chance);
    case ErrorKind::ServerFault:
        if (error.httpStatus == 423) // Locked, so nothing was done.
            return next <= 4 ? Pause(2s * (1 << (next - 2)) + share(250ms, chance)) : std::nullopt;
        return isPassingFault(error.httpStatus) ? afterBreak(next, request, chance) : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace

RatePolicy ratePolicyOf(const HttpReply &reply)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const QString policy = body["policyName"_L1].toString().toUpper();
    const QString message = body["message"_L1].toString().toLower();
    const auto says = [&](QLatin1StringView name, QLatin1StringView words) {
        return policy == name || (policy.isEmpty() && message.contains(words));
    };
    if (says("DAILY"_L1, "daily limit"_L1))
        return RatePolicy::Daily;
    if (says("TEN_SECONDLY_ROLLING"_L1, "ten_secondly"_L1))
        return RatePolicy::TenSecondlyRolling;
    if (says("SECONDLY"_L1, "secondly limit"_L1))
        return RatePolicy::Secondly;
    return RatePolicy::Unknown;
}

Pause pauseBefore(int next, const Error &error, RatePolicy policy, const HttpRequest &request,
                  double chance)
{
    if (next < 2)
        return milliseconds(0);
    const Pause pause = tablePause(next, error, policy, request, chance);
    if (!pause || !error.retryAfter)
        return pause;
    if (*error.retryAfter > longestPause)
        return std::nullopt;
    return std::max(*pause, *error.retryAfter);
}

} // namespace hubkeeper
