// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QDateTime>

#include <string>

namespace hubkeeper::cli {

/// The time that an option takes, in UTC: ISO 8601, of this computer's zone where it names none; a
/// day begins at midnight UTC. Fails with InvalidInput, naming the option.
[[nodiscard]] Result<QDateTime> isoTimeFrom(const std::string &text, const char *option);

} // namespace hubkeeper::cli
