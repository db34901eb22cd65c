// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// fix: mends what can be mended without thought.
void addFixCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
