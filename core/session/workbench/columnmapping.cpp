// SPDX-License-Identifier: MIT
#include "session/workbench/columnmapping.h"

#include "session/sessiontext.h"
#include "session/workbench/linkcolumns.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto formatName = u"hubkeeper-mapping"_s;

QString folded(const QString &name)
{
    return name.trimmed().toCaseFolded();
}

bool isRecordId(const QString &column)
{
    return column == "record id"_L1 || column == "hs_object_id"_L1 || column == "id"_L1
        || column == "_id"_L1;
}

/// A column of associated records; empty: it is none, or the table has their ids, too.
QString linkColumnFor(const QString &column, const QStringList &columns)
{
    const std::optional<LinkColumn> link = importedLinkColumn(column);
    if (!link)
        return {};
    const LinkColumn ids {link->type, {}, link->label};
    const bool hasIds = std::any_of(columns.begin(), columns.end(), [&ids](const QString &other) {
        return importedLinkColumn(other) == ids;
    });
    return link->key.isEmpty() || !hasIds ? linkColumnName(*link) : QString();
}

bool isLinkColumnName(const QString &text)
{
    const std::optional<LinkColumn> link = importedLinkColumn(text);
    return link && linkColumnName(*link) == text;
}

/// By name, else by the only label, else as a column of associated records; empty: it is none.
QString propertyFor(const QString &column, const QStringList &columns,
                    const QList<PropertyDefinition> &definitions)
{
    const QString name = folded(column);
    for (const PropertyDefinition &definition : definitions) {
        if (folded(definition.name) == name)
            return definition.name;
    }
    QStringList labelled;
    for (const PropertyDefinition &definition : definitions) {
        if (folded(definition.label) == name)
            labelled.append(definition.name);
    }
    return labelled.size() == 1 ? labelled.first() : linkColumnFor(column, columns);
}

Result<void> checkChosen(const QStringList &columns, const QList<PropertyDefinition> &definitions,
                         const ChosenColumns &chosen)
{
    for (auto one = chosen.cbegin(); one != chosen.cend(); ++one) {
        const bool isThere =
            std::any_of(columns.begin(), columns.end(), [&one](const QString &column) {
                return folded(column) == folded(one.key());
            });
        if (!isThere)
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("The table has no column \"%1\".").arg(one.key()),
                        SessionText::tr("It has: %1").arg(columns.join(u", "_s)));
        const bool isKnown = one.value().isEmpty() || one.value() == recordIdColumn
            || isLinkColumnName(one.value())
            || std::any_of(definitions.begin(), definitions.end(),
                           [&one](const auto &known) { return known.name == one.value(); });
        if (!isKnown)
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("HubSpot has no property \"%1\" for the column \"%2\".")
                            .arg(one.value(), one.key()));
    }
    return {};
}

} // namespace

QStringList importResultColumns()
{
    return {u"id"_s, u"status"_s, u"message"_s};
}

bool isImportResult(const QStringList &columns)
{
    const QStringList expected = importResultColumns();
    if (columns.size() <= expected.size())
        return false;
    const QStringList last = columns.last(expected.size());
    return std::equal(
        last.begin(), last.end(), expected.begin(), [](const QString &column, const QString &name) {
            return column == name || (column.startsWith(name + u" ("_s) && column.endsWith(u')'));
        });
}

Result<ColumnMapping> mapColumns(const QStringList &columns,
                                 const QList<PropertyDefinition> &definitions,
                                 const ChosenColumns &chosen)
{
    if (const auto checked = checkChosen(columns, definitions, chosen); !checked)
        return tl::unexpected(checked.error());
    QHash<QString, QString> decided;
    for (auto one = chosen.cbegin(); one != chosen.cend(); ++one)
        decided.insert(folded(one.key()), one.value());
    ColumnMapping mapping {columns, {}};
    QHash<QString, QString> columnOf;
    const qsizetype ownColumns = columns.size() - (isImportResult(columns) ? 2 : 0);
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const QString &column = columns[i];
        const QString name = folded(column);
        const bool isSecondId = isRecordId(name) && columnOf.contains(recordIdColumn);
        const QString property = decided.contains(name)       ? decided.value(name)
            : name.isEmpty() || i >= ownColumns || isSecondId ? QString()
            : isRecordId(name)                                ? QString(recordIdColumn)
                               : propertyFor(column, columns, definitions);
        if (!property.isEmpty() && columnOf.contains(property))
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("The columns \"%1\" and \"%2\" are both %3.")
                            .arg(columnOf.value(property), column, property),
                        SessionText::tr("Leave one of them out."));
        columnOf.insert(property, column);
        mapping.properties.append(property);
    }
    return mapping;
}

ColumnMapping proposeColumns(const QStringList &columns,
                             const QList<PropertyDefinition> &definitions)
{
    QHash<QString, QString> byName;
    QHash<QString, QStringList> byLabel;
    QSet<QString> computed;
    for (const PropertyDefinition &definition : definitions) {
        byName.insert(folded(definition.name), definition.name);
        byLabel[folded(definition.label)].append(definition.name);
        if (definition.readOnlyValue || definition.calculated)
            computed.insert(definition.name);
    }
    QHash<QString, int> times;
    for (const QString &column : columns)
        ++times[folded(column)];
    ColumnMapping mapping {columns, {}};
    QSet<QString> taken;
    for (const QString &column : columns) {
        const QString name = folded(column);
        const QStringList labelled = byLabel.value(name);
        QString property = name.isEmpty() || times.value(name) > 1 ? QString()
            : isRecordId(name)                                     ? QString(recordIdColumn)
            : byName.contains(name)                                ? byName.value(name)
            : labelled.size() == 1                                 ? labelled.first()
                                                                   : linkColumnFor(column, columns);
        if (taken.contains(property) || computed.contains(property))
            property.clear();
        if (!property.isEmpty())
            taken.insert(property);
        mapping.properties.append(property);
    }
    return mapping;
}

QByteArray mappingToFile(const ColumnMapping &mapping)
{
    QJsonObject columns;
    for (qsizetype i = 0; i < mapping.columns.size(); ++i) {
        const QString &property = mapping.properties[i];
        columns.insert(mapping.columns[i],
                       property.isEmpty() ? QJsonValue() : QJsonValue(property));
    }
    return QJsonDocument(
               QJsonObject {{u"format"_s, formatName}, {u"version"_s, 1}, {u"columns"_s, columns}})
        .toJson();
}

Result<ChosenColumns> mappingFromFile(const QByteArray &content)
{
    const QJsonObject json = QJsonDocument::fromJson(content).object();
    if (json["format"_L1] != formatName || json["version"_L1].toInt() != 1
        || !json["columns"_L1].isObject())
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("This is not a column mapping of version 1."));
    ChosenColumns chosen;
    const QJsonObject columns = json["columns"_L1].toObject();
    for (auto one = columns.begin(); one != columns.end(); ++one) {
        if (!one.value().isString() && !one.value().isNull())
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("The column \"%1\" of the mapping is neither a text nor "
                                        "null.")
                            .arg(one.key()));
        chosen.insert(one.key(), one.value().toString());
    }
    return chosen;
}

} // namespace hubkeeper
