// SPDX-License-Identifier: MIT
#include "practice/routes/recordjson.h"
#include "practice/routes/routes.h"
#include "practice/routes/searchengine.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// The query without what changes from page to page.
QByteArray keyOf(const ApiCall &call, ObjectType type)
{
    QJsonObject body = call.body();
    for (const QString &name : {u"after"_s, u"limit"_s, u"properties"_s})
        body.remove(name);
    return QByteArray(namesOf(type).plural.data())
        + QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace

Reply searchRecords(PortalState &state, const ApiCall &call)
{
    const auto type = typeArgument(call);
    if (!type)
        return type.error();
    const auto query = readSearch(state, call, *type);
    if (!query)
        return query.error();
    const SearchHits hits = findHits(state, *query, keyOf(call, *type));
    int total = hits.total;
    if (state.options.switches.totalRunsAhead && query->groups.isEmpty() && query->text.isEmpty())
        total = state.store(*type).liveCount();

    // The index may still know what is gone, and shows it as it was (hubspot-api 6.5): only the
    // hits are the index's, their values come with it.
    const RecordShape shape = shapeFor(state, *type, query->properties);
    QJsonArray results;
    for (const qint64 id : hits.ids.mid(query->after, query->limit)) {
        if (const auto json =
                state.store(*type).withIndexed(id, state.now(), [&](const RecordView &view) {
                    return recordJson(state, shape, view);
                }))
            results.append(*json);
    }
    QJsonObject json {{u"total"_s, total}, {u"results"_s, results}};
    const int next = query->after + query->limit;
    if (next < hits.total && query->limit > 0) {
        const QString after = QString::number(next);
        json.insert(
            u"paging"_s,
            QJsonObject {
                {u"next"_s, QJsonObject {{u"after"_s, after}, {u"link"_s, u"?after="_s + after}}}});
    }
    return jsonReply(json);
}

} // namespace hubkeeper::practice
