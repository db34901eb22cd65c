// SPDX-License-Identifier: MIT
#include "workbench/duplicates/groupstepsmodel.h"

#include "session/reading/recordlabel.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

GroupStepsModel::GroupStepsModel(const PropertyNames &names, QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
{
    connect(&names.masking(), &Masking::changed, this, &GroupStepsModel::showAgain);
}

void GroupStepsModel::setRecords(ObjectType type, const QList<Record> &records)
{
    beginResetModel();
    m_type = type;
    m_records = records;
    m_unticked.clear();
    m_lost.clear();
    m_outcomes.clear();
    m_isBegun = false;
    endResetModel();
}

void GroupStepsModel::setPreviews(const QList<MergePreview> &previews)
{
    m_lost.clear();
    for (const MergePreview &preview : previews)
        m_lost.insert(preview.merged.record.id, preview.lostKeys);
    showAgain();
}

void GroupStepsModel::begin()
{
    m_isBegun = true;
    showAgain();
}

void GroupStepsModel::setOutcome(const MergedRecord &record)
{
    m_outcomes.insert(record.id, record);
    showAgain();
}

void GroupStepsModel::end(const QList<MergedRecord> &records)
{
    for (const MergedRecord &record : records)
        m_outcomes.insert(record.id, record);
    showAgain();
}

QString GroupStepsModel::labelOf(const QString &id) const
{
    for (const Record &record : m_records) {
        if (record.id == id)
            return m_names.masking().name(hubkeeper::labelOf(m_type, record.properties, id));
    }
    return id;
}

QStringList GroupStepsModel::tickedIds() const
{
    QStringList ids;
    for (const Record &record : m_records) {
        if (!m_unticked.contains(record.id))
            ids.append(record.id);
    }
    return ids;
}

void GroupStepsModel::showAgain()
{
    if (!m_records.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString GroupStepsModel::lostText(const QString &id) const
{
    QStringList texts;
    const auto lost = m_lost.value(id);
    for (const auto &[property, text] : lost)
        texts.append(m_names.shown(property, text));
    return texts.join(u", "_s);
}

QString GroupStepsModel::outcomeText(const QString &id) const
{
    const auto found = m_outcomes.find(id);
    if (found == m_outcomes.end()) {
        if (m_unticked.contains(id))
            return tr("Stays as it is");
        return m_isBegun ? tr("Waiting…") : QString();
    }
    const QString why = found->error ? m_names.masking().text(found->error->sentence()) : QString();
    switch (found->state) {
    case RowState::Applied:
        return why.isEmpty() ? tr("Merged") : why;
    case RowState::Failed:
        return tr("Refused: %1").arg(why);
    case RowState::Conflicting:
        return tr("Changed meanwhile: %1").arg(why);
    case RowState::Unknown:
        return tr("Not known: %1").arg(why);
    default:
        return tr("Not sent");
    }
}

int GroupStepsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int GroupStepsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant GroupStepsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QString &id = m_records[index.row()].id;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return index.column() == RecordColumn ? u"%1 (%2)"_s.arg(labelOf(id), id)
            : index.column() == LostColumn    ? lostText(id)
                                              : outcomeText(id);
    case Qt::CheckStateRole:
        if (index.column() != RecordColumn)
            return {};
        return m_unticked.contains(id) ? Qt::Unchecked : Qt::Checked;
    default:
        return {};
    }
}

bool GroupStepsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole
        || m_isBegun || index.column() != RecordColumn)
        return false;
    const QString &id = m_records[index.row()].id;
    if (value.toInt() == Qt::Checked)
        m_unticked.remove(id);
    else
        m_unticked.insert(id);
    showAgain();
    emit ticksChanged();
    return true;
}

Qt::ItemFlags GroupStepsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid())
        flags.setFlag(Qt::ItemIsUserCheckable, index.column() == RecordColumn && !m_isBegun);
    return flags;
}

QVariant GroupStepsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == RecordColumn ? tr("Goes")
        : section == LostColumn    ? tr("IDM Loses")
                                   : tr("Outcome");
}

} // namespace hubkeeper
