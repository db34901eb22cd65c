// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

class QObject;

namespace hubkeeper {

/// Calls `then` later, unless `context` goes first, with whether the Secret Service's default
/// keyring is locked. Asks nobody to unlock it. No where it cannot be known, and on platforms
/// without a Secret Service.
void askWhetherLocked(QObject *context, std::function<void(bool)> then);

} // namespace hubkeeper
