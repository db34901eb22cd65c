// SPDX-License-Identifier: MIT
#include "connector/connectorobject.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QJsonObject ConnectorObject::toJson() const
{
    QJsonObject json = attributes;
    json[u"_id"_s] = uid;
    return json;
}

QJsonObject SearchResult::toJson() const
{
    QJsonArray result;
    for (const ConnectorObject &object : objects)
        result.append(object.toJson());
    return {{u"result"_s, result},
            {u"resultCount"_s, count},
            {u"pagedResultsCookie"_s,
             pagedResultsCookie.isEmpty() ? QJsonValue() : QJsonValue(pagedResultsCookie)},
            {u"totalPagedResultsPolicy"_s, u"NONE"_s},
            {u"totalPagedResults"_s, -1},
            {u"remainingPagedResults"_s, -1}};
}

} // namespace hubkeeper
