// SPDX-License-Identifier: MIT
#include "practice/server/orders.h"

#include "practice/routes/recordwrites.h"

#include <QJsonArray>

#include <functional>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

using Milliseconds = std::chrono::milliseconds;

QStringList textsFrom(const QJsonValue &value)
{
    QStringList list;
    const QJsonArray entries = value.toArray();
    for (const QJsonValue &entry : entries)
        list.append(entry.toString());
    return list;
}

WriteRules rulesFrom(const QJsonObject &json)
{
    WriteRules rules;
    rules.requiredOnCreate = textsFrom(json.value("requiredOnCreate"_L1));
    for (const QJsonValue &value : json.value("conditional"_L1).toArray()) {
        const QJsonObject rule = value.toObject();
        rules.conditional.append({rule.value("property"_L1).toString(),
                                  textsFrom(rule.value("values"_L1)),
                                  textsFrom(rule.value("required"_L1))});
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

/// {"name":n,...} for numbers that must not be negative.
Result<void> setNumbers(const QHash<QString, int *> &members, const QJsonObject &json,
                        const QString &what)
{
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (!members.contains(it.key()) || it.value().toInt(-1) < 0)
            return fail(ErrorKind::InvalidInput,
                        u"There is no %1 '%2' like that."_s.arg(what, it.key()));
        *members.value(it.key()) = it.value().toInt();
    }
    return {};
}

Result<void> setLimits(PortalState &state, const QJsonObject &json)
{
    RateLimits &limits = state.options.limits;
    return setNumbers({{u"staticPerWindow"_s, &limits.staticPerWindow},
                       {u"oauthPerWindow"_s, &limits.oauthPerWindow},
                       {u"searchPerSecond"_s, &limits.searchPerSecond},
                       {u"associationsPerWindow"_s, &limits.associationsPerWindow},
                       {u"perDay"_s, &limits.perDay}},
                      json, u"limit"_s);
}

Result<void> setBounds(PortalState &state, const QJsonObject &json)
{
    RequestBounds &bounds = state.options.bounds;
    state.searches.clear(); // They were cut at the old reach.
    return setNumbers({{u"listPage"_s, &bounds.listPage},
                       {u"listPageWithHistory"_s, &bounds.listPageWithHistory},
                       {u"batchInputs"_s, &bounds.batchInputs},
                       {u"batchInputsWithHistory"_s, &bounds.batchInputsWithHistory},
                       {u"searchPage"_s, &bounds.searchPage},
                       {u"searchReach"_s, &bounds.searchReach},
                       {u"searchCharacters"_s, &bounds.searchCharacters},
                       {u"filterGroups"_s, &bounds.filterGroups},
                       {u"filtersPerGroup"_s, &bounds.filtersPerGroup},
                       {u"filtersInAll"_s, &bounds.filtersInAll},
                       {u"ownersPage"_s, &bounds.ownersPage},
                       {u"customProperties"_s, &bounds.customProperties},
                       {u"uniqueProperties"_s, &bounds.uniqueProperties},
                       {u"linksPerRecord"_s, &bounds.linksPerRecord}},
                      json, u"bound"_s);
}

Result<void> setRules(PortalState &state, const QJsonObject &json)
{
    state.options.contactRules = rulesFrom(json.value("contacts"_L1).toObject());
    state.options.companyRules = rulesFrom(json.value("companies"_L1).toObject());
    return {};
}

Result<void> markInUse(PortalState &state, const QJsonObject &json)
{
    for (const ObjectType type : {ObjectType::Contact, ObjectType::Company}) {
        const QJsonArray names = json.value(namesOf(type).plural).toArray();
        for (const QJsonValue &name : names)
            state.catalogue(type).markInUse(name.toString());
    }
    return {};
}

Result<void> addStaticTokens(PortalState &state, const QJsonObject &json)
{
    for (auto it = json.begin(); it != json.end(); ++it)
        state.tokens.setStaticToken(it.key(), textsFrom(*it));
    return {};
}

/// [{"type":"contacts","id":"512","userId":7,"properties":{...}}]: what somebody does in HubSpot's
/// own pages. Without a user it is one of its workflows.
Result<void> editRecords(PortalState &state, const QJsonArray &edits)
{
    for (const QJsonValue &value : edits) {
        const auto type = typeNamed(value["type"_L1].toString());
        const qint64 id = value["id"_L1].toVariant().toLongLong();
        auto record =
            type ? state.store(*type).find(state.store(*type).resolved(id)) : std::nullopt;
        if (!record || record->archivedAt)
            return fail(ErrorKind::InvalidInput, u"The order 'edits' names no record."_s);
        const qint64 user = value["userId"_L1].toInteger();
        QHash<QString, QString> values;
        const QJsonObject properties = value["properties"_L1].toObject();
        for (auto text = properties.begin(); text != properties.end(); ++text)
            values.insert(text.key(), text.value().toString());
        const Writer writer = user != 0 ? Writer {u"CRM_UI"_s, u"userId:%1"_s.arg(user), user}
                                        : Writer {u"AUTOMATION_PLATFORM"_s, u"practice"_s, 0};
        setValues(*record, *type, values, state.now(), writer);
        record->updated = state.now();
        state.store(*type).put(std::move(*record), state.visibleAt());
    }
    return {};
}

Result<void> moveClock(PortalState &state, const QJsonObject &json)
{
    const QJsonValue by = json.value("advanceMs"_L1);
    if (!by.isDouble() || json.size() != 1)
        return fail(ErrorKind::InvalidInput, u"The order 'clock' needs {\"advanceMs\":n}."_s);
    state.clock.advance(Milliseconds(by.toInteger()));
    return {};
}

/// One order: what its value must be, and what it does.
struct Order
{
    const char *name;
    QJsonValue::Type type;
    std::function<Result<void>(PortalState &, const QJsonValue &)> carryOut;
};

template <typename Work>
auto onObject(Work work)
{
    return [work](PortalState &state, const QJsonValue &value) {
        return work(state, value.toObject());
    };
}

template <typename Work>
auto onNumber(Work work)
{
    return [work](PortalState &state, const QJsonValue &value) -> Result<void> {
        if (value.toInt(-1) < 0)
            return fail(ErrorKind::InvalidInput, u"The number must not be negative."_s);
        work(state, value.toInt());
        return {};
    };
}

template <typename Work>
auto whenTrue(Work work)
{
    return [work](PortalState &state, const QJsonValue &value) -> Result<void> {
        if (value.toBool())
            work(state);
        return {};
    };
}

const std::vector<Order> &allOrders()
{
    using Type = QJsonValue::Type;
    static const std::vector<Order> all {
        {"reset", Type::Bool, whenTrue([](PortalState &state) { state.reset(); })},
        {"faults", Type::Array,
         [](PortalState &state, const QJsonValue &value) {
             return setFaults(state, value.toArray());
         }},
        {"switches", Type::Object, onObject([](PortalState &state, const QJsonObject &json) {
             return setSwitches(state.options.switches, json);
         })},
        {"edits", Type::Array,
         [](PortalState &state, const QJsonValue &value) {
             return editRecords(state, value.toArray());
         }},
        {"limits", Type::Object, onObject(setLimits)},
        {"bounds", Type::Object, onObject(setBounds)},
        {"authorize", Type::String,
         [](PortalState &state, const QJsonValue &value) {
             return authorizeModeFromText(value.toString()).map([&](AuthorizeMode mode) {
                 state.options.authorize = mode;
             });
         }},
        {"clock", Type::Object, onObject(moveClock)},
        {"expireAccessTokens", Type::Bool,
         whenTrue([](PortalState &state) { state.tokens.expireAccessTokens(state.now()); })},
        {"staticTokens", Type::Object, onObject(addStaticTokens)},
        {"usedToday", Type::Double,
         onNumber([](PortalState &state, int calls) { state.limiter.setUsedToday(calls); })},
        {"latencyMs", Type::Double,
         onNumber([](PortalState &state, int ms) { state.options.latency = Milliseconds(ms); })},
        {"indexDelayMs", Type::Double,
         onNumber([](PortalState &state, int ms) { state.options.indexDelay = Milliseconds(ms); })},
        {"rules", Type::Object, onObject(setRules)},
        {"inUse", Type::Object, onObject(markInUse)},
        {"clearRequests", Type::Bool, whenTrue([](PortalState &state) { state.log.clear(); })},
    };
    return all;
}

Result<void> carryOut(PortalState &state, const QString &name, const QJsonValue &value)
{
    for (const Order &order : allOrders()) {
        if (name == QLatin1StringView(order.name) && value.type() == order.type)
            return order.carryOut(state, value);
    }
    return fail(ErrorKind::InvalidInput,
                u"The control endpoint has no '%1' like that; it has %2."_s.arg(
                    name, orderNames().join(u", "_s)));
}

} // namespace

QStringList orderNames()
{
    QStringList names;
    for (const Order &order : allOrders())
        names.append(QString::fromLatin1(order.name));
    return names;
}

Result<void> carryOutAll(PortalState &state, const QJsonObject &orders)
{
    // A reset comes before everything else that is asked for with it.
    if (orders.contains("reset"_L1)) {
        if (auto done = carryOut(state, u"reset"_s, orders.value("reset"_L1)); !done)
            return done;
    }
    for (auto it = orders.begin(); it != orders.end(); ++it) {
        if (it.key() == "reset"_L1)
            continue;
        if (auto done = carryOut(state, it.key(), it.value()); !done)
            return done;
    }
    return {};
}

} // namespace hubkeeper::practice
