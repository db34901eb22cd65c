// SPDX-License-Identifier: MIT
#include "base/result.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Offline:
        return u"offline"_s;
    case ErrorKind::Untrusted:
        return u"untrusted"_s;
    case ErrorKind::TimedOut:
        return u"timedOut"_s;
    case ErrorKind::ConnectionLost:
        return u"connectionLost"_s;
    case ErrorKind::OutcomeUnknown:
        return u"outcomeUnknown"_s;
    case ErrorKind::Unauthorized:
        return u"unauthorized"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"notFound"_s;
    case ErrorKind::Conflict:
        return u"conflict"_s;
    case ErrorKind::RateLimited:
        return u"rateLimited"_s;
    case ErrorKind::Rejected:
        return u"rejected"_s;
    case ErrorKind::ServerFault:
        return u"serverFault"_s;
    case ErrorKind::BadReply:
        return u"badReply"_s;
    case ErrorKind::Refused:
        return u"refused"_s;
    case ErrorKind::InvalidInput:
        return u"invalidInput"_s;
    case ErrorKind::Storage:
        return u"storage"_s;
    case ErrorKind::NotSaved:
        return u"notSaved"_s;
    case ErrorKind::NoKeychain:
        return u"noKeychain"_s;
    }
    Q_UNREACHABLE();
}

QString Error::sentence() const
{
    return remedy.isEmpty() ? what : what + u' ' + remedy;
}

} // namespace hubkeeper
