// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// associations list, labels, add, remove, label: links between records, as rows of a change set.
void addAssociationCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
