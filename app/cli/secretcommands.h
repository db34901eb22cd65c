// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// secrets set, forget, where, check.
void addSecretCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
