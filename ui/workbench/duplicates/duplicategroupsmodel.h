// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/findrecordduplicates.h"

#include <QAbstractTableModel>

#include <set>

namespace hubkeeper {

class Masking;

/// Groups of duplicates, the surest first: what their first record is called, how many they are,
/// how sure it is. Groups that are no duplicates are taken out.
class DuplicateGroupsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Count, Score, ColumnCount };

    /// `masking` must outlive it.
    DuplicateGroupsModel(const Masking &masking, QObject *parent);

    /// Null: no groups.
    void setFound(std::shared_ptr<const RecordDuplicates> found);
    /// They are not duplicates; the row goes, and does not come back when the same records are
    /// found again.
    void takeOut(int row);

    /// The ids of the records of a group.
    [[nodiscard]] QStringList idsAt(int row) const;
    [[nodiscard]] double scoreAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] const DuplicateGroup &group(int row) const;
    [[nodiscard]] QString nameOf(const DuplicateGroup &group) const;

    const Masking &m_masking;
    std::shared_ptr<const RecordDuplicates> m_found;
    std::vector<size_t> m_shown; // Numbers of groups.
    std::set<QStringList> m_apart; // Ids of groups that were taken out.
};

} // namespace hubkeeper
