// SPDX-License-Identifier: MIT
#include "session/workbench/rowplan.h"

#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

void refuse(ImportedRow &row, ImportRefusal refusal, const QString &why)
{
    row.status = ImportedRow::Status::Refused;
    row.refusal = refusal;
    row.message = why;
}

bool isRefused(const ImportedRow &row)
{
    return row.status == ImportedRow::Status::Refused && !row.message.isEmpty();
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

} // namespace

Result<RowPlan> RowPlan::make(const ImportRequest &request, const ColumnMapping &mapping,
                              const QList<PropertyDefinition> &definitions, ImportReading reading)
{
    RowPlan plan;
    plan.m_request = request;
    plan.m_mapping = mapping;
    plan.m_reading = std::move(reading);
    for (const PropertyDefinition &definition : definitions)
        plan.m_definitions.insert(definition.name, definition);
    plan.m_key.type = request.type;
    plan.m_keyColumn = mapping.properties.indexOf(request.match);
    if (plan.m_keyColumn < 0)
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("No column of the table is \"%1\", by which rows are matched.")
                        .arg(request.match),
                    SessionText::tr("Map a column to it."));
    if (request.match == recordIdColumn) {
        plan.m_key.property.name = request.match;
        return plan;
    }
    plan.m_key.property = plan.m_definitions.value(request.match);
    if (!isKeyProperty(request.type, plan.m_key.property))
        return fail(
            ErrorKind::InvalidInput,
            SessionText::tr("Rows cannot be matched by %1: HubSpot does not keep it unique.")
                .arg(request.match),
            SessionText::tr("Use the record ID, the e-mail address of contacts, the domain "
                            "of companies, or a property with unique values."));
    return plan;
}

void RowPlan::setStaged(const std::vector<RowChange> &staged)
{
    for (const RowChange &row : staged) {
        const bool isCreate = row.subject == RowSubject::Record && row.kind == ChangeKind::Create
            && row.type == m_request.type && row.state != RowState::Applied;
        const QString key = m_key.keyOf(row.cells.value(m_key.property.name).after);
        if (isCreate && !key.isEmpty())
            m_staged.insert(key);
    }
}

QStringList RowPlan::properties() const
{
    QStringList names = m_mapping.properties + labelProperties(m_request.type);
    names.removeAll(QString());
    names.removeAll(QString(recordIdColumn));
    names.removeDuplicates();
    return names;
}

QString RowPlan::keyTextOf(const ImportedRow &row) const
{
    return row.cells.value(m_keyColumn).trimmed();
}

/// Property to text. Empty cells are there only where they clear.
Result<QHash<QString, QString>> RowPlan::valuesOf(const ImportedRow &row, int *wrong) const
{
    QHash<QString, QString> values;
    for (qsizetype i = 0; i < m_mapping.properties.size(); ++i) {
        const QString &property = m_mapping.properties[i];
        const QString cell = row.cells.value(i);
        if (property.isEmpty() || property == recordIdColumn)
            continue;
        if (cell.trimmed().isEmpty()) {
            if (m_request.emptyClears && i < row.cells.size() && i != m_keyColumn)
                values.insert(property, QString());
            continue;
        }
        const auto value = importValue(m_definitions.value(property), cell, m_reading);
        if (!value) {
            if (wrong)
                *wrong = int(i);
            Error error = value.error();
            error.what = SessionText::tr("Column %1: %2").arg(m_mapping.columns[i], error.what);
            return tl::unexpected(error);
        }
        values.insert(property, *value);
    }
    return values;
}

void RowPlan::check(std::vector<ImportedRow> &rows)
{
    for (ImportedRow &row : rows) {
        const bool isTooLong = std::any_of(
            row.cells.begin() + std::min(row.cells.size(), m_mapping.columns.size()),
            row.cells.end(), [](const QString &cell) { return !cell.trimmed().isEmpty(); });
        if (isTooLong) {
            refuse(row, ImportRefusal::Cells,
                   SessionText::tr("The row has more cells than the header."));
        } else if (const auto values = valuesOf(row, &row.column); !values) {
            refuse(row, ImportRefusal::Value, values.error().what);
        } else if (m_key.keyOf(keyTextOf(row)).isEmpty() && m_request.mode != ImportMode::Create) {
            refuse(
                row, ImportRefusal::NoKey,
                SessionText::tr("The row has no %1 to find its record by.").arg(m_request.match));
        }
    }
    refuseTwins(rows);
}

void RowPlan::refuseTwins(std::vector<ImportedRow> &rows)
{
    QHash<QString, qsizetype> first;
    for (size_t i = 0; i < rows.size(); ++i) {
        const QString key = m_key.keyOf(keyTextOf(rows[i]));
        if (key.isEmpty())
            continue;
        const auto other = first.constFind(key);
        if (other == first.constEnd()) {
            first.insert(key, qsizetype(i));
            continue;
        }
        ImportedRow &twin = rows[size_t(*other)];
        const QString sentence = SessionText::tr("Row %1 has the same %2.");
        refuse(rows[i], ImportRefusal::Twin, sentence.arg(twin.number).arg(m_request.match));
        if (!isRefused(twin))
            refuse(twin, ImportRefusal::Twin, sentence.arg(rows[i].number).arg(m_request.match));
    }
}

std::optional<RowChange> RowPlan::decide(ImportedRow &row, const FoundRecords &found)
{
    const QString text = keyTextOf(row);
    const QString key = m_key.keyOf(text);
    if (m_key.isRecordId() && found.survivors.contains(key)) {
        refuse(row, ImportRefusal::MergedAway,
               mergedAway(key, found.survivors.value(key)).sentence());
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
        if (m_request.mode == ImportMode::Update || m_key.isRecordId()) {
            refuse(row, ImportRefusal::Missing,
                   SessionText::tr("No record has the %1 %2.").arg(m_request.match, text));
            return std::nullopt;
        }
        if (m_staged.contains(key)) {
            row.status = ImportedRow::Status::Unchanged;
            row.message = SessionText::tr("It is staged already.");
            return std::nullopt;
        }
        return create(row);
    }
    const Record &record = records.first();
    row.id = record.id;
    if (m_request.mode == ImportMode::Create) {
        refuse(row, ImportRefusal::Exists,
               SessionText::tr("The record %1 has the %2 %3 already.")
                   .arg(record.id, m_request.match, text));
        return std::nullopt;
    }
    if (m_rowOfRecord.contains(record.id)) {
        m_contested.insert(record.id, row.number);
        refuse(
            row, ImportRefusal::Contested,
            SessionText::tr("Row %1 finds the same record.").arg(m_rowOfRecord.value(record.id)));
        return std::nullopt;
    }
    m_rowOfRecord.insert(record.id, row.number);
    return update(row, record);
}

void RowPlan::refuseContested(std::vector<ImportedRow> &rows, std::vector<RowChange> &changes) const
{
    if (m_contested.isEmpty())
        return;
    for (ImportedRow &row : rows) {
        const auto other = m_contested.constFind(row.id);
        if (other != m_contested.constEnd() && row.status != ImportedRow::Status::Refused)
            refuse(row, ImportRefusal::Contested,
                   SessionText::tr("Row %1 finds the same record.").arg(*other));
    }
    std::erase_if(changes,
                  [this](const RowChange &change) { return m_contested.contains(change.id); });
}

std::optional<RowChange> RowPlan::create(ImportedRow &row) const
{
    QHash<QString, QString> values = valuesOf(row).value_or(QHash<QString, QString>());
    if (const QString missing = missingForCreate(m_request.type, values); !missing.isEmpty()) {
        refuse(row, ImportRefusal::Incomplete, missing);
        return std::nullopt;
    }
    RowChange change;
    change.type = m_request.type;
    change.kind = ChangeKind::Create;
    change.id = u"new-%1"_s.arg(row.number); // The set gives another one if it has to.
    change.label = labelOf(m_request.type, values, u"new"_s);
    for (auto value = values.cbegin(); value != values.cend(); ++value) {
        if (!value.value().isEmpty())
            change.cells.insert(value.key(), {QString(), value.value()});
    }
    row.status = ImportedRow::Status::Creates;
    return change;
}

std::optional<RowChange> RowPlan::update(ImportedRow &row, const Record &record) const
{
    RowChange change;
    change.type = m_request.type;
    change.kind = ChangeKind::Update;
    change.id = record.id;
    change.label = labelOf(m_request.type, record.properties, record.id);
    change.basedOn = record.updatedAt;
    const QHash<QString, QString> values = valuesOf(row).value_or(QHash<QString, QString>());
    for (auto value = values.cbegin(); value != values.cend(); ++value) {
        const QString before = record.text(value.key());
        if (sameValue(m_definitions, value.key(), before, value.value()))
            continue;
        if (value.key() == m_request.match) {
            row.message =
                SessionText::tr("Found by an additional address; its first one, %1, stays.")
                    .arg(before);
            continue;
        }
        change.cells.insert(value.key(), {before, value.value()});
    }
    row.status =
        change.cells.isEmpty() ? ImportedRow::Status::Unchanged : ImportedRow::Status::Updates;
    return change.cells.isEmpty() ? std::nullopt : std::optional(change);
}

} // namespace hubkeeper
