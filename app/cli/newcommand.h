// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// new: writes a provisioner to begin with.
void addNewCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
