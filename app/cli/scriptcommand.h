// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// script: Script on Connector.
void addScriptCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
