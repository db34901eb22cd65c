// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr ObjectType bothTypes[] {ObjectType::Contact, ObjectType::Company};

QJsonObject usage(ObjectType type, qint64 used, qint64 limit)
{
    const TypeNames &names = namesOf(type);
    QString plural = names.plural;
    plural[0] = plural[0].toUpper();
    return {{u"objectTypeId"_s, QString(names.typeId)},
            {u"singularLabel"_s, QString(names.label)},
            {u"pluralLabel"_s, plural},
            {u"limit"_s, limit},
            {u"usage"_s, used},
            {u"percentage"_s, 100.0 * double(used) / double(std::max<qint64>(1, limit))}};
}

template <typename Count>
Reply usageOfTypes(qint64 limit, Count count)
{
    QJsonArray results;
    for (const ObjectType type : bothTypes)
        results.append(usage(type, count(type), limit));
    return jsonReply({{u"results"_s, results}});
}

} // namespace

Reply accountDetails(PortalState &state, const ApiCall &call)
{
    QJsonObject json {{u"portalId"_s, state.options.portalId},
                      {u"accountType"_s, state.options.accountType},
                      {u"timeZone"_s, u"US/Eastern"_s},
                      {u"companyCurrency"_s, u"USD"_s},
                      {u"additionalCurrencies"_s, QJsonArray {u"EUR"_s}},
                      {u"utcOffset"_s, u"-05:00"_s},
                      {u"utcOffsetMilliseconds"_s, accountOffsetMs},
                      {u"uiDomain"_s, u"app.hubspot.com"_s},
                      {u"dataHostingLocation"_s, u"na1"_s}};
    if (call.enforcesRules()) {
        json.insert(u"portalName"_s, state.options.portalName);
        json.insert(u"createdAt"_s, EpochMs(1'704'067'200'000));
    }
    return jsonReply(json);
}

Reply dailyUsage(PortalState &state, const ApiCall &)
{
    const QJsonObject row {{u"name"_s, u"private-apps-api-calls-daily"_s},
                           {u"usageLimit"_s, state.options.limits.perDay},
                           {u"currentUsage"_s, state.limiter.usedToday()},
                           {u"collectedAt"_s, isoText(state.now())},
                           {u"fetchStatus"_s, u"SUCCESS"_s},
                           {u"resetsAt"_s, isoText(RateLimiter::resetsAt(state.now()))}};
    return jsonReply({{u"results"_s, QJsonArray {row}}});
}

Reply recordLimits(PortalState &state, const ApiCall &)
{
    return usageOfTypes(15'000'000, [&](ObjectType type) { return state.store(type).liveCount(); });
}

Reply customPropertyLimits(PortalState &state, const ApiCall &)
{
    return usageOfTypes(state.options.bounds.customProperties,
                        [&](ObjectType type) { return state.catalogue(type).customCount(); });
}

Reply calculatedPropertyLimits(PortalState &state, const ApiCall &)
{
    return usageOfTypes(200, [&](ObjectType type) {
        int count = 0;
        for (const auto &[name, property] : state.catalogue(type).all())
            count += property.calculated && !property.hubspotDefined ? 1 : 0;
        return count;
    });
}

Reply pipelineLimits(PortalState &, const ApiCall &)
{
    return usageOfTypes(100, [](ObjectType) { return 1; });
}

Reply associationLimits(PortalState &state, const ApiCall &)
{
    QJsonArray results;
    for (const ObjectType from : bothTypes) {
        for (const ObjectType to : bothTypes) {
            int custom = 0;
            for (const LabelType &label : state.associations.labels(from, to))
                custom += label.category == "USER_DEFINED"_L1 ? 1 : 0;
            results.append(QJsonObject {{u"fromObjectTypeId"_s, QString(namesOf(from).typeId)},
                                        {u"toObjectTypeId"_s, QString(namesOf(to).typeId)},
                                        {u"limit"_s, 50},
                                        {u"usage"_s, custom},
                                        {u"percentage"_s, custom * 2.0}});
        }
    }
    return jsonReply({{u"results"_s, results}});
}

} // namespace hubkeeper::practice
