// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"
#include "practice/server/orders.h"
#include "practice/state/controlguard.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

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
    if (auto refused = refusedControl(request, controlToken))
        return refused;
    if (request.path == "/practice/control" && request.method == "POST")
        return control(state, request.body);
    if (request.path == "/practice/requests" && request.method == "GET")
        return jsonReply(state.log.toJson(1000));
    if (request.path == "/practice/state" && request.method == "GET")
        return jsonReply(stateJson(state));
    return htmlReply(404);
}

} // namespace hubkeeper::practice
