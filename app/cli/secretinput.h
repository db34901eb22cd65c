// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// Asks on the message stream and reads one line from standard input; a terminal does not show
/// what is typed. Empty at the end of the input.
[[nodiscard]] Secret askForSecret(const QString &question, Services &services);

} // namespace hubkeeper::cli
