// SPDX-License-Identifier: MIT
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr int listedRecords = 100; // Records of a reply.

/// How many records of one type a record of another may be associated with, and from how many on
/// it counts as near that.
qint64 limitOf(const PortalState &state)
{
    return state.options.bounds.linksPerRecord;
}

qint64 nearLimit(const PortalState &state)
{
    return limitOf(state) * 8 / 10;
}

/// Records near or at the limit, as {id, links}, by id. Only records whose associations were
/// written can be: generated ones have a few.
QList<std::pair<qint64, qsizetype>> crowded(const PortalState &state, ObjectType from,
                                            ObjectType to)
{
    QList<std::pair<qint64, qsizetype>> found;
    for (const qint64 id : state.associations.writtenIds(from, to)) {
        const qsizetype count = state.associations.links(from, id, to).size();
        if (count >= nearLimit(state))
            found.append({id, count});
    }
    return found;
}

QJsonObject limitJson(const PortalState &state, ObjectType from, std::optional<ObjectType> to)
{
    qsizetype near = 0;
    qsizetype full = 0;
    for (const ObjectType other : bothTypes) {
        if (to && other != *to)
            continue;
        for (const auto &[id, count] : crowded(state, from, other))
            ++(count >= limitOf(state) ? full : near);
    }
    const ObjectType shown = to.value_or(from);
    return {{u"objectTypeId"_s, QString(namesOf(shown).typeId)},
            {u"singularLabel"_s, QString(namesOf(shown).label)},
            {u"pluralLabel"_s, QString(namesOf(shown).plural)},
            {u"nearLimitRecordCount"_s, near},
            {u"atLimitRecordCount"_s, full}};
}

} // namespace

/// Types with records near or at the limit of their associations.
Reply linkLimits(PortalState &state, const ApiCall &)
{
    QJsonArray results;
    for (const ObjectType from : bothTypes)
        results.append(limitJson(state, from, std::nullopt));
    return jsonReply({{u"results"_s, results}});
}

Reply linkLimitsFrom(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call);
    if (!from)
        return from.error();
    QJsonArray results;
    for (const ObjectType to : bothTypes)
        results.append(limitJson(state, *from, to));
    return jsonReply({{u"results"_s, results}});
}

Reply nearLimitRecords(PortalState &state, const ApiCall &call)
{
    const auto from = typeArgument(call);
    const auto to = typeArgument(call, 1);
    if (!from || !to)
        return !from ? from.error() : to.error();
    QJsonArray results;
    for (const auto &[id, count] : crowded(state, *from, *to)) {
        if (results.size() >= listedRecords)
            break;
        results.append(
            QJsonObject {{u"objectId"_s, id},
                         {u"limit"_s, limitOf(state)},
                         {u"usage"_s, count},
                         {u"percentage"_s, 100.0 * double(count) / double(limitOf(state))}});
    }
    return jsonReply({{u"results"_s, results}});
}

} // namespace hubkeeper::practice
