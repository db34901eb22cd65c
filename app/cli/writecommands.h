// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// create, update, delete. Contacts and companies go through a change set, so that guard, conflict
/// check, journal and proof are the same as in the window.
void addWriteCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
