// SPDX-License-Identifier: MIT
#include "portal/search.h"

#include "portal/portaltext.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostPerPage = 200;
constexpr int longestBody = 3000; // Characters.

QString wireName(SearchOperator op)
{
    switch (op) {
    case SearchOperator::Eq:
        return u"EQ"_s;
    case SearchOperator::Neq:
        return u"NEQ"_s;
    case SearchOperator::Lt:
        return u"LT"_s;
    case SearchOperator::Lte:
        return u"LTE"_s;
    case SearchOperator::Gt:
        return u"GT"_s;
    case SearchOperator::Gte:
        return u"GTE"_s;
    case SearchOperator::Between:
        return u"BETWEEN"_s;
    case SearchOperator::In:
        return u"IN"_s;
    case SearchOperator::NotIn:
        return u"NOT_IN"_s;
    case SearchOperator::HasProperty:
        return u"HAS_PROPERTY"_s;
    case SearchOperator::NotHasProperty:
        return u"NOT_HAS_PROPERTY"_s;
    case SearchOperator::ContainsToken:
        return u"CONTAINS_TOKEN"_s;
    case SearchOperator::NotContainsToken:
        return u"NOT_CONTAINS_TOKEN"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject filterJson(const SearchFilter &filter)
{
    QJsonObject json {{u"propertyName"_s, filter.property}, {u"operator"_s, wireName(filter.op)}};
    switch (filter.op) {
    case SearchOperator::HasProperty:
    case SearchOperator::NotHasProperty:
        break;
    case SearchOperator::In:
    case SearchOperator::NotIn:
        json[u"values"_s] = QJsonArray::fromStringList(filter.values);
        break;
    case SearchOperator::Between:
        json[u"highValue"_s] = filter.highValue;
        [[fallthrough]];
    default:
        json[u"value"_s] = filter.value;
    }
    return json;
}

/// Why the query is over a limit, or empty.
QString excessOf(const SearchQuery &query)
{
    if (query.limit < 1 || query.limit > mostPerPage)
        return PortalText::tr("A page of a search has 1 to 200 records.");
    if (query.groups.size() > SearchQuery::mostGroups)
        return PortalText::tr("A search takes at most 5 groups of filters.");
    qsizetype count = 0;
    for (const auto &group : query.groups) {
        if (group.size() > SearchQuery::mostFiltersPerGroup)
            return PortalText::tr("A group of a search takes at most 6 filters.");
        count += group.size();
    }
    if (count > SearchQuery::mostFilters)
        return PortalText::tr("A search takes at most 18 filters.");
    if (query.after.toLongLong() + query.limit > SearchQuery::mostHits)
        return PortalText::tr("A search reaches its first 10,000 hits only.");
    return {};
}

} // namespace

Result<QByteArray> searchBody(const SearchQuery &query)
{
    if (const QString excess = excessOf(query); !excess.isEmpty())
        return fail(ErrorKind::InvalidInput, excess);

    QJsonObject json {{u"limit"_s, query.limit}};
    if (!query.text.isEmpty())
        json[u"query"_s] = query.text;
    QJsonArray groups;
    for (const auto &group : query.groups) {
        QJsonArray filters;
        for (const SearchFilter &filter : group)
            filters.append(filterJson(filter));
        groups.append(QJsonObject {{u"filters"_s, filters}});
    }
    if (!groups.isEmpty())
        json[u"filterGroups"_s] = groups;
    if (!query.sortProperty.isEmpty()) {
        json[u"sorts"_s] = QJsonArray {
            QJsonObject {{u"propertyName"_s, query.sortProperty},
                         {u"direction"_s, query.descending ? u"DESCENDING"_s : u"ASCENDING"_s}}};
    }
    if (!query.properties.isEmpty())
        json[u"properties"_s] = QJsonArray::fromStringList(query.properties);
    if (!query.after.isEmpty())
        json[u"after"_s] = query.after;

    const QByteArray body = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (QString::fromUtf8(body).size() > longestBody)
        return fail(ErrorKind::InvalidInput,
                    PortalText::tr("A search takes at most 3,000 characters."),
                    PortalText::tr("Ask for fewer properties or use a shorter filter."));
    return body;
}

} // namespace hubkeeper
