// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// schema, and schema diff: what the connector offers, and how a file differs from it.
void addSchemaCommands(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
