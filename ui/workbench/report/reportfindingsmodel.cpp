// SPDX-License-Identifier: MIT
#include "workbench/report/reportfindingsmodel.h"

#include "records/values/propertynames.h"
#include "session/reading/recordlabel.h"
#include "session/workbench/reportrecords.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostSeen = 2'000; // Rows that are kept in memory.

} // namespace

ReportFindingsModel::ReportFindingsModel(const PropertyNames &names, RecordSet &set,
                                         QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
    , m_set(&set)
    , m_seen(mostSeen)
{
    connect(&set, &RecordSet::rowsLoaded, this, &ReportFindingsModel::lookAgain);
    connect(&set, &RecordSet::rowChanged, this, [this](qint64 row) {
        m_seen.remove(row);
        lookAgain();
    });
    connect(&set, &QObject::destroyed, this, &ReportFindingsModel::clear);
    connect(&names.masking(), &Masking::changed, this, &ReportFindingsModel::lookAgain);
}

ReportFindingsModel::~ReportFindingsModel() = default;

void ReportFindingsModel::setRules(const QList<ValueRule> &rules, const QString &country)
{
    clear();
    m_report = std::make_unique<ValueReport>(rules, country);
}

void ReportFindingsModel::showKind(const ReportKind &kind)
{
    beginResetModel();
    m_kind = kind;
    m_seen.clear();
    endResetModel();
}

void ReportFindingsModel::clear()
{
    showKind({});
}

/// What is shown now; the view asks for what it shows only.
void ReportFindingsModel::lookAgain()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString ReportFindingsModel::idAt(int row) const
{
    const qint64 store = m_kind.rows[size_t(row)];
    return m_set && m_set->isLoaded(store) ? m_set->idAt(store) : QString();
}

Record ReportFindingsModel::recordAt(qint64 row) const
{
    Record record;
    record.id = m_set->idAt(row);
    for (const ValueRule &rule : m_report->rules())
        record.properties.insert(rule.property, m_set->textAt(row, rule.property));
    for (const QString &property : labelProperties(m_set->type()))
        record.properties.insert(property, m_set->textAt(row, property));
    return record;
}

/// Null while the row is not read; asks for it then.
const ReportFindingsModel::Seen *ReportFindingsModel::seen(qint64 row) const
{
    if (const Seen *known = m_seen.object(row))
        return known;
    if (!m_set || !m_report)
        return nullptr;
    if (!m_set->isLoaded(row)) {
        (void)m_set->textAt(row, m_kind.property);
        return nullptr;
    }
    const Record record = recordAt(row);
    auto *found = new Seen {labelOf(m_set->type(), record.properties, record.id), {}};
    found->fault.value = record.text(m_kind.property);
    found->fault.reason =
        m_set->isArchived(row) ? tr("The record was deleted.") : tr("It is in order now.");
    if (!m_set->isArchived(row)) {
        for (const ValueFault &fault : faultsOf(*m_report, record)) {
            if (fault.kind == m_kind.kind && fault.column == m_kind.property)
                found->fault = fault;
        }
    }
    m_seen.insert(row, found);
    return found;
}

int ReportFindingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_kind.rows.size());
}

int ReportFindingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ReportFindingsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const Seen *one = seen(m_kind.rows[size_t(index.row())]);
    if (!one)
        return {};
    switch (index.column()) {
    case RecordColumn:
        return m_names.masking().name(one->label);
    case ValueColumn:
        return shownText(m_names.stored(m_kind.property, one->fault.value));
    case ReasonColumn:
        return m_names.masking().text(one->fault.reason);
    default:
        return one->fault.suggestion.isEmpty()
            ? QString()
            : m_names.stored(m_kind.property, one->fault.suggestion);
    }
}

QVariant ReportFindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RecordColumn:
        return tr("Record");
    case ValueColumn:
        return tr("Value");
    case ReasonColumn:
        return tr("What is wrong");
    default:
        return tr("Perhaps");
    }
}

} // namespace hubkeeper
