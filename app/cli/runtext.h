// SPDX-License-Identifier: MIT
#pragma once

#include "output.h"
#include "session/idm/runresult.h"

namespace hubkeeper::cli {

/// A run that is over, for people: how it ended, what was found and done, what failed, and what
/// came otherwise than predicted.
void printResult(const RunResult &result, Output &output);

/// Runs as a table, newest last as the server lists them.
void printRuns(const QList<ServerRun> &runs, Output &output);

/// Done if everything is good, else Findings.
[[nodiscard]] ExitCode codeOf(const RunResult &result);

} // namespace hubkeeper::cli
