// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

namespace hubkeeper {

/// Reads a filter. InvalidInput with IDM's own sentence and the place (character) if it cannot be
/// read. Nesting is limited to 256.
[[nodiscard]] Result<CrestFilter> parseCrestFilter(const QString &text);

} // namespace hubkeeper
