// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

// The verbs below `snapshot`, each in the file named after it.

void addSnapshotTake(CLI::App &group, Run &chosen);
/// list and delete.
void addSnapshotList(CLI::App &group, Run &chosen);
void addSnapshotShow(CLI::App &group, Run &chosen);
void addSnapshotDiff(CLI::App &group, Run &chosen);
void addSnapshotStage(CLI::App &group, Run &chosen);

} // namespace hubkeeper::cli
