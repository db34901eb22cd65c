// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/findrecordduplicates.h"

#include <QAbstractTableModel>
#include <QHash>

#include <set>

namespace hubkeeper {

class Masking;

/// Groups of duplicates, the surest first: what their first record is called, how many they are,
/// how sure it is. Groups that are not duplicates can be removed; merged groups leave the list.
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

    /// These records are one now, under this id. Groups of which one record is left go.
    void setMerged(const QStringList &ids, const QString &survivor);

    /// The ids of the records of a group, as far as they are not merged yet.
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
    [[nodiscard]] QString idNow(QString id) const;

    const Masking &m_masking;
    std::shared_ptr<const RecordDuplicates> m_found;
    std::vector<size_t> m_shown; // Numbers of groups.
    std::set<QStringList> m_apart; // Ids of groups that were taken out.
    QHash<QString, QString> m_mergedInto; // Of records that were merged since they were found.
};

} // namespace hubkeeper
