// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace hubkeeper {

/// What a file holds after its saving failed.
enum class Kept {
    Nothing, ///< It was to be a new one and is not there.
    Old,
    New, ///< In place, but the disk did not confirm it.
};

/// NotSaved, with the reason and the remedy that fit an errno.
[[nodiscard]] Error notSaved(const QString &path, int number, Kept kept);

} // namespace hubkeeper
