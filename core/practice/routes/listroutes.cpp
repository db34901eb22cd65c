// SPDX-License-Identifier: MIT
#include "practice/routes/recordjson.h"
#include "practice/routes/routes.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// Types named by associations=, each allowed by scope.
Outcome<QList<ObjectType>> associationTypes(const PortalState &state, const ApiCall &call)
{
    QList<ObjectType> types;
    for (const QString &name : call.listParam("associations"_L1)) {
        const auto type = typeNamed(name);
        if (!type)
            return refuse(invalid(u"Unable to infer object type from: %1"_s.arg(name)));
        const QString scope = u"crm.objects.%1.read"_s.arg(namesOf(*type).plural);
        if (state.options.switches.associationsNeedScopes && !call.who.has(scope))
            return refuse(missingScopes({scope}));
        types.append(*type);
    }
    return types;
}

/// The cursor says which id comes next; clients are not to know (hubspot-api 4.3).
Outcome<qint64> cursor(const ApiCall &call)
{
    const QString after = call.param("after"_L1);
    if (after.isEmpty())
        return 0;
    bool isNumber = false;
    const qint64 id = after.toLongLong(&isNumber);
    if (!isNumber || id < 0)
        return refuse(invalid(unreadable(u"long"_s, after)));
    return id;
}

QJsonObject paging(const PortalState &state, const ApiCall &call, qint64 next)
{
    const QString after = QString::number(next);
    const QString host = state.options.switches.oldPagingLinks
        ? u"https://api.hubapi.com/contacts/v0/internal"_s
        : state.baseUrl + QString::fromLatin1(call.wire.path);
    // Everything that was asked for comes again, so that a link can be followed as it is.
    QString query;
    for (const auto &[name, value] : call.query) {
        if (name != "after"_L1)
            query += name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value, ",")) + u'&';
    }
    return {{u"next"_s,
             QJsonObject {{u"after"_s, after},
                          {u"link"_s, host + u'?' + query + u"after="_s + after}}}};
}

} // namespace

Reply listRecords(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const QStringList histories = call.listParam("propertiesWithHistory"_L1);
    const RequestBounds &bounds = state.options.bounds;
    const int most = histories.isEmpty() ? bounds.listPage : bounds.listPageWithHistory;
    const auto limit = numberParam(call, "limit"_L1, 10, most);
    const auto from = cursor(call);
    const auto associations = associationTypes(state, call);
    if (!limit)
        return limit.error();
    if (!from)
        return from.error();
    if (!associations)
        return associations.error();

    const int count = std::max(1, *limit);
    QList<qint64> ids = state.store(*type).idsFrom(*from, count + 1, call.flag("archived"_L1));
    QJsonObject json;
    if (ids.size() > count)
        json.insert(u"paging"_s, paging(state, call, ids.takeLast()));
    // A page may be empty while there is a next one (hubspot-api 4.3): the cursor of every
    // request without one leads to the same first id.
    if (state.options.switches.emptyPages && *from == 0 && !ids.isEmpty()) {
        json.insert(u"paging"_s, paging(state, call, ids.first()));
        ids.clear();
    }
    const RecordShape shape =
        shapeFor(state, *type, call.listParam("properties"_L1), histories, *associations);
    QJsonArray results;
    for (const qint64 id : std::as_const(ids)) {
        if (const auto view = state.store(*type).view(id))
            results.append(recordJson(state, shape, *view));
        else if (const auto record = state.store(*type).find(id))
            results.append(recordJson(state, shape, *record));
    }
    json.insert(u"results"_s, results);
    return jsonReply(json);
}

} // namespace hubkeeper::practice
