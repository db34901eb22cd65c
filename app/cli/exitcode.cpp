// SPDX-License-Identifier: MIT
#include "exitcode.h"

namespace hubkeeper::cli {

ExitCode exitCodeFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return Interrupted;
    case ErrorKind::Offline:
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
    case ErrorKind::BadReply:
        return TryLater;
    case ErrorKind::Untrusted:
    case ErrorKind::Rejected:
        return Rejected;
    case ErrorKind::OutcomeUnknown:
        return Unknown;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NoKeychain:
        return NoAccess;
    case ErrorKind::NotFound:
        return Findings;
    case ErrorKind::Conflict:
        return Conflicting;
    case ErrorKind::Refused:
        return Refused;
    case ErrorKind::InvalidInput:
        return WrongUsage;
    case ErrorKind::Storage:
        return LocalDataDamaged;
    case ErrorKind::NotSaved:
        return NotSaved;
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper::cli
