// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// merge: two records into one, with a preview, insurance in the journal, and undoing it.
void addMergeCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
