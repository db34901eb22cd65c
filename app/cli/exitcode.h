// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace hubkeeper::cli {

/// What the program ends with; documented in the manual, never reused.
enum ExitCode {
    Done = 0,
    Findings = 1, ///< Findings, differences, not there; a script that threw.
    WrongUsage = 2, ///< Options, values, or a file that cannot be used.
    NoAccess = 3, ///< Credentials or scope missing or refused; no keychain.
    TryLater = 4, ///< Network, limit or server error after repeats: the same call may work later.
    AppliedInPart = 5,
    Conflicting = 6, ///< The record changed meanwhile; nothing was sent for it.
    Refused = 7, ///< Write mode, a missing --yes, or another guard; nothing was sent.
    LocalDataDamaged = 8, ///< Journal, list of connections.
    NotSaved = 9, ///< A file or the output could not be written: full disk, no permission.
    Rejected = 10, ///< HubSpot refused it, or its certificate was refused: repeating does not help.
    Unknown = 11, ///< It may have been written; look before repeating it.
    InternalError = 70,
    Interrupted = 130, ///< Ctrl+C.
    Terminated = 143, ///< SIGTERM.
};

/// The one table from failures to exit codes.
[[nodiscard]] ExitCode exitCodeFor(ErrorKind kind);

} // namespace hubkeeper::cli
