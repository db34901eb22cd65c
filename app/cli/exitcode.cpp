// SPDX-License-Identifier: MIT
#include "exitcode.h"

namespace hubkeeper::cli {

ExitCode exitCodeFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return Interrupted;
    case ErrorKind::Offline:
    case ErrorKind::Untrusted:
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
    case ErrorKind::BadReply:
    case ErrorKind::Rejected:
        return NetworkFailed;
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
