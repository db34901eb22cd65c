// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// connections list, set, forget: the local policy of a provisioner.
void addConnectionCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
