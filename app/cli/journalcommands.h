// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// journal list, show, verify, revert.
void addJournalCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
