// SPDX-License-Identifier: MIT
#include "session/workbench/importedlinks.h"

#include "changes/set/associationcells.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"
#include "session/workbench/linkcolumns.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

void refuseLink(ImportedRow &row, int column, const QString &why)
{
    row.status = ImportedRow::Status::Refused;
    row.refusal = ImportRefusal::Association;
    row.message = why;
    row.column = column;
}

} // namespace

ImportedLinks::ImportedLinks(const ImportRequest &request, const ColumnMapping &mapping)
    : m_request(request)
    , m_names(mapping.columns)
{
    for (qsizetype i = 0; i < mapping.properties.size(); ++i) {
        const std::optional<LinkColumn> link = importedLinkColumn(mapping.properties[i]);
        if (!link)
            continue;
        Column column;
        column.place = int(i);
        column.key.type = link->type;
        column.label = link->label;
        column.key.property.name = link->key.isEmpty() ? QString(recordIdColumn) : link->key;
        m_columns.push_back(column);
    }
}

QList<ObjectType> ImportedLinks::wholeTypes(const ImportedRow &row) const
{
    QList<ObjectType> types;
    if (!m_request.removesOtherLinks)
        return types;
    for (const Column &column : m_columns) {
        const bool mayClear = m_request.emptyClears && column.place < row.cells.size();
        const bool says = mayClear || !textsIn(row, column).isEmpty();
        if (column.label.isEmpty() && says && !types.contains(column.key.type))
            types.append(column.key.type);
    }
    return types;
}

QStringList ImportedLinks::textsIn(const ImportedRow &row, const Column &column) const
{
    QStringList texts;
    const QString cell = m_request.cellText(row.cells.value(column.place));
    for (const QString &part : cell.split(u';')) {
        const QString text = part.trimmed();
        if (!text.isEmpty() && !texts.contains(text))
            texts.append(text);
    }
    return texts;
}

QString ImportedLinks::sentence(const Column &column, const QString &what) const
{
    return SessionText::tr("Column %1: %2").arg(m_names[column.place], what);
}

std::optional<Record> ImportedLinks::recordOf(ImportedRow &row, const Column &column,
                                              const QString &text, const FoundRecords &found) const
{
    const QString key = column.key.keyOf(text);
    const bool isOfContacts = column.key.type == ObjectType::Contacts;
    if (found.survivors.contains(key)) {
        refuseLink(row, column.place,
                   sentence(column, mergedAway(key, found.survivors.value(key)).sentence()));
        return {};
    }
    const QList<Record> records = found.byKey.value(key);
    if (records.size() == 1)
        return records.first();
    const QString name = column.key.isRecordId() ? u"ID"_s : column.key.property.name;
    QString why;
    if (records.isEmpty()) {
        why = isOfContacts ? SessionText::tr("No contact has the %1 %2.").arg(name, text)
                           : SessionText::tr("No company has the %1 %2.").arg(name, text);
    } else {
        QStringList ids;
        for (const Record &record : records)
            ids.append(record.id);
        const QString list = ids.join(u", "_s);
        why = isOfContacts
            ? SessionText::tr("Several contacts have the %1 %2: %3.").arg(name, text, list)
            : SessionText::tr("Several companies have the %1 %2: %3.").arg(name, text, list);
    }
    refuseLink(row, column.place, sentence(column, why));
    return {};
}

QList<LinkOrder> ImportedLinks::ordersOf(ImportedRow &row, const RecordReference &record,
                                         const QString &label,
                                         const std::vector<FoundRecords> &found,
                                         const Kinds &kinds) const
{
    QList<LinkOrder> orders;
    for (size_t i = 0; i < m_columns.size(); ++i) {
        const Column &column = m_columns[i];
        for (const QString &text : textsIn(row, column)) {
            const std::optional<Record> other = recordOf(row, column, text, found[i]);
            if (!other)
                return {};
            const RecordReference end {column.key.type, other->id};
            if (end == record) {
                refuseLink(
                    row, column.place,
                    sentence(column,
                             SessionText::tr("%1 cannot be associated with itself.").arg(end.id)));
                return {};
            }
            const QString name = labelOf(end.type, other->properties, end.id);
            if (!addOrder(row, column,
                          turned({record, end, LinkOrder::Add, kinds[i], label + u" - "_s + name}),
                          orders))
                return {};
        }
    }
    return orders;
}

/// Several columns may name one record, with a label each.
bool ImportedLinks::addOrder(ImportedRow &row, const Column &column, const LinkOrder &order,
                             QList<LinkOrder> &orders) const
{
    const auto same = std::find_if(orders.begin(), orders.end(), [&order](const LinkOrder &one) {
        return one.from == order.from && one.to == order.to;
    });
    if (same != orders.end()) {
        same->kinds += without(order.kinds, same->kinds);
        return true;
    }
    const bool isSecondPrimary =
        hasKind(order.kinds, primaryKind())
        && std::any_of(orders.begin(), orders.end(), [&order](const LinkOrder &one) {
               return one.from == order.from && hasKind(one.kinds, primaryKind());
           });
    if (isSecondPrimary) {
        refuseLink(row, column.place,
                   sentence(column, SessionText::tr("A contact has one primary company.")));
        return false;
    }
    orders.append(order);
    return true;
}

} // namespace hubkeeper
