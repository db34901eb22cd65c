// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// diff: two provisioners by meaning or by text.
void addDiffCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
