// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// The name of the account that runs this program, as the operating system knows it: by its number,
/// not by an environment variable. "uid 1000" where the number has no name. The number is unknown
/// to nobody, so this is never empty. Any thread.
[[nodiscard]] QString accountName();

} // namespace hubkeeper
