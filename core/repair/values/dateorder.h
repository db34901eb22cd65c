// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/localdate.h"

namespace hubkeeper {

/// The order in which days are written with this separator ('.', '/', '-' or ' '): as `habits` say,
/// or as its country and language do it. Unknown where they do not use the separator, since the
/// date then came from elsewhere; a date with points never begins with the month. Pure;
/// any thread.
[[nodiscard]] DateHabits::Order dateOrderFor(const DateHabits &habits, QChar separator);

} // namespace hubkeeper
