// SPDX-License-Identifier: MIT
#include "reconcile/world/objectaccess.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonValue parameter(const QJsonObject &parameters, QLatin1StringView name)
{
    const QJsonValue value = parameters.value(u'_' + name);
    return value.isUndefined() ? parameters.value(name) : value;
}

/// Null where there is none.
QString textOf(const QJsonValue &value)
{
    if (!value.isString())
        return {};
    const QString text = value.toString();
    return text.isNull() ? u""_s : text;
}

} // namespace

QString ObjectQuery::filter() const
{
    return textOf(parameter(parameters, "queryFilter"_L1));
}

QString ObjectQuery::queryId() const
{
    return textOf(parameter(parameters, "queryId"_L1));
}

QStringList ObjectQuery::fields() const
{
    const QJsonValue value = parameter(parameters, "fields"_L1);
    QStringList fields;
    if (value.isString())
        fields = value.toString().split(u',', Qt::SkipEmptyParts);
    const QJsonArray array = value.toArray();
    for (const QJsonValue &field : array)
        fields.append(field.toString());
    for (QString &field : fields)
        field = field.trimmed();
    return fields;
}

ObjectQuery ObjectQuery::allIds()
{
    return {{{u"_queryId"_s, u"query-all-ids"_s}}};
}

Answer<void> ObjectAccess::visit(const QString &collection, const ObjectQuery &query,
                                 const VisitRow &visit)
{
    const auto rows = this->query(collection, query);
    if (!rows)
        return tl::unexpected(rows.error());
    for (qsizetype i = 0; i < rows->ids.size(); ++i)
        visit(rows->ids[i], i < rows->rows.size() ? &rows->rows[i] : nullptr);
    return {};
}

} // namespace hubkeeper
