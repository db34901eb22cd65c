// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/state/idmstate.h"

namespace hubkeeper::practice {

/// Lets every write of a managed object start the mappings from its collection that have enableSync
/// on. What fails there is told by audit/sync alone (idm-rest 9.2).
void listenForSync(IdmState &state);

/// Synchronises what a run created or deleted, after the run's entry for it: its link is there, or
/// gone, then, and OpenIDM 6.3.0 was seen to find the one CONFIRMED and the other ALL_GONE
/// (recon-vectors, 023 and 024).
void synchronisePending(IdmState &state);

} // namespace hubkeeper::practice
