// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"
#include "session/snapshots/derivedproperties.h"

namespace hubkeeper {

// Sentences of SnapshotInfo::gaps and notes.

/// What a quick snapshot does not know of a type.
[[nodiscard]] QString quickGap(ObjectType type);
/// `records` of a type, at least one, were changed while they were read.
[[nodiscard]] QString changedNote(ObjectType type, qint64 records);
/// What was found of values that HubSpot derives, and which of them nobody looked at.
[[nodiscard]] QStringList derivedNotes(ObjectType type, const DerivedProperties &derived,
                                       qint64 refreshed);

} // namespace hubkeeper
