// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

class QObject;

namespace hubkeeper {

/// Calls `then` later, unless `context` goes first, with whether the session bus and the Secret
/// Service on it answer at all; a service that waits for the user to unlock the keyring does. Yes
/// where it cannot be known, and on platforms without a Secret Service.
void askWhetherAnswering(std::chrono::milliseconds patience, QObject *context,
                         std::function<void(bool)> then);

} // namespace hubkeeper
