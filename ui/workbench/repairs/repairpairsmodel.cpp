// SPDX-License-Identifier: MIT
#include "workbench/repairs/repairpairsmodel.h"

#include "records/values/propertynames.h"
#include "repair/values/shownapart.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RepairPairsModel::RepairPairsModel(const PropertyNames &names, const QString &after,
                                   QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(names)
    , m_after(after)
{
    connect(&names.masking(), &Masking::changed, this, [this] {
        if (!m_pairs.isEmpty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void RepairPairsModel::setPairs(const QList<RepairPair> &pairs)
{
    beginResetModel();
    m_pairs = pairs;
    m_ticks.assign(size_t(pairs.size()), true);
    endResetModel();
    emit ticksChanged();
}

void RepairPairsModel::setAllTicked(bool areTicked)
{
    if (m_pairs.isEmpty())
        return;
    m_ticks.assign(m_ticks.size(), areTicked);
    emit dataChanged(index(0, PropertyColumn), index(rowCount() - 1, PropertyColumn),
                     {Qt::CheckStateRole});
    emit ticksChanged();
}

QList<RepairPair> RepairPairsModel::unticked() const
{
    QList<RepairPair> pairs;
    for (size_t i = 0; i < m_ticks.size(); ++i) {
        if (!m_ticks[i])
            pairs.append(m_pairs[qsizetype(i)]);
    }
    return pairs;
}

qint64 RepairPairsModel::tickedCount() const
{
    qint64 count = 0;
    for (size_t i = 0; i < m_ticks.size(); ++i)
        count += m_ticks[i] ? m_pairs[qsizetype(i)].count : 0;
    return count;
}

int RepairPairsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_pairs.size());
}

int RepairPairsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant RepairPairsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const RepairPair &pair = m_pairs[index.row()];
    if (role == Qt::CheckStateRole && index.column() == PropertyColumn)
        return m_ticks[size_t(index.row())] ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::TextAlignmentRole && index.column() == CountColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    const ShownChange shown = shownApart(m_names.stored(pair.column, pair.before),
                                         m_names.stored(pair.column, pair.after));
    if (role == Qt::AccessibleTextRole && index.column() == PropertyColumn)
        //: A change of a property's value: old, new, how often.
        return tr("%1: %2 becomes %3, %4 times")
            .arg(m_names.label(pair.column), shownText(shown.before), shownText(shown.after))
            .arg(QLocale().toString(pair.count));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case PropertyColumn:
        return m_names.label(pair.column);
    case BeforeColumn:
        return shownText(shown.before);
    case AfterColumn:
        return shownText(shown.after);
    default:
        return QLocale().toString(pair.count);
    }
}

QVariant RepairPairsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PropertyColumn:
        return tr("Property");
    case BeforeColumn:
        return tr("Now");
    case AfterColumn:
        return m_after;
    default:
        return tr("Values");
    }
}

Qt::ItemFlags RepairPairsModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == PropertyColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

bool RepairPairsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != PropertyColumn || index.row() >= rowCount())
        return false;
    m_ticks[size_t(index.row())] = value.toInt() == Qt::Checked;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit ticksChanged();
    return true;
}

} // namespace hubkeeper
