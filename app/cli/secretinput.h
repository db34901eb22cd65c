// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// Asks on the message stream and reads one line from standard input; a terminal does not show
/// what is typed. Empty at the end of the input.
[[nodiscard]] Secret askForSecret(const QString &question, Services &services);

/// The same for a text that may be seen.
[[nodiscard]] QString askForLine(const QString &question, Services &services);

/// Whether standard input is a terminal, so that somebody can answer.
[[nodiscard]] bool isTerminal();

} // namespace hubkeeper::cli
