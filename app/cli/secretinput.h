// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// Asks on the message stream and reads one line from standard input; a terminal does not show
/// what is typed. Empty at the end of the input. Fails with Cancelled (Ctrl+C).
[[nodiscard]] Result<Secret> askForSecret(const QString &question, Services &services);

/// The same for a text that may be seen.
[[nodiscard]] Result<QString> askForLine(const QString &question, Services &services);

} // namespace hubkeeper::cli
