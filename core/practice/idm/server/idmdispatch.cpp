// SPDX-License-Identifier: MIT
#include "practice/idm/server/idmdispatch.h"

#include "practice/idm/server/idmlogin.h"
#include "practice/state/faultanswers.h"
#include "practice/wire/loopbackserver.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr QByteArrayView context = "/openidm";

CrestReply route(IdmState &state, const Received &wire, const CrestRequest &request,
                 const IdmCaller &caller)
{
    const QString service = request.path.value(0);
    if (service == "info"_L1)
        return infoRoute(state, request, caller);
    if (service == "config"_L1)
        return configRoute(state, request);
    if (service == "system"_L1)
        return systemRoute(state, request);
    if (service == "managed"_L1)
        return managedRoute(state, request);
    if (service == "repo"_L1)
        return repoRoute(state, request);
    if (service == "audit"_L1)
        return auditRoute(state, request);
    if (service == "sync"_L1)
        return syncRoute(state, request);
    if (service == "recon"_L1)
        return reconRoute(state, request);
    if (service == "endpoint"_L1 && !state.options.isCommercial())
        return endpointRoute(state, request);
    if (service == "authentication"_L1)
        return authenticationRoute(state, wire, request, caller);
    return noResource(request.path);
}

/// Location as the families make it: community leaves the collection out, commercial has the type
/// twice for ids of two parts (idm-rest 9.1).
QByteArray locationOf(const IdmState &state, const CrestRequest &request, const QString &id)
{
    QStringList path {id};
    if (state.options.isCommercial()) {
        path = request.path;
        const QString last = id.section(u'/', -1);
        if (path.isEmpty() || path.last() != last)
            path.append(last);
        if (id.contains(u'/'))
            path.insert(1, path.value(1));
    }
    QStringList encoded;
    for (const QString &part : path)
        encoded.append(QString::fromLatin1(part.toUtf8().toPercentEncoding("/")));
    return (state.baseUrl + u"/openidm/"_s + encoded.join(u'/')).toLatin1();
}

QByteArray bytesOf(const QJsonValue &json)
{
    if (json.isUndefined())
        return {};
    const QJsonDocument document =
        json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject());
    return document.toJson(QJsonDocument::Compact);
}

Answer rendered(const IdmState &state, CrestReply reply)
{
    if (reply.isError() && reply.json.isObject()) {
        QJsonObject json = reply.json.toObject();
        json.insert(
            u"message"_s,
            escapedMessage(json.value("message"_L1).toString(), state.options.isCommercial()));
        reply.json = json;
    }
    Answer answer;
    answer.status = reply.status;
    answer.body = bytesOf(reply.json);
    answer.delivery.delay = state.options.latency + reply.delay;
    const QString revision = reply.json["_rev"_L1].toString();
    if (!reply.isError() && !revision.isEmpty())
        answer.headers.emplaceBack("ETag", '"' + revision.toLatin1() + '"');
    answer.headers.emplaceBack("Cache-Control", "no-cache");
    return answer;
}

struct Handled
{
    CrestReply reply;
    std::optional<CrestRequest> request;
    QByteArray cookie;
};

Handled handle(IdmState &state, const Received &wire)
{
    auto session = logIn(state, wire);
    if (!session)
        return {session.error(), {}, {}};
    auto request = readCrestRequest(wire, context.toByteArray());
    if (!request)
        return {request.error(), {}, session->newCookie};
    if (auto allowed = authorize(*session, wire, *request); !allowed)
        return {allowed.error(), {}, session->newCookie};
    return {route(state, wire, *request, session->caller), *request, session->newCookie};
}

void addProfileHeaders(const IdmState &state, const Received &wire, const CrestReply &reply,
                       Answer &answer)
{
    if (state.options.profile == IdmProfile::Cloud) {
        const QByteArray sent = wire.header("x-forgerock-transactionid");
        answer.headers.emplaceBack("X-ForgeRock-TransactionId",
                                   sent.isEmpty() ? QByteArray("practice-0") : sent);
    }
    // On queries and creates that found or made something, not on 401 and 403 (idm-rest 9.1).
    if (state.options.isCommercial() && reply.status == 201)
        answer.headers.emplaceBack("Content-API-Version", "protocol=2.1,resource=1.0");
}

/// What the server itself answers.
Answer respond(IdmState &state, const Received &wire)
{
    const bool isReady = state.clock.now() - state.begun >= state.options.readyAfter;
    if (!isReady || (wire.path != context && !wire.path.startsWith("/openidm/")))
        return idmPage(404);
    const Handled handled = handle(state, wire);
    Answer answer = rendered(state, handled.reply);
    if (answer.status == 304) // Has no body, and OpenIDM 6.3.0 was seen to name its type.
        answer.headers.emplaceBack("Content-Type", answer.contentType);
    if (handled.request && !handled.reply.createdId.isEmpty())
        answer.headers.emplaceBack("Location",
                                   locationOf(state, *handled.request, handled.reply.createdId));
    if (!handled.cookie.isEmpty())
        answer.headers.emplaceBack("Set-Cookie",
                                   "session-jwt=" + handled.cookie + "; Path=/; HttpOnly");
    addProfileHeaders(state, wire, handled.reply, answer);
    return answer;
}

/// Answers of faults that keep the server from working; nothing for the others.
std::optional<Answer> insteadOfWork(const IdmState &state, const Fault &fault)
{
    switch (fault.kind) {
    case FaultKind::CloseBeforeWork:
    case FaultKind::ResetBeforeWork:
    case FaultKind::SilenceBeforeWork:
        return Answer(); // Never seen: the delivery drops it.
    case FaultKind::Status:
        return idmPage(fault.status);
    case FaultKind::EmptyNotFound:
        return rendered(state, crestReply(QJsonValue::Undefined, 404));
    case FaultKind::Unauthorized:
        return rendered(state, crestError(401, u"Access Denied"_s));
    case FaultKind::StatusJson:
        return rendered(state, crestError(fault.status, u"internal error"_s));
    case FaultKind::Locked:
    case FaultKind::Moving:
    case FaultKind::RateTenSecondly:
    case FaultKind::RateSecondly:
    case FaultKind::RateDaily: // HubSpot's own; a server's nearest is that it is busy.
        return rendered(state, crestError(503, u"The required service is not available"_s));
    default:
        return std::nullopt;
    }
}

/// A query that breaks off after rows were sent (idm-rest 1.4): half of them, and the error.
QByteArray brokenOff(const QByteArray &body)
{
    QJsonObject json = QJsonDocument::fromJson(body).object();
    const QJsonArray rows = json.value("result"_L1).toArray();
    if (rows.isEmpty())
        return body;
    QJsonArray half;
    for (qsizetype i = 0; i < (rows.size() + 1) / 2; ++i)
        half.append(rows[i]);
    const QJsonObject error {{u"code"_s, 503},
                             {u"reason"_s, u"Service Unavailable"_s},
                             {u"message"_s, u"Connection failed during operation QUERY"_s}};
    return QJsonDocument(QJsonObject {{u"result"_s, half},
                                      {u"resultCount"_s, half.size()},
                                      {u"error"_s, error}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

Answer idmPage(int status)
{
    const QByteArray title = QByteArray::number(status) + ' ' + reasonPhrase(status);
    Answer answer;
    answer.status = status;
    answer.contentType = "text/html;charset=iso-8859-1";
    answer.body = "<html>\n<head>\n<title>Error " + title
        + "</title>\n</head>\n<body><h2>HTTP ERROR " + title + "</h2>\n</body>\n</html>\n";
    return answer;
}

Answer idmDispatch(IdmState &state, const Received &wire, const QByteArray &controlToken)
{
    if (auto control = idmControl(state, wire, controlToken))
        return *control;
    const auto fault = state.faults.next(wire);
    auto instead = fault ? insteadOfWork(state, *fault) : std::nullopt;
    const bool worked = !instead.has_value();
    Answer answer = instead ? *instead : respond(state, wire);
    if (state.brokenQueries > 0 && wire.query.contains("_queryFilter=")) {
        --state.brokenQueries;
        answer.body = brokenOff(answer.body);
    }
    if (fault)
        spoil(answer, *fault);

    LoggedRequest logged = masked(wire);
    logged.at = state.now();
    logged.status = answer.status;
    logged.fault = fault ? nameOf(fault->kind) : QString();
    logged.worked = worked;
    state.log.add(std::move(logged));
    return answer;
}

} // namespace hubkeeper::practice
