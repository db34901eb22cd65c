// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot/snapshotreader.h"

namespace hubkeeper {

/// Which ids of a type were merged away by the time of a snapshot, as its records say
/// (`hs_merged_object_ids`, hubspot-api 4.8). Sixteen bytes for each.
class MergedIds
{
public:
    /// Reads all records. Fails as reading does, Cancelled by `stop`. For a worker thread.
    [[nodiscard]] static Result<MergedIds> in(SnapshotReader &snapshot, ObjectType type,
                                              const std::stop_token &stop);

    /// The record that `id` was merged into; 0: none.
    [[nodiscard]] qint64 survivorOf(qint64 id) const;

private:
    std::vector<std::pair<qint64, qint64>> m_survivors; // By the id that was merged away, sorted.
};

} // namespace hubkeeper
