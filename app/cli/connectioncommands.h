// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// connections list, set, show, forget: the local settings of a provisioner.
void addConnectionCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
