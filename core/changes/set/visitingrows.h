// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

namespace hubkeeper {

/// ChangeSet::visit().
class VisitingRows final : public Call<void>
{
public:
    /// `store`: null where the rows are in memory.
    VisitingRows(ChangeSet &changes, const ChangeStore *store, ChangeSet::Visit visit,
                 QObject *parent);
};

} // namespace hubkeeper
