// SPDX-License-Identifier: MIT
#include "session/workbench/rowplan.h"

#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"
#include "session/workbench/linkcolumns.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

void refuse(ImportedRow &row, ImportRefusal refusal, const QString &why, int column = -1)
{
    row.status = ImportedRow::Status::Refused;
    row.refusal = refusal;
    row.message = why;
    row.column = column;
}

bool isKeyProperty(ObjectType type, const PropertyDefinition &property)
{
    const bool isUsual = property.name == (type == ObjectType::Contacts ? "email"_L1 : "domain"_L1);
    return isUsual || property.hasUniqueValue;
}

/// What a create needs at least (hubspot-api 4.5); empty: it has it.
QString missingForCreate(ObjectType type, const QHash<QString, QString> &values)
{
    const QStringList names = type == ObjectType::Contacts
        ? QStringList {u"email"_s, u"firstname"_s, u"lastname"_s}
        : QStringList {u"name"_s, u"domain"_s};
    const bool hasOne = std::any_of(names.begin(), names.end(), [&values](const QString &name) {
        return !values.value(name).isEmpty();
    });
    if (hasOne)
        return {};
    return type == ObjectType::Contacts
        ? SessionText::tr("A new contact needs an e-mail address or a name.")
        : SessionText::tr("A new company needs a name or a domain.");
}

QString withBoxes(const QString &before, const QString &added)
{
    QStringList values = before.split(u';', Qt::SkipEmptyParts);
    for (const QString &value : added.split(u';', Qt::SkipEmptyParts)) {
        if (!values.contains(value))
            values.append(value);
    }
    return values.join(u';');
}

} // namespace

Result<RowPlan> RowPlan::make(const ImportRequest &request, const ColumnMapping &mapping,
                              const QList<PropertyDefinition> &definitions,
                              const ImportReading &reading)
{
    RowPlan plan;
    plan.m_request = request;
    plan.m_mapping = mapping;
    plan.m_links = ImportedLinks(request, mapping);
    plan.m_labels = std::make_shared<const ValueLabels>(definitions, reading.owners);
    for (const PropertyDefinition &definition : definitions)
        plan.m_definitions.insert(definition.name, definition);
    for (const QString &property : mapping.properties) {
        Column column {property, {}, false, property == recordIdColumn};
        const PropertyDefinition definition = plan.m_definitions.value(property);
        column.isReadOnly = definition.readOnlyValue;
        const bool isLink = importedLinkColumn(property).has_value();
        if (!property.isEmpty() && !column.isRecordId && !column.isReadOnly && !isLink)
            column.values = std::make_shared<const ImportValues>(definition, reading);
        plan.m_columns.push_back(column);
    }
    if (request.removesOtherLinks && !canNameAllLinks(mapping.properties))
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("No column names the records that a record is associated with, "
                                    "so none can be removed."),
                    SessionText::tr("Add a column such as associations.companies, without a "
                                    "label, or only add associations."));
    if (const auto found = plan.findKey(); !found)
        return tl::unexpected(found.error());
    return plan;
}

/// What people know records by, if the table has it, else the record ID.
void RowPlan::chooseMatch()
{
    QString &match = m_request.match;
    if (!match.isEmpty())
        return;
    match = m_request.type == ObjectType::Contacts ? u"email"_s : u"domain"_s;
    if (!m_mapping.properties.contains(match)
        && m_mapping.properties.contains(QString(recordIdColumn)))
        match = recordIdColumn;
}

Result<void> RowPlan::findKey()
{
    chooseMatch();
    const ImportRequest &request = m_request;
    m_key.type = request.type;
    m_keyColumn = m_mapping.properties.indexOf(request.match);
    if (m_keyColumn < 0)
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("No column of the table is \"%1\", by which rows are matched.")
                        .arg(request.match),
                    SessionText::tr("Map a column to it."));
    if (request.match == recordIdColumn) {
        m_key.property.name = request.match;
        return {};
    }
    m_idColumn = m_mapping.properties.indexOf(QString(recordIdColumn));
    m_key.property = m_definitions.value(request.match);
    if (!isKeyProperty(request.type, m_key.property))
        return fail(
            ErrorKind::InvalidInput,
            SessionText::tr("Rows cannot be matched by %1: HubSpot does not keep it unique.")
                .arg(request.match),
            SessionText::tr("Use the record ID, the e-mail address of contacts, the domain "
                            "of companies, or a property with unique values."));
    return {};
}

QStringList RowPlan::properties() const
{
    QStringList names = m_mapping.properties + labelProperties(m_request.type);
    names.removeAll(QString());
    names.removeAll(QString(recordIdColumn));
    names.removeIf([](const QString &name) { return importedLinkColumn(name).has_value(); });
    names.removeDuplicates();
    return names;
}

QList<int> RowPlan::readOnlyColumns() const
{
    QList<int> columns;
    for (size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].isReadOnly)
            columns.append(int(i));
    }
    return columns;
}

QByteArray RowPlan::keyIn(std::span<const std::string_view> cells) const
{
    const auto cell = [this, &cells](qsizetype column) {
        if (column < 0 || size_t(column) >= cells.size())
            return QString();
        const std::string_view text = cells[size_t(column)];
        return m_request.cellText(QString::fromUtf8(text.data(), qsizetype(text.size()))).trimmed();
    };
    const QString key = m_key.keyOf(cell(m_keyColumn));
    if (!key.isEmpty())
        return key.toUtf8();
    const QString id = idOf(cell(m_idColumn));
    return id.isEmpty() ? QByteArray() : recordKey(id).toUtf8();
}

std::optional<ImportedRow> RowPlan::refusalOf(const TableRow &row, bool hasKey) const
{
    ImportedRow refused;
    const auto isFilled = [](std::string_view cell) {
        return std::any_of(cell.begin(), cell.end(), [](char letter) {
            return letter != ' ' && (letter < '\t' || letter > '\r');
        });
    };
    const size_t columns = m_columns.size();
    const bool isTooLong = row.cells.size() > columns
        && std::any_of(row.cells.begin() + qsizetype(columns), row.cells.end(), isFilled);
    if (isTooLong)
        refuse(refused, ImportRefusal::Cells,
               SessionText::tr("The row has more cells than the header."));
    else if (!hasKey && m_request.mode != ImportMode::Create)
        refuse(refused, ImportRefusal::NoKey,
               SessionText::tr("The row has no %1 to find its record by.").arg(m_request.match));
    else
        return {};
    return refused;
}

QString RowPlan::cellOf(const ImportedRow &row, qsizetype column) const
{
    return m_request.cellText(row.cells.value(column)).trimmed();
}

QString RowPlan::keyTextOf(const ImportedRow &row) const
{
    return cellOf(row, m_keyColumn);
}

QString RowPlan::stagedAlready()
{
    return SessionText::tr("It is staged already.");
}

QString RowPlan::stagedLinkKey(const RowChange &link)
{
    return u"link "_s + nameOf(link.type) + u' ' + keyOf(link).id;
}

QString RowPlan::stagedKeyOf(const RowChange &staged) const
{
    if (staged.subject == RowSubject::Association && staged.state != RowState::Applied)
        return m_links.isEmpty() ? QString() : stagedLinkKey(staged);
    if (staged.subject != RowSubject::Record || staged.type != m_request.type
        || staged.state == RowState::Applied)
        return {};
    if (staged.kind == ChangeKind::Update)
        return u"id "_s + staged.id;
    if (staged.kind != ChangeKind::Create)
        return {};
    const QString key = m_key.keyOf(staged.cells.value(m_key.property.name).after);
    return key.isEmpty() ? QString() : u"key "_s + key;
}

/// Whether a cell is the text of the value as people read it, or as HubSpot keeps it, where it
/// could not be a new value: an owner who left, an option that is gone.
bool RowPlan::isShown(const QString &property, const QString &stored, const QString &cell) const
{
    return stored.trimmed() == cell || m_labels->of(property, stored).trimmed() == cell
        || sameValue(m_definitions, property, stored, cell);
}

/// Empty cells are there only where they clear.
QList<RowPlan::Wanted> RowPlan::valuesOf(ImportedRow &row, const Record *record,
                                         std::vector<qint64> &differing) const
{
    QList<Wanted> wanted;
    for (qsizetype i = 0; i < qsizetype(m_columns.size()); ++i) {
        const Column &column = m_columns[size_t(i)];
        if (!column.values && !column.isReadOnly)
            continue;
        const QString whole = m_request.cellText(row.cells.value(i)); // With blanks at its ends.
        const QString cell = whole.trimmed();
        const QString stored = record ? record->text(column.property) : QString();
        if (record && !whole.isEmpty() && sameText(whole, stored))
            continue;
        if (column.isReadOnly) {
            if (!cell.isEmpty() && (!record || !isShown(column.property, stored, cell)))
                ++differing[size_t(i)];
            continue;
        }
        if (cell.isEmpty()) {
            if (m_request.emptyClears && i < row.cells.size() && i != m_keyColumn)
                wanted.append({column.property, {}, int(i), false});
            continue;
        }
        const auto value = column.values->of(cell);
        if (value) {
            wanted.append({column.property, *value, int(i), column.values->isAdding(cell)});
        } else if (!record || !isShown(column.property, stored, cell)) {
            refuse(row, ImportRefusal::Value,
                   SessionText::tr("Column %1: %2").arg(m_mapping.columns[i], value.error().what),
                   int(i));
            return {};
        }
    }
    return wanted;
}

std::optional<RowChange> RowPlan::decide(ImportedRow &row, const FoundRecords &found,
                                         const QString &localId, const Staged &staged,
                                         std::vector<qint64> &differing) const
{
    const QString text = keyTextOf(row);
    const QString id = idInPlaceOfKey(row);
    const QString key = id.isEmpty() ? m_key.keyOf(text) : recordKey(id);
    const QString asked = id.isEmpty() ? m_key.isRecordId() ? key : QString() : id;
    if (found.survivors.contains(asked)) {
        refuse(row, ImportRefusal::MergedAway,
               mergedAway(asked, found.survivors.value(asked)).sentence());
        return std::nullopt;
    }
    const QList<Record> records = key.isEmpty() ? QList<Record>() : found.byKey.value(key);
    if (records.size() > 1) {
        QStringList ids;
        for (const Record &record : records)
            ids.append(record.id);
        refuse(row, ImportRefusal::Several,
               SessionText::tr("Several records have the %1 %2: %3.")
                   .arg(m_request.match, text, ids.join(u", "_s)));
        return std::nullopt;
    }
    if (records.isEmpty()) {
        if (isWithoutRecord(row, text))
            return std::nullopt;
        if (!key.isEmpty() && staged(u"key "_s + key)) {
            row.status = ImportedRow::Status::Unchanged;
            row.message = stagedAlready();
            return std::nullopt;
        }
        return create(row, localId, differing);
    }
    const Record &record = records.first();
    row.id = record.id;
    if (m_request.mode == ImportMode::Create) {
        refuse(row, ImportRefusal::Exists,
               id.isEmpty() ? SessionText::tr("The record %1 has the %2 %3 already.")
                                  .arg(record.id, m_request.match, text)
                            : SessionText::tr("The record %1 is there already.").arg(id));
        return std::nullopt;
    }
    if (isOfAnother(row, record))
        return std::nullopt;
    return update(row, record, staged, differing);
}

/// The local id of a change, which the result of an import has, is none.
QString RowPlan::idOf(const QString &cell) const
{
    return localNumber(cell) > 0 ? QString() : cell;
}

/// The record ID of a row that is matched by something else.
QString RowPlan::idCellOf(const ImportedRow &row) const
{
    return m_idColumn < 0 ? QString() : idOf(cellOf(row, m_idColumn));
}

QString RowPlan::idInPlaceOfKey(const ImportedRow &row) const
{
    return m_key.keyOf(keyTextOf(row)).isEmpty() ? idCellOf(row) : QString();
}

/// Refuses a row that has no record and must not get one.
bool RowPlan::isWithoutRecord(ImportedRow &row, const QString &keyText) const
{
    if ((m_request.mode == ImportMode::Update && !keyText.isEmpty()) || m_key.isRecordId()) {
        refuse(row, ImportRefusal::Missing,
               SessionText::tr("No record has the %1 %2.").arg(m_request.match, keyText));
        return true;
    }
    const QString id = idCellOf(row);
    if (id.isEmpty() || m_request.mode == ImportMode::Create)
        return false;
    if (keyText.isEmpty()) {
        refuse(row, ImportRefusal::Missing, SessionText::tr("No record has the ID %1.").arg(id),
               int(m_idColumn));
        return true;
    }
    refuse(row, ImportRefusal::Missing,
           SessionText::tr("No record has the %1 %2, but the row says that it is the record %3. "
                           "Match by the record ID to change its %1, or leave that column out to "
                           "create a record.")
               .arg(m_request.match, keyText, id),
           int(m_idColumn));
    return true;
}

/// Refuses a row whose key finds another record than its record ID names.
bool RowPlan::isOfAnother(ImportedRow &row, const Record &record) const
{
    const QString id = idCellOf(row);
    if (id.isEmpty() || id == record.id)
        return false;
    refuse(
        row, ImportRefusal::Contested,
        SessionText::tr("Its %1 is that of the record %2, but the row says that it is the record "
                        "%3.")
            .arg(m_request.match, record.id, id),
        int(m_idColumn));
    return true;
}

std::optional<RowChange> RowPlan::create(ImportedRow &row, const QString &localId,
                                         std::vector<qint64> &differing) const
{
    const QList<Wanted> wanted = valuesOf(row, nullptr, differing);
    if (row.refusal != ImportRefusal::None)
        return std::nullopt;
    QHash<QString, QString> values;
    for (const Wanted &one : wanted)
        values.insert(one.property, one.text);
    if (const QString missing = missingForCreate(m_request.type, values); !missing.isEmpty()) {
        refuse(row, ImportRefusal::Incomplete, missing);
        return std::nullopt;
    }
    RowChange change;
    change.type = m_request.type;
    change.kind = ChangeKind::Create;
    change.id = localId;
    change.label = labelOf(m_request.type, values, u"new"_s);
    for (auto value = values.cbegin(); value != values.cend(); ++value) {
        if (!value.value().isEmpty())
            change.cells.insert(value.key(), {QString(), value.value()});
    }
    row.status = ImportedRow::Status::Creates;
    return change;
}

std::optional<RowChange> RowPlan::update(ImportedRow &row, const Record &record,
                                         const Staged &staged, std::vector<qint64> &differing) const
{
    RowChange change;
    change.type = m_request.type;
    change.kind = ChangeKind::Update;
    change.id = record.id;
    change.label = labelOf(m_request.type, record.properties, record.id);
    change.basedOn = record.updatedAt;
    const QList<Wanted> wanted = valuesOf(row, &record, differing);
    if (row.refusal != ImportRefusal::None)
        return std::nullopt;
    for (const Wanted &one : wanted) {
        const QString before = record.text(one.property);
        const QString after = one.isAdded ? withBoxes(before, one.text) : one.text;
        if (sameValue(m_definitions, one.property, before, after))
            continue;
        if (one.property == m_request.match) {
            row.message =
                SessionText::tr("Found by an additional address; its first one, %1, stays.")
                    .arg(before);
            continue;
        }
        change.cells.insert(one.property, {before, after});
        if (isKeyProperty(m_request.type, m_definitions.value(one.property)))
            row.message = SessionText::tr("Its %1 changes from %2 to %3, by which it is found.")
                              .arg(one.property, before, after);
    }
    row.status = ImportedRow::Status::Unchanged;
    if (change.cells.isEmpty())
        return std::nullopt;
    if (const auto known = staged(u"id "_s + record.id)) {
        const bool isThere = std::all_of(
            change.cells.keyValueBegin(), change.cells.keyValueEnd(), [&known](const auto &cell) {
                const auto other = known->cells.constFind(cell.first);
                return other != known->cells.constEnd() && other->after == cell.second.after;
            });
        if (isThere) {
            row.message = stagedAlready();
            return std::nullopt;
        }
    }
    row.status = ImportedRow::Status::Updates;
    return change;
}

} // namespace hubkeeper
