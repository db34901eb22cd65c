// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

namespace hubkeeper {

/// Writes a change set as a file; see ChangeSet::saveAs(). Of one with a store, what is on the
/// disk, once everything staged so far is.
class SavingChanges final : public Call<void>
{
public:
    /// `store` may be null. Both must outlive the call.
    SavingChanges(ChangeSet &changes, const ChangeStore *store, const QString &path,
                  const QString &note, QObject *parent);

private:
    void write(std::function<Result<void>()> work);
};

} // namespace hubkeeper
