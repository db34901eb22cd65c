// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>

namespace hubkeeper {

/// "4 seconds", "3 minutes".
[[nodiscard]] QString durationText(std::chrono::seconds time);

} // namespace hubkeeper
