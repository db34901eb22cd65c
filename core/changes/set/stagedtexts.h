// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

namespace hubkeeper {

/// Collects what is staged for existing records; see ChangeSet::texts(). Of a set with a store,
/// what is on the disk, once everything staged so far is.
class StagedTexts final : public Call<TextsByRecord>
{
public:
    /// `store` may be null. Both must outlive the call.
    StagedTexts(ChangeSet &changes, const ChangeStore *store, ObjectType type, QObject *parent);
};

} // namespace hubkeeper
