// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// rules, explain: what validate knows.
void addRuleCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
