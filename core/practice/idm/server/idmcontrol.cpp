// SPDX-License-Identifier: MIT
#include "practice/idm/server/idmdispatch.h"
#include "practice/state/controlguard.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

using Order = Result<void> (*)(IdmState &, const QJsonValue &);

Result<std::chrono::milliseconds> time(const QJsonValue &value)
{
    const qint64 number = value.toInteger(-1);
    if (number < 0 || number > 600'000)
        return fail(ErrorKind::InvalidInput, u"A time needs a number from 0 to 600000."_s);
    return std::chrono::milliseconds(number);
}

Result<void> addFaults(IdmState &state, const QJsonValue &value)
{
    const QJsonArray faults = value.toArray();
    for (const QJsonValue &json : faults) {
        auto fault = faultFromJson(json.toObject());
        if (!fault)
            return tl::unexpected(fault.error());
        state.faults.add(*fault);
    }
    return {};
}

Result<void> advance(IdmState &state, const QJsonValue &value)
{
    state.clock.advance(std::chrono::milliseconds(value["advanceMs"_L1].toInteger()));
    return {};
}

/// Whether the jar of the connector for HubSpot is on the disk; a real server sees it after a
/// restart.
Result<void> setBundle(IdmState &state, const QJsonValue &value)
{
    state.systems.setPresent(u"org.forgerock.openicf.connectors.hubspot-connector"_s,
                             value.toBool());
    return {};
}

const QHash<QString, Order> &orders()
{
    static const QHash<QString, Order> known {
        {u"clearFaults"_s,
         [](IdmState &state, const QJsonValue &) -> Result<void> {
             state.faults.clear();
             return {};
         }},
        {u"clearRequests"_s,
         [](IdmState &state, const QJsonValue &) -> Result<void> {
             state.log.clear();
             return {};
         }},
        {u"faults"_s, addFaults},
        {u"clock"_s, advance},
        {u"breakQueries"_s,
         [](IdmState &state, const QJsonValue &value) -> Result<void> {
             state.brokenQueries = std::max(0, value.toInt());
             return {};
         }},
        {u"hubspotBundle"_s, setBundle},
        {u"latencyMs"_s,
         [](IdmState &state, const QJsonValue &value) {
             return time(value).map(
                 [&](std::chrono::milliseconds ms) { state.options.latency = ms; });
         }},
        {u"reconPauseMs"_s,
         [](IdmState &state, const QJsonValue &value) {
             return time(value).map(
                 [&](std::chrono::milliseconds ms) { state.options.reconPause = ms; });
         }},
        {u"registrationDelayMs"_s,
         [](IdmState &state, const QJsonValue &value) {
             return time(value).map(
                 [&](std::chrono::milliseconds ms) { state.options.registrationDelay = ms; });
         }},
    };
    return known;
}

Reply wrong(const QString &message)
{
    return jsonReply({{u"status"_s, u"error"_s}, {u"message"_s, message}}, 400);
}

Reply carriedOut(IdmState &state, const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return wrong(u"The body must be a JSON object."_s);
    const QJsonObject json = document.object();
    for (auto it = json.begin(); it != json.end(); ++it) {
        const auto order = orders().constFind(it.key());
        if (order == orders().constEnd())
            return wrong(u"'%1' is not an order of the practice IDM."_s.arg(it.key()));
        if (const auto done = (*order)(state, it.value()); !done)
            return wrong(done.error().what);
    }
    return jsonReply({{u"profile"_s, nameOf(state.options.profile)},
                      {u"faults"_s, state.faults.size()},
                      {u"requests"_s, qint64(state.log.total())}});
}

} // namespace

std::optional<Answer> idmControl(IdmState &state, const Received &request,
                                 const QByteArray &controlToken)
{
    if (!request.path.startsWith("/practice/") || !state.options.control)
        return std::nullopt;
    if (const auto refused = refusedControl(request, controlToken))
        return toAnswer(*refused);
    if (request.path == "/practice/control" && request.method == "POST")
        return toAnswer(carriedOut(state, request.body));
    if (request.path == "/practice/requests" && request.method == "GET")
        return toAnswer(jsonReply(state.log.toJson(1000)));
    return idmPage(404);
}

} // namespace hubkeeper::practice
