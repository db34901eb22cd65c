// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace hubkeeper::cli {

/// What the program ends with; documented in the manual, never reused.
enum ExitCode {
    Done = 0,
    Findings = 1, ///< Findings, differences, not there; a script that threw.
    WrongUsage = 2, ///< Options, or a file that cannot be used.
    NoAccess = 3, ///< Credentials or scope missing or refused; no keychain.
    NetworkFailed = 4, ///< Network, limit or server error after repeats; outcome unknown.
    AppliedInPart = 5,
    Conflicting = 6, ///< The record changed meanwhile; nothing was sent for it.
    Refused = 7, ///< Write mode or another guard.
    LocalDataDamaged = 8, ///< Journal, list of connections.
    NotSaved = 9, ///< A file could not be written: full disk, no permission, no such folder.
    InternalError = 70,
    Interrupted = 130,
};

/// The one table from failures to exit codes.
[[nodiscard]] ExitCode exitCodeFor(ErrorKind kind);

} // namespace hubkeeper::cli
