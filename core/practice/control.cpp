// SPDX-License-Identifier: MIT
#include "practice/routes.h"

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

WriteRules rulesFrom(const QJsonObject &json)
{
    const auto texts = [](const QJsonValue &value) {
        QStringList list;
        for (const QJsonValue &entry : value.toArray())
            list.append(entry.toString());
        return list;
    };
    WriteRules rules;
    rules.requiredOnCreate = texts(json.value("requiredOnCreate"_L1));
    for (const QJsonValue &value : json.value("conditional"_L1).toArray()) {
        const QJsonObject rule = value.toObject();
        rules.conditional.append({rule.value("property"_L1).toString(),
                                  texts(rule.value("values"_L1)),
                                  texts(rule.value("required"_L1))});
    }
    return rules;
}

Result<void> setFaults(PortalState &state, const QJsonArray &faults)
{
    QList<Fault> read;
    for (const QJsonValue &value : faults) {
        auto fault = faultFromJson(value.toObject());
        if (!fault)
            return tl::unexpected(fault.error());
        read.append(*fault);
    }
    state.faults.clear();
    for (const Fault &fault : std::as_const(read))
        state.faults.add(fault);
    return {};
}

Result<void> setLimits(RateLimits &limits, const QJsonObject &json)
{
    const QHash<QString, int *> members {
        {u"staticPerWindow"_s, &limits.staticPerWindow},
        {u"oauthPerWindow"_s, &limits.oauthPerWindow},
        {u"searchPerSecond"_s, &limits.searchPerSecond},
        {u"associationsPerWindow"_s, &limits.associationsPerWindow},
        {u"perDay"_s, &limits.perDay}};
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (!members.contains(it.key()) || it.value().toInt(-1) < 0)
            return fail(ErrorKind::InvalidInput,
                        u"There is no limit '%1' like that."_s.arg(it.key()));
        *members.value(it.key()) = it.value().toInt();
    }
    return {};
}

/// One member of the control body.
Result<void> obey(PortalState &state, const QString &key, const QJsonValue &value)
{
    if (key == "faults"_L1 && value.isArray())
        return setFaults(state, value.toArray());
    if (key == "switches"_L1 && value.isObject())
        return setSwitches(state.options.switches, value.toObject());
    if (key == "limits"_L1 && value.isObject())
        return setLimits(state.options.limits, value.toObject());
    if (key == "authorize"_L1) {
        return authorizeModeFromText(value.toString()).map([&](AuthorizeMode mode) {
            state.options.authorize = mode;
        });
    }
    if (key == "clock"_L1 && value.isObject()) {
        state.clock.advance(
            std::chrono::milliseconds(value.toObject().value("advanceMs"_L1).toInteger()));
        return {};
    }
    if (key == "expireAccessTokens"_L1) {
        if (value.toBool())
            state.tokens.expireAccessTokens(state.now());
        return {};
    }
    if (key == "usedToday"_L1) {
        state.limiter.setUsedToday(value.toInt());
        return {};
    }
    if (key == "latencyMs"_L1 || key == "indexDelayMs"_L1) {
        auto &target = key == "latencyMs"_L1 ? state.options.latency : state.options.indexDelay;
        target = std::chrono::milliseconds(std::max(0, value.toInt()));
        return {};
    }
    if (key == "rules"_L1 && value.isObject()) {
        state.options.contactRules = rulesFrom(value.toObject().value("contacts"_L1).toObject());
        state.options.companyRules = rulesFrom(value.toObject().value("companies"_L1).toObject());
        return {};
    }
    if (key == "inUse"_L1 && value.isObject()) {
        for (const ObjectType type : {ObjectType::Contact, ObjectType::Company}) {
            for (const QJsonValue &name : value.toObject().value(namesOf(type).plural).toArray())
                state.catalogue(type).markInUse(name.toString());
        }
        return {};
    }
    if (key == "clearRequests"_L1) {
        state.log.clear();
        return {};
    }
    return fail(ErrorKind::InvalidInput, u"The control endpoint has no '%1' like that."_s.arg(key));
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
    if (auto done = obeyAll(state, document.object()); !done)
        return wrongControl(done.error().what);
    return jsonReply(stateJson(state));
}

} // namespace

Result<void> obeyAll(PortalState &state, const QJsonObject &orders)
{
    // A reset comes before everything else that is asked for with it.
    if (orders.value("reset"_L1).toBool())
        state.reset();
    for (auto it = orders.begin(); it != orders.end(); ++it) {
        if (it.key() == "reset"_L1)
            continue;
        if (auto done = obey(state, it.key(), it.value()); !done)
            return done;
    }
    return {};
}

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
