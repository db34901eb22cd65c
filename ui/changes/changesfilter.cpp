// SPDX-License-Identifier: MIT
#include "changes/changesfilter.h"

namespace hubkeeper {

ChangesFilter::ChangesFilter(const ChangeSet &changes, QList<RowState> states, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_changes(changes)
    , m_states(std::move(states))
{
}

bool ChangesFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return parent.isValid() || m_states.contains(m_changes.index().at(row).state);
}

} // namespace hubkeeper
