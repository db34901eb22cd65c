// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// validate: findings of provisioners, offline unless a portal is asked for.
void addValidateCommand(CLI::App &app, Run &chosen);

} // namespace hubkeeper::cli
