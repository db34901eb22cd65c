// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// completion SHELL and the hidden verb that writes the man page: both from the verbs and options
/// as they are declared, so they cannot differ from --help.
void addCompletion(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
