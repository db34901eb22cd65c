// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// Who runs this process, as the system knows it: the account's name, or "uid 1000" where the
/// account has none (containers). Not an environment variable, which anybody can set.
[[nodiscard]] QString loginName();

} // namespace hubkeeper
