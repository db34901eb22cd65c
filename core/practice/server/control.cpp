// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"
#include "practice/server/orders.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// A page on another site can reach loopback by a name of its own (DNS rebinding); the Host header
/// then carries that name.
bool isLoopbackHost(const QByteArray &host)
{
    const QUrl url(u"http://"_s + QString::fromLatin1(host));
    if (!url.isValid())
        return false;
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

/// Compares without telling by time how much is right.
bool equalSecrets(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size() || a.isEmpty())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

Reply wrongControl(const QString &message)
{
    return jsonReply({{u"status"_s, u"error"_s}, {u"message"_s, message}}, 400);
}

QJsonObject stateJson(const PortalState &state)
{
    return {{u"contacts"_s, state.store(ObjectType::Contact).liveCount()},
            {u"companies"_s, state.store(ObjectType::Company).liveCount()},
            {u"portalId"_s, state.options.portalId},
            {u"seed"_s, qint64(state.options.seed)},
            {u"now"_s, isoText(state.now())},
            {u"clockOffsetMs"_s, qint64(state.clock.offset().count())},
            {u"faults"_s, state.faults.size()},
            {u"requests"_s, qint64(state.log.total())},
            {u"usedToday"_s, state.limiter.usedToday()},
            {u"switches"_s, toJson(state.options.switches)}};
}

Reply control(PortalState &state, const QByteArray &body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (!document.isObject())
        return wrongControl(u"The body must be a JSON object: %1."_s.arg(error.errorString()));
    if (auto done = carryOutAll(state, document.object()); !done)
        return wrongControl(done.error().what);
    return jsonReply(stateJson(state));
}

} // namespace

std::optional<Reply> controlEndpoint(PortalState &state, const Received &request,
                                     const QByteArray &controlToken)
{
    if (!request.path.startsWith("/practice/") || !state.options.control)
        return std::nullopt;
    if (!isLoopbackHost(request.header("host")))
        return htmlReply(421);
    if (!equalSecrets(request.header("x-practice-token"), controlToken))
        return jsonReply({{u"status"_s, u"error"_s},
                          {u"message"_s, u"The header X-Practice-Token is missing or wrong."_s}},
                         403);
    if (request.path == "/practice/control" && request.method == "POST")
        return control(state, request.body);
    if (request.path == "/practice/requests" && request.method == "GET")
        return jsonReply(state.log.toJson(1000));
    if (request.path == "/practice/state" && request.method == "GET")
        return jsonReply(stateJson(state));
    return htmlReply(404);
}

} // namespace hubkeeper::practice
