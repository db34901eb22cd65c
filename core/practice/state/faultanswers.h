// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/fault.h"

namespace hubkeeper::practice {

/// What a fault does to an answer that is ready. Faults that answer instead of the server's work
/// leave it as it is but for its delivery.
void spoil(Answer &answer, const Fault &fault);

} // namespace hubkeeper::practice
