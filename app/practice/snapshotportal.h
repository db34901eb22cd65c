// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "practice/data/portalcontents.h"

#include <stop_token>

namespace hubkeeper {

/// What a practice portal starts with when it is filled from a snapshot: records, associations,
/// schema, owners and labels. Records stay in the file: memory holds their ids, a number for each
/// unique value, and the companies of contacts, some forty bytes a record.
///
/// Reads all of the snapshot once, for its seal and for unique values; may be called on any thread.
/// What it gives belongs to one portal. Fails as SnapshotReader::open() and verify().
[[nodiscard]] Result<std::shared_ptr<const practice::PortalContents>>
portalContentsOf(const QString &snapshot, const std::stop_token &stop = {});

} // namespace hubkeeper
