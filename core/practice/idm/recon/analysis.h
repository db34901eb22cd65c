// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/state/idmstate.h"

namespace hubkeeper::practice {

/// Computes a run over copies of all objects and links, and notes its entries in the run. Nothing
/// of the server changes. FAILED if a side cannot be read.
[[nodiscard]] ReconResult analysed(IdmState &state, ReconRun &run, const SyncMappings &mappings);

} // namespace hubkeeper::practice
