// SPDX-License-Identifier: MIT
#pragma once

#include "changesets.h"

namespace hubkeeper::cli {

struct ApplyArguments : ChangesArguments
{
    std::string result;
    std::string fill;
    std::string note;
    int firstRows = 0;
    int trial = 0;
    bool sample = false;
    bool resume = false;
    bool retryFailed = false;
    bool pastDailyLimit = false;
    bool dryRun = false;

    /// All but those of ChangesArguments.
    void addSendingTo(CLI::App &verb);
};

/// What sending a set would ask of HubSpot; sends nothing.
[[nodiscard]] int runPlan(const ApplyArguments &arguments, Services &services);
/// Sends the set; with `dryRun` makes every check, says what it would ask, and sends nothing.
[[nodiscard]] int runApply(const ApplyArguments &arguments, Services &services);

} // namespace hubkeeper::cli
