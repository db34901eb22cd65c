// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"

namespace hubkeeper {

/// Adds what the readings of the set mean for the outcome: gaps, and warnings of what changed
/// meanwhile, of role assignments and of what REST hides.
[[nodiscard]] Result<void> noteReadings(PreviewOutcome &outcome);

/// Counts its actions, by what is different afterwards; UNLINK by the entries, since an object does
/// not show it.
[[nodiscard]] Result<void> countActions(PreviewOutcome &outcome);

} // namespace hubkeeper
