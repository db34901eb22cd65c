// SPDX-License-Identifier: MIT
#include "connector/icferror.h"

#include "connector/objectclass.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct IcfError
{
    QString exception;
    int status = 500;
};

IcfError icfErrorOf(const Error &error)
{
    if (error.category == QLatin1StringView(unsupportedOperation))
        return {u"UnsupportedOperationException"_s, 404};
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        return {u"InvalidCredentialException"_s, 401};
    case ErrorKind::Forbidden:
        return {u"PermissionDeniedException"_s, 403};
    case ErrorKind::NotFound:
        return {u"UnknownUidException"_s, 404};
    case ErrorKind::Conflict: // Ours alone, without a status, is "changed meanwhile".
        if (error.httpStatus == 0 && error.existingId.isEmpty())
            return {u"PreconditionFailedException"_s, 412};
        return {u"AlreadyExistsException"_s, 412};
    case ErrorKind::Rejected:
    case ErrorKind::InvalidInput:
        return {u"InvalidAttributeValueException"_s, 400};
    case ErrorKind::Refused: // A read-only attribute names its field; a write mode does not.
        if (error.fields.isEmpty())
            return {u"PermissionDeniedException"_s, 403};
        return {u"InvalidAttributeValueException"_s, 400};
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
        return {u"RetryableException"_s, 503};
    case ErrorKind::Offline:
    case ErrorKind::Untrusted:
        return {u"ConnectionFailedException"_s, 503};
    case ErrorKind::ConnectionLost:
    case ErrorKind::OutcomeUnknown: // Not Retryable: that would invite a second create.
        return {u"ConnectionBrokenException"_s, 503};
    case ErrorKind::TimedOut:
        return {u"OperationTimeoutException"_s, 503};
    case ErrorKind::NoKeychain:
    case ErrorKind::Storage:
    case ErrorKind::NotSaved:
        return {u"ConfigurationException"_s, 500};
    case ErrorKind::BadReply:
    case ErrorKind::Cancelled:
        return {u"ConnectorException"_s, 500};
    }
    Q_UNREACHABLE();
}

} // namespace

QString icfExceptionName(const Error &error)
{
    return icfErrorOf(error).exception;
}

int idmStatus(const Error &error)
{
    return icfErrorOf(error).status;
}

} // namespace hubkeeper
