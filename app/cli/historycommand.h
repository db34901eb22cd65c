// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// history: values that records had, who set them, and staging those of a moment.
void addHistoryCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
