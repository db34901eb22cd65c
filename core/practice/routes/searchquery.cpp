// SPDX-License-Identifier: MIT
#include "practice/routes/searchquery.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

std::optional<Operator> operatorNamed(const QString &name)
{
    static const QHash<QString, Operator> names {
        {u"EQ"_s, Operator::Equal},
        {u"NEQ"_s, Operator::NotEqual},
        {u"LT"_s, Operator::Less},
        {u"LTE"_s, Operator::LessEqual},
        {u"GT"_s, Operator::Greater},
        {u"GTE"_s, Operator::GreaterEqual},
        {u"BETWEEN"_s, Operator::Between},
        {u"IN"_s, Operator::In},
        {u"NOT_IN"_s, Operator::NotIn},
        {u"HAS_PROPERTY"_s, Operator::Has},
        {u"NOT_HAS_PROPERTY"_s, Operator::HasNot},
        {u"CONTAINS_TOKEN"_s, Operator::ContainsToken},
        {u"NOT_CONTAINS_TOKEN"_s, Operator::ContainsNotToken},
    };
    const auto it = names.constFind(name);
    return it == names.constEnd() ? std::nullopt : std::optional(*it);
}

Comparison comparisonFor(const Property &property)
{
    if (property.type == "number"_L1)
        return Comparison::Number;
    if (property.type == "date"_L1 || property.type == "datetime"_L1)
        return Comparison::Instant;
    if (property.type == "enumeration"_L1 || property.type == "bool"_L1)
        return Comparison::Exact;
    return Comparison::Text;
}

/// The values an operator needs, or a 400.
Outcome<QStringList> valuesFor(Operator op, const QJsonObject &json)
{
    const auto text = [&](QLatin1StringView name) {
        return json.value(name).toVariant().toString();
    };
    const QString property = json.value("propertyName"_L1).toString();
    switch (op) {
    case Operator::Has:
    case Operator::HasNot:
        return QStringList();
    case Operator::Between:
        if (!json.contains("value"_L1) || !json.contains("highValue"_L1))
            return refuse(invalid(u"BETWEEN on %1 needs value and highValue"_s.arg(property)));
        return QStringList {text("value"_L1), text("highValue"_L1)};
    case Operator::In:
    case Operator::NotIn: {
        const QJsonArray values = json.value("values"_L1).toArray();
        if (values.isEmpty())
            return refuse(invalid(u"IN and NOT_IN on %1 need values"_s.arg(property)));
        QStringList list;
        for (const QJsonValue &value : values)
            list.append(value.toVariant().toString());
        return list;
    }
    default:
        if (!json.contains("value"_L1))
            return refuse(invalid(u"The filter on %1 needs a value"_s.arg(property)));
        return QStringList {text("value"_L1)};
    }
}

bool isTokenOperator(Operator op)
{
    return op == Operator::ContainsToken || op == Operator::ContainsNotToken;
}

/// Puts the values into the form they are compared in; false if one cannot be read.
bool convert(SearchFilter &filter, const QStringList &values, bool inNeedsLowerCase)
{
    const bool isList = filter.op == Operator::In || filter.op == Operator::NotIn;
    for (const QString &value : values) {
        bool isGood = true;
        switch (filter.comparison) {
        case Comparison::Text:
            // IN finds strings by lower-case values only (hubspot-api 6.2).
            filter.texts.append(isList && inNeedsLowerCase ? value : value.toLower());
            break;
        case Comparison::Exact:
            filter.texts.append(value);
            break;
        case Comparison::Number: {
            bool isInteger = false;
            filter.integers.append(value.toLongLong(&isInteger));
            filter.isInteger = filter.isInteger && isInteger;
            filter.numbers.append(value.toDouble(&isGood));
            break;
        }
        case Comparison::Instant: {
            const auto instant = readInstant(value);
            isGood = instant.has_value();
            filter.integers.append(instant.value_or(0));
            break;
        }
        case Comparison::Linked:
            filter.integers.append(value.toLongLong(&isGood));
            break;
        }
        if (!isGood)
            return false;
    }
    return true;
}

Outcome<SearchFilter> readFilter(PortalState &state, ObjectType type, const QJsonObject &json)
{
    const QString name = json.value("propertyName"_L1).toString();
    const auto op = operatorNamed(json.value("operator"_L1).toString());
    if (!op)
        return refuse(invalid(u"Invalid operator '%1' for %2"_s.arg(
            json.value("operator"_L1).toVariant().toString(), name)));
    SearchFilter filter;
    filter.op = *op;
    filter.isInteger = true;
    filter.key = PropertyKey(type, name);
    if (name.startsWith("associations."_L1)) {
        const auto linked = typeNamed(QStringView(name).mid(13));
        if (!linked || (*op != Operator::Equal && *op != Operator::In))
            return refuse(invalid(u"There was a problem with the filter on %1"_s.arg(name)));
        filter.comparison = Comparison::Linked;
        filter.linkedTo = *linked;
    } else if (const Property *property = state.catalogue(type).live(name)) {
        filter.comparison = isTokenOperator(*op) ? Comparison::Text : comparisonFor(*property);
    } else {
        return refuse(
            invalid(u"Property %1 does not exist for %2"_s.arg(name, namesOf(type).upper)));
    }
    const auto values = valuesFor(*op, json);
    if (!values)
        return refuse(values.error());
    if (!convert(filter, *values, state.options.switches.inNeedsLowerCase))
        return refuse(
            invalid(u"There was a problem with the value of the filter on %1"_s.arg(name)));
    return filter;
}

/// The groups of the body; a top-level "filters" is one group (hubspot-api 6.1).
QJsonArray groupsOf(const QJsonObject &body)
{
    const QJsonArray groups = body.value("filterGroups"_L1).toArray();
    const QJsonArray filters = body.value("filters"_L1).toArray();
    if (!groups.isEmpty() || filters.isEmpty())
        return groups;
    return {QJsonObject {{u"filters"_s, filters}}};
}

Outcome<void> readGroups(PortalState &state, const QJsonObject &body, SearchQuery &query)
{
    const RequestBounds &bounds = state.options.bounds;
    const QJsonArray groups = groupsOf(body);
    if (groups.size() > bounds.filterGroups)
        return refuse(
            invalid(u"too many filterGroups (count: %1, max allowed: %2)"_s.arg(groups.size())
                        .arg(bounds.filterGroups)));
    qsizetype all = 0;
    for (const QJsonValue &group : groups) {
        const QJsonArray filters = group.toObject().value("filters"_L1).toArray();
        all += filters.size();
        if (filters.size() > bounds.filtersPerGroup || all > bounds.filtersInAll)
            return refuse(invalid(u"Too many filters: at most %1 in a group and %2 in all"_s
                                      .arg(bounds.filtersPerGroup)
                                      .arg(bounds.filtersInAll)));
        QList<SearchFilter> list;
        for (const QJsonValue &value : filters) {
            auto filter = readFilter(state, query.type, value.toObject());
            if (!filter)
                return refuse(filter.error());
            list.append(*filter);
        }
        query.groups.append(list);
    }
    return {};
}

/// One rule: an object, "name" or "-name" (hubspot-api 6.1). None: oldest first.
Outcome<void> readSort(PortalState &state, const QJsonObject &body, SearchQuery &query)
{
    const QJsonArray sorts = body.value("sorts"_L1).toArray();
    if (sorts.size() > 1)
        return refuse(invalid(u"Only one sort rule is allowed"_s));
    QString name = u"hs_object_id"_s;
    if (!sorts.isEmpty() && sorts.first().isString()) {
        name = sorts.first().toString();
        query.descending = name.startsWith(u'-');
        if (query.descending)
            name.remove(0, 1);
    } else if (!sorts.isEmpty()) {
        const QJsonObject rule = sorts.first().toObject();
        name = rule.value("propertyName"_L1).toString();
        query.descending = rule.value("direction"_L1).toString() == "DESCENDING"_L1;
    }
    const Property *property = state.catalogue(query.type).live(name);
    if (!property)
        return refuse(invalid(u"Cannot sort by property %1, it does not exist"_s.arg(name)));
    query.sortKey = PropertyKey(query.type, name);
    query.sortAs = comparisonFor(*property);
    return {};
}

Outcome<void> readPaging(const PortalState &state, const QJsonObject &body, SearchQuery &query)
{
    const RequestBounds &bounds = state.options.bounds;
    bool isNumber = true;
    const QString after = body.value("after"_L1).toVariant().toString();
    query.after = after.isEmpty() ? 0 : after.toInt(&isNumber);
    bool isLimit = true;
    const QString limit = body.value("limit"_L1).toVariant().toString();
    query.limit = limit.isEmpty() ? 10 : limit.toInt(&isLimit);
    if (!isNumber || query.after < 0)
        return refuse(invalid(unreadable(u"int"_s, after)));
    if (!isLimit)
        return refuse(invalid(unreadable(u"int"_s, limit)));
    if (query.limit < 0)
        return refuse(invalid(u"The limit must not be negative"_s));
    if (query.limit > bounds.searchPage)
        return refuse(invalid(u"The limit must be at most %1"_s.arg(bounds.searchPage)));
    if (qint64(query.after) + query.limit > bounds.searchReach)
        return refuse(invalid(u"Search is limited to %1 hits per query"_s.arg(bounds.searchReach)));
    return {};
}

} // namespace

Outcome<SearchQuery> readSearch(PortalState &state, const ApiCall &call, ObjectType type)
{
    const int longest = state.options.bounds.searchCharacters;
    const QJsonObject body = call.body();
    SearchQuery query;
    query.type = type;
    query.text = body.value("query"_L1).toString().trimmed().toLower();
    if (QString::fromUtf8(call.wire.body).size() > longest || query.text.size() > longest)
        return refuse(invalid(u"The request must have at most %1 characters"_s.arg(longest)));
    for (const QJsonValue &name : body.value("properties"_L1).toArray())
        query.properties.append(name.toString());
    if (auto groups = readGroups(state, body, query); !groups)
        return refuse(groups.error());
    if (auto sort = readSort(state, body, query); !sort)
        return refuse(sort.error());
    if (auto paging = readPaging(state, body, query); !paging)
        return refuse(paging.error());
    return query;
}

} // namespace hubkeeper::practice
