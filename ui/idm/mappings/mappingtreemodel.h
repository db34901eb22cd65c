// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingtable.h"

#include <QAbstractItemModel>

namespace hubkeeper {

/// One mapping as people read it: properties, correlation, policies and settings, each a group of
/// rows. What IDM does by default is told apart by its letters.
class MappingTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    static constexpr int columns = 4;
    enum Role { PointerRole = Qt::UserRole }; ///< The JSON pointer of what a row shows.

    using QAbstractItemModel::QAbstractItemModel;

    void setMapping(const MappingTable &mapping);
    void clear();

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        QStringList cells;
        QString pointer;
        bool isDefault = false;
    };
    struct Group
    {
        QString title;
        QList<Row> rows;
    };
    [[nodiscard]] static const Group *groupOf(const QList<Group> &groups, const QModelIndex &index);
    void replace(QList<Group> groups);
    [[nodiscard]] QList<Group> groupsOf(const MappingTable &mapping) const;

    QList<Group> m_groups;
};

} // namespace hubkeeper
