// SPDX-License-Identifier: MIT
#include "session/workbench/valuesasof.h"

#include "base/poolcall.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t recordsPerHistories = 500;

} // namespace

ValuesAsOf::ValuesAsOf(Session &session, RecordSet &set, RowOrder rows, QStringList properties,
                       QDateTime moment, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_set(set)
    , m_rows(std::move(rows))
    , m_properties(std::move(properties))
    , m_moment(std::move(moment))
{
    cancelWith(&m_set);
    m_checked.values = std::make_shared<CheckedRepair>();
    then(m_session.definitions(m_set.type(), false, this),
         [this](const QList<PropertyDefinition> &definitions) { begin(definitions); });
}

void ValuesAsOf::begin(const QList<PropertyDefinition> &definitions)
{
    for (const PropertyDefinition &definition : definitions)
        m_definitions.insert(definition.name, definition);
    for (const QString &property : m_properties) {
        if (!m_definitions.contains(property) || m_definitions[property].readOnlyValue)
            return complete(fail(ErrorKind::InvalidInput,
                                 SessionText::tr("Nobody can set the property %1.").arg(property),
                                 SessionText::tr("Choose properties.")));
    }
    auto rows = RepairedRows::make(m_session.recordFolder());
    if (!rows)
        return complete(tl::unexpected(rows.error()));
    m_checked.values->rows = *rows;
    m_checked.values->properties = m_properties;
    m_checked.values->counts = RepairCounts(m_properties);
    m_checked.values->name =
        SessionText::tr("Values as of %1").arg(m_moment.toUTC().toString(Qt::ISODate));
    readNext();
}

void ValuesAsOf::readNext()
{
    emit progressed(qint64(m_done), qint64(m_rows.size()));
    if (m_done >= m_rows.size())
        return complete(std::move(m_checked));
    const auto first = m_rows.begin() + qsizetype(m_done);
    const size_t count = std::min(recordsPerHistories, m_rows.size() - m_done);
    then(m_set.read({first, first + qsizetype(count)}, this),
         [this](const QList<Record> &records) { readHistoriesOf(records); });
}

void ValuesAsOf::readHistoriesOf(const QList<Record> &records)
{
    QStringList ids;
    for (const Record &record : records) {
        if (record.archived)
            ++m_checked.values->gone;
        else
            ids.append(record.id);
    }
    auto *reading = new ReadRecordHistories(
        m_session.portal(), m_set.type(), ids, m_properties + labelProperties(m_set.type()),
        [this](const QList<RecordHistory> &some) {
            for (const RecordHistory &history : some)
                look(history);
            return Result<void>();
        },
        this);
    connect(reading, &CallBase::progressed, this,
            [this](qint64 done) { emit progressed(qint64(m_done) + done, qint64(m_rows.size())); });
    then(reading, [this, count = size_t(records.size())](const MissingHistories &missing) {
        m_checked.values->gone += missing.missing.size() + missing.survivors.size();
        m_done += count;
        keep();
    });
}

/// What is to become of a value: doubtful where it is not known, refused or staged already.
RepairedRow ValuesAsOf::judged(const RecordHistory &history, const QString &property)
{
    const ValueThen was = valueAt(history, m_set.type(), property, m_moment);
    if (was.knowledge == ValueThen::NotThere)
        ++m_checked.notThere;
    else if (was.knowledge != ValueThen::Known)
        ++m_checked.unknown;
    if (was.knowledge != ValueThen::Known)
        return {RepairedValue::Doubtful, {}, reasonOf(was, m_set.type()), {}};
    const PropertyDefinition definition = m_definitions.value(property);
    if (sameValue(definition, history.record.text(property), was.value))
        return {};
    const ChangeSet &changes = m_session.changes();
    if (changes.cell(m_set.type(), history.record.id, property))
        return {RepairedValue::Doubtful, {}, SessionText::tr("It has a staged change."), was.value};
    if (const QString refusal = refusalOf(definition, was.value); !refusal.isEmpty())
        return {RepairedValue::Doubtful, {}, refusal, was.value};
    return {RepairedValue::Changed, {was.value}, {}, {}};
}

void ValuesAsOf::look(const RecordHistory &history)
{
    const Record &record = history.record;
    ++m_checked.values->records;
    RowChange change;
    change.type = m_set.type();
    change.id = record.id;
    change.label = labelOf(change.type, record.properties, record.id);
    change.basedOn = record.updatedAt;
    for (qsizetype i = 0; i < m_properties.size(); ++i) {
        const QString now = record.text(m_properties[i]);
        const RepairedRow row = judged(history, m_properties[i]);
        m_checked.values->counts.add(record.id, {i}, {now}, {now}, row);
        if (row.outcome == RepairedValue::Changed)
            change.cells.insert(m_properties[i], {now, row.values.first()});
    }
    if (!change.cells.isEmpty())
        m_changes.push_back(std::move(change));
}

void ValuesAsOf::keep()
{
    auto *work =
        new PoolCall<void>([rows = m_checked.values->rows, changes = std::exchange(m_changes, {})](
                               const std::stop_token &) { return rows->append(changes); },
                           this);
    then(work, [this] { readNext(); });
}

} // namespace hubkeeper
