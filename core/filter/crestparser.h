// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

namespace hubkeeper {

/// Reads a filter. InvalidInput with IDM's own sentence and the place (character) if it cannot be
/// read, which is put into `place` as well, counted from 0. Nesting is limited to 256.
[[nodiscard]] Result<CrestFilter> parseCrestFilter(const QString &text, qsizetype *place = nullptr);

} // namespace hubkeeper
