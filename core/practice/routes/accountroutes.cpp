// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QString pluralLabel(ObjectType type)
{
    QString plural = namesOf(type).plural;
    plural[0] = plural[0].toUpper();
    return plural;
}

QJsonObject typeJson(ObjectType type)
{
    return {{u"objectTypeId"_s, QString(namesOf(type).typeId)},
            {u"singularLabel"_s, QString(namesOf(type).label)},
            {u"pluralLabel"_s, pluralLabel(type)}};
}

double percentage(qint64 used, qint64 limit)
{
    return 100.0 * double(used) / double(std::max<qint64>(1, limit));
}

QJsonObject usage(ObjectType type, qint64 used, qint64 limit)
{
    QJsonObject json = typeJson(type);
    json.insert(u"limit"_s, limit);
    json.insert(u"usage"_s, used);
    json.insert(u"percentage"_s, percentage(used, limit));
    return json;
}

/// Usage of each type, with the total of a limit they share.
template <typename Count>
QJsonObject usageOfTypes(qint64 limit, Count count)
{
    QJsonArray types;
    qint64 all = 0;
    for (const ObjectType type : bothTypes) {
        types.append(usage(type, count(type), limit));
        all += count(type);
    }
    return {{u"byObjectType"_s, types},
            {u"overallLimit"_s, limit},
            {u"overallUsage"_s, all},
            {u"overallPercentage"_s, percentage(all, limit)}};
}

/// The shape of limits that custom objects have of their own.
template <typename Count>
Reply usageWithCustom(qint64 limit, Count count)
{
    QJsonArray types;
    for (const ObjectType type : bothTypes)
        types.append(usage(type, count(type), limit));
    return jsonReply({{u"hubspotDefinedObjectTypes"_s, types},
                      {u"customObjectTypes"_s,
                       QJsonObject {{u"byObjectType"_s, QJsonArray()},
                                    {u"overallLimit"_s, limit},
                                    {u"overallUsage"_s, 0},
                                    {u"overallPercentage"_s, 0.0}}}});
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
    return usageWithCustom(15'000'000,
                           [&](ObjectType type) { return state.store(type).liveCount(); });
}

Reply customPropertyLimits(PortalState &state, const ApiCall &)
{
    return jsonReply(usageOfTypes(state.options.bounds.customProperties, [&](ObjectType type) {
        return state.catalogue(type).customCount();
    }));
}

Reply calculatedPropertyLimits(PortalState &state, const ApiCall &)
{
    return jsonReply(usageOfTypes(200, [&](ObjectType type) {
        int count = 0;
        for (const auto &[name, property] : state.catalogue(type).all())
            count += property.calculated && !property.hubspotDefined ? 1 : 0;
        return count;
    }));
}

Reply pipelineLimits(PortalState &, const ApiCall &)
{
    return usageWithCustom(100, [](ObjectType) { return 1; });
}

Reply customTypeLimits(PortalState &, const ApiCall &)
{
    return jsonReply({{u"limit"_s, 10}, {u"usage"_s, 0}, {u"percentage"_s, 0.0}});
}

Reply labelLimits(PortalState &state, const ApiCall &)
{
    constexpr int mostLabels = 50; // Between two types.
    QJsonArray results;
    for (const ObjectType from : bothTypes) {
        for (const ObjectType to : bothTypes) {
            QJsonArray labels;
            for (const LabelType &label : state.associations.labels(from, to)) {
                if (label.category == "USER_DEFINED"_L1)
                    labels.append(label.label);
            }
            results.append(QJsonObject {{u"fromObjectType"_s, typeJson(from)},
                                        {u"toObjectType"_s, typeJson(to)},
                                        {u"allLabels"_s, labels},
                                        {u"limit"_s, mostLabels},
                                        {u"usage"_s, labels.size()},
                                        {u"percentage"_s, percentage(labels.size(), mostLabels)}});
        }
    }
    return jsonReply({{u"results"_s, results}});
}

} // namespace hubkeeper::practice
