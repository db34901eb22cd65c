// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "cliservices.h"

namespace hubkeeper::cli {

/// The options of `journal revert`.
struct RevertArguments
{
    ConnectOptions connect;
    std::string runId;
    std::vector<std::string> rows; ///< Of the run; none: all.
    bool makeAnew = false;
    bool yes = false;
    bool dryRun = false;

    [[nodiscard]] RunOptions consent() const;
};

/// Takes a run back: records as a change set, property definitions one by one. Gives the exit code.
int runRevert(const RevertArguments &arguments, Services &services);

} // namespace hubkeeper::cli
