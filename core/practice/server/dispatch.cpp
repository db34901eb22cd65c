// SPDX-License-Identifier: MIT
#include "practice/server/dispatch.h"

#include "base/qtcompat.h"
#include "practice/routes/routes.h"
#include "practice/state/faultanswers.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// Line and column of a byte, from 1.
std::pair<qsizetype, qsizetype> placeOf(const QByteArray &text, qsizetype offset)
{
    const QByteArray before = text.left(offset);
    return {before.count('\n') + 1, offset - before.lastIndexOf('\n')};
}

Outcome<void> readBody(const PortalState &state, ApiCall &call)
{
    const QByteArray &body = call.wire.body;
    const bool hasBody = call.wire.method != "GET" && call.wire.method != "DELETE";
    if (!hasBody || body.isEmpty()) {
        call.json = QJsonValue(QJsonValue::Undefined);
        return {};
    }
    const QByteArray type = call.wire.header("content-type").toLower();
    if (!type.startsWith("application/json") && state.options.switches.wrongTypeIs415)
        return refuse(errorReply(415, {}, u"Unsupported Media Type"_s));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto [line, column] = placeOf(body, error.offset);
        return refuse(
            invalid(u"Invalid input JSON on line %1, column %2: %3"_s.arg(line).arg(column).arg(
                error.errorString())));
    }
    call.json = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    return {};
}

Outcome<void> checkScopes(const Route &route, const ApiCall &call)
{
    const QStringList scopes = scopesFor(route, call);
    if (scopes.isEmpty())
        return {};
    for (const QString &scope : scopes) {
        if (call.who.has(scope))
            return {};
    }
    return refuse(missingScopes({scopes.first()}));
}

int costOf(const PortalState &state, const ApiCall &call)
{
    if (!state.options.switches.batchCountsInputs || !call.path.contains(u"batch"_s))
        return 1;
    const qsizetype inputs =
        QJsonDocument::fromJson(call.wire.body).object().value("inputs"_L1).toArray().size();
    return static_cast<int>(std::max<qsizetype>(1, inputs));
}

Outcome<void> spend(PortalState &state, const Route &route, const ApiCall &call)
{
    const Switches &switches = state.options.switches;
    const bool countsDaily = route.budget != Budget::Search || switches.searchCountsDaily;
    const auto refusedBy =
        state.limiter.spend(state.clock, state.options.limits, call.who.app, call.who.isOauth,
                            route.budget, costOf(state, call), countsDaily);
    if (!refusedBy)
        return {};
    const auto wait = switches.retryAfterOn429
        ? std::optional(state.limiter.secondsToWait(state.clock, *refusedBy))
        : std::nullopt;
    return refuse(rateLimited(*refusedBy, switches.categoryOn429, wait));
}

/// A call to a known route, in the order of checks of hubspot-api 8.2.
Reply work(PortalState &state, const Route &route, ApiCall &call)
{
    auto who = state.tokens.authenticate(call.wire.header("authorization"), state.now());
    if (!who)
        return who.error();
    call.who = *who;
    if (auto scopes = checkScopes(route, call); !scopes)
        return scopes.error();
    if (auto spent = spend(state, route, call); !spent)
        return spent.error();
    if (route.isWrite && call.who.isOauth && state.options.switches.userLacksPermission)
        return errorReply(403, u"USER_DOES_NOT_HAVE_PERMISSIONS"_s,
                          u"The user does not have permission to make this call."_s);
    if (auto body = readBody(state, call); !body)
        return body.error();
    return route.handler(state, call);
}

Reply api(PortalState &state, const Received &request)
{
    auto call = takenApart(request);
    if (!call)
        return htmlReply(404);
    bool otherMethod = false;
    const Route *route = routeFor(*call, otherMethod);
    if (!route)
        return htmlReply(otherMethod ? 405 : 404);
    Reply reply = work(state, *route, *call);
    if (!call->who.app.isEmpty())
        reply.headers += state.limiter.headers(state.options.limits, call->who.app,
                                               call->who.isOauth, route->budget);
    return reply;
}

/// What the portal would answer, and do.
Reply respond(PortalState &state, const Received &request)
{
    if (auto page = authorizePage(state, request))
        return *page;
    if (auto token = tokenEndpoint(state, request))
        return *token;
    return api(state, request);
}

/// Replies of faults that keep the portal from working; nothing for the others.
std::optional<Reply> insteadOfWork(PortalState &state, const Fault &fault)
{
    const Switches &switches = state.options.switches;
    const int seconds = static_cast<int>((fault.pause.count() + 999) / 1000);
    const auto limited = [&](LimitPolicy policy) {
        return rateLimited(policy, switches.categoryOn429,
                           switches.retryAfterOn429 ? std::optional(seconds) : std::nullopt);
    };
    switch (fault.kind) {
    case FaultKind::CloseBeforeWork:
    case FaultKind::ResetBeforeWork:
    case FaultKind::SilenceBeforeWork:
        return emptyReply(200); // Never seen: the delivery drops it.
    case FaultKind::Status:
        return htmlReply(fault.status);
    case FaultKind::StatusJson:
        return errorReply(fault.status, {}, u"internal error"_s);
    case FaultKind::EmptyNotFound:
        return emptyReply(404);
    case FaultKind::Locked:
        return errorReply(423, {}, u"The object is locked by high-volume writes."_s);
    case FaultKind::Moving: {
        Reply reply = errorReply(477, {}, u"The account is being moved."_s);
        reply.headers.emplaceBack("Retry-After", QByteArray::number(seconds));
        return reply;
    }
    case FaultKind::Unauthorized:
        return expiredToken(state.now(), state.now() - 1000);
    case FaultKind::RateTenSecondly:
        return limited(LimitPolicy::TenSecondly);
    case FaultKind::RateSecondly:
        return limited(LimitPolicy::Secondly);
    case FaultKind::RateDaily:
        return limited(LimitPolicy::Daily);
    default:
        return std::nullopt;
    }
}

/// What every reply carries: the portal's time and a correlation id.
void addCommonHeaders(PortalState &state, Reply &reply)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(state.now(), utc);
    reply.headers.emplaceBack(
        "Date", QLocale::c().toString(now, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1());
    const QString id = state.nextCorrelationId();
    reply.headers.emplaceBack("X-HubSpot-Correlation-Id", id.toLatin1());
    if (reply.isError() && reply.json && !reply.json->contains("error"_L1))
        reply.json->insert(u"correlationId"_s, id);
}

} // namespace

Answer dispatch(PortalState &state, const Received &request, const QByteArray &controlToken)
{
    if (auto control = controlEndpoint(state, request, controlToken))
        return toAnswer(*control);
    const auto fault = state.faults.next(request);
    const auto instead = fault ? insteadOfWork(state, *fault) : std::nullopt;
    Reply reply = instead ? *instead : respond(state, request);
    addCommonHeaders(state, reply);
    Answer answer = toAnswer(reply);
    answer.delivery.delay = state.options.latency;
    if (fault)
        spoil(answer, *fault);

    LoggedRequest logged = masked(request);
    logged.at = state.now();
    logged.status = answer.status;
    logged.fault = fault ? nameOf(fault->kind) : QString();
    logged.worked = !instead.has_value();
    state.log.add(std::move(logged));
    return answer;
}

} // namespace hubkeeper::practice
