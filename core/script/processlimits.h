// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace hubkeeper {

/// Bounds the process that calls it, for good: it ends with an exit code of hostwire.h as soon as
/// it has more than `memory` bytes resident or is older than `time`, and when the process that
/// started it is gone. Its memory is looked at every few milliseconds; what it can ask for in
/// between is bounded by the system (RLIMIT_AS on Linux, a job on Windows). It leaves no core.
void limitProcess(qint64 memory, std::chrono::milliseconds time);

/// Ends the process at once, without destructors.
[[noreturn]] void endProcess(int exitCode);

} // namespace hubkeeper
