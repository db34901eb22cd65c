// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// practice: serves the practice portal in the foreground.
void addPracticeCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
