// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// The options of `journal resolve`.
struct ResolveArguments
{
    ConnectOptions connect;
    std::string runId; ///< Empty: all runs of the connection that are open.
};

/// Asks the portal what became of rows whose outcome nobody knows. Gives the exit code.
int runResolve(const ResolveArguments &arguments, Services &services);

} // namespace hubkeeper::cli
