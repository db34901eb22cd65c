// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// connect: from client id and secret to a refresh token in the keychain, tested.
void addConnectCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
