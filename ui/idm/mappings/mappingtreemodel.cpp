// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingtreemodel.h"

#include <QFont>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

// A row knows its group by its internal id; a group has none.
constexpr quintptr ofGroup = 0;

} // namespace

void MappingTreeModel::setMapping(const MappingTable &mapping)
{
    replace(groupsOf(mapping));
}

void MappingTreeModel::clear()
{
    replace({});
}

void MappingTreeModel::replace(QList<Group> groups)
{
    beginResetModel();
    m_groups = std::move(groups);
    endResetModel();
}

QList<MappingTreeModel::Group> MappingTreeModel::groupsOf(const MappingTable &mapping) const
{
    Group properties {tr("Properties"), {}};
    for (const MappingTable::Property &one : mapping.properties) {
        QString value = one.transform;
        if (!one.fallback.isEmpty())
            value += (value.isEmpty() ? QString() : u"; "_s) + tr("default %1").arg(one.fallback);
        properties.rows.append({{one.source, one.target, value, one.condition}, one.pointer});
    }
    Group correlation {tr("Correlation"), {}};
    for (const MappingTable::Setting &one : mapping.correlation)
        correlation.rows.append({{one.name, one.value, {}, {}}, one.pointer});
    if (mapping.correlation.isEmpty())
        correlation.rows.append(
            {{tr("none"), tr("what has no link is created"), {}, {}}, mapping.pointer, false});
    Group policies {tr("Policies"), {}};
    for (const MappingTable::Policy &one : mapping.policies)
        policies.rows.append({{one.situation, one.action, one.postAction, one.condition},
                              one.pointer,
                              one.isDefault});
    Group settings {tr("Settings"), {}};
    settings.rows.append(
        {{u"links"_s,
          mapping.links == mapping.name ? tr("its own") : tr("those of %1").arg(mapping.links),
          {},
          {}},
         mapping.pointer,
         mapping.links == mapping.name});
    for (const MappingTable::Setting &one : mapping.settings)
        settings.rows.append({{one.name, one.value, {}, {}}, one.pointer, one.isDefault});
    return {properties, correlation, policies, settings};
}

const MappingTreeModel::Group *MappingTreeModel::groupOf(const QList<Group> &groups,
                                                         const QModelIndex &index)
{
    return index.internalId() == ofGroup ? nullptr : &groups[qsizetype(index.internalId()) - 1];
}

QModelIndex MappingTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : ofGroup);
}

QModelIndex MappingTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == ofGroup)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, ofGroup);
}

int MappingTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    if (parent.internalId() != ofGroup || parent.column() != 0)
        return 0;
    return int(m_groups[parent.row()].rows.size());
}

int MappingTreeModel::columnCount(const QModelIndex &) const
{
    return columns;
}

QVariant MappingTreeModel::data(const QModelIndex &index, int role) const
{
    const Group *group = groupOf(m_groups, index);
    if (!group) {
        if (role == Qt::DisplayRole && index.column() == 0)
            return m_groups[index.row()].title;
        if (role == Qt::FontRole) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    }
    const Row &row = group->rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (row.isDefault && index.column() == 1 && !row.cells[1].isEmpty())
            return tr("%1 (default)").arg(row.cells[1]);
        return row.cells[index.column()];
    case Qt::FontRole:
        if (row.isDefault) {
            QFont font;
            font.setItalic(true);
            return font;
        }
        return {};
    case PointerRole:
        return row.pointer;
    default:
        return {};
    }
}

QVariant MappingTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case 0:
        return tr("What");
    case 1:
        return tr("Becomes");
    case 2:
        return tr("By");
    case 3:
        return tr("Only if");
    default:
        return {};
    }
}

Qt::ItemFlags MappingTreeModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace hubkeeper
