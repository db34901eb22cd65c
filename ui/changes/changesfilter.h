// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

#include <QSortFilterProxyModel>

namespace hubkeeper {

/// The lines of a ChangesModel whose records are in one of some states. Asks the index of the
/// change set, so it reads no row.
class ChangesFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// `changes` must outlive it.
    ChangesFilter(const ChangeSet &changes, QList<RowState> states, QObject *parent);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    const ChangeSet &m_changes;
    const QList<RowState> m_states;
};

} // namespace hubkeeper
