// SPDX-License-Identifier: MIT
#include "workbench/duplicates/duplicategroupsmodel.h"

#include "widgets/masking.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

DuplicateGroupsModel::DuplicateGroupsModel(const Masking &masking, QObject *parent)
    : QAbstractTableModel(parent)
    , m_masking(masking)
{
    connect(&masking, &Masking::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, Name), index(rowCount() - 1, Name));
    });
}

void DuplicateGroupsModel::setFound(std::shared_ptr<const RecordDuplicates> found)
{
    beginResetModel();
    m_found = std::move(found);
    m_shown.clear();
    if (m_found) {
        for (size_t i = 0; i < m_found->found.groups.size(); ++i) {
            m_shown.push_back(i);
            const QStringList ids = idsAt(int(m_shown.size()) - 1);
            if (m_apart.contains(ids) || ids.size() < 2)
                m_shown.pop_back();
        }
        std::stable_sort(m_shown.begin(), m_shown.end(), [this](size_t a, size_t b) {
            return m_found->found.groups[a].score > m_found->found.groups[b].score;
        });
    }
    endResetModel();
}

void DuplicateGroupsModel::takeOut(int row)
{
    m_apart.insert(idsAt(row));
    beginRemoveRows({}, row, row);
    m_shown.erase(m_shown.begin() + row);
    endRemoveRows();
}

void DuplicateGroupsModel::setMerged(const QStringList &ids, const QString &survivor)
{
    const QString last = idNow(survivor);
    for (const QString &id : ids) {
        if (const QString now = idNow(id); now != last)
            m_mergedInto.insert(now, last);
    }
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (idsAt(row).size() > 1)
            continue;
        beginRemoveRows({}, row, row);
        m_shown.erase(m_shown.begin() + row);
        endRemoveRows();
    }
    if (rowCount() > 0)
        emit dataChanged(index(0, Count), index(rowCount() - 1, Count));
}

/// Each step leads to a record that is there longer than the one before, so it ends.
QString DuplicateGroupsModel::idNow(QString id) const
{
    for (auto next = m_mergedInto.find(id); next != m_mergedInto.end();
         next = m_mergedInto.find(id))
        id = *next;
    return id;
}

const DuplicateGroup &DuplicateGroupsModel::group(int row) const
{
    return m_found->found.groups[m_shown[size_t(row)]];
}

QStringList DuplicateGroupsModel::idsAt(int row) const
{
    QStringList ids;
    for (const std::uint32_t record : group(row).records)
        ids.append(idNow(m_found->ids[record]));
    ids.removeDuplicates();
    return ids;
}

double DuplicateGroupsModel::scoreAt(int row) const
{
    return group(row).score;
}

QString DuplicateGroupsModel::nameOf(const DuplicateGroup &group) const
{
    return m_masking.name(m_found->labels.value(group.records.front()));
}

int DuplicateGroupsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int DuplicateGroupsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant DuplicateGroupsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() != Name)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const DuplicateGroup &shown = group(index.row());
    switch (index.column()) {
    case Name:
        return nameOf(shown);
    case Count:
        return QLocale().toString(idsAt(index.row()).size());
    default: // Never as certain as 100 %.
        return tr("%1 %").arg(QLocale().toString(std::min(shown.score * 100, 99.9), 'f', 1));
    }
}

QVariant DuplicateGroupsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Group") : section == Count ? tr("Records") : tr("Score");
}

} // namespace hubkeeper
