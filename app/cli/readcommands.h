// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// test, search, get.
void addReadCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
