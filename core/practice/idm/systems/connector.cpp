// SPDX-License-Identifier: MIT
#include "practice/idm/systems/connector.h"

#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QString wordOf(ConnectorFaultKind kind)
{
    switch (kind) {
    case ConnectorFaultKind::AlreadyExists:
        return u"AlreadyExists"_s;
    case ConnectorFaultKind::PreconditionFailed:
        return u"PreconditionFailed"_s;
    case ConnectorFaultKind::PreconditionRequired:
        return u"PreconditionRequired"_s;
    case ConnectorFaultKind::UnknownUid:
        return u"UnknownUid"_s;
    case ConnectorFaultKind::InvalidAttributeValue:
        return u"InvalidAttributeValue"_s;
    case ConnectorFaultKind::InvalidCredential:
        return u"InvalidCredential"_s;
    case ConnectorFaultKind::PasswordExpired:
        return u"PasswordExpired"_s;
    case ConnectorFaultKind::PermissionDenied:
        return u"PermissionDenied"_s;
    case ConnectorFaultKind::ConnectionBroken:
        return u"ConnectionBroken"_s;
    case ConnectorFaultKind::ConnectionFailed:
        return u"ConnectionFailed"_s;
    case ConnectorFaultKind::OperationTimeout:
        return u"OperationTimeout"_s;
    case ConnectorFaultKind::Retryable:
        return u"Retryable"_s;
    case ConnectorFaultKind::Configuration:
        return u"Configuration"_s;
    case ConnectorFaultKind::ConnectorSecurity:
        return u"ConnectorSecurity"_s;
    default:
        return u"Connector"_s;
    }
}

} // namespace

QString ConnectorFault::className() const
{
    if (kind == ConnectorFaultKind::Runtime)
        return javaClass;
    if (kind == ConnectorFaultKind::UnsupportedOperation)
        return u"java.lang.UnsupportedOperationException"_s;
    return u"org.identityconnectors.framework.common.exceptions.%1Exception"_s.arg(wordOf(kind));
}

bool versionMatches(const QString &wanted, const QString &version)
{
    const bool isRange = wanted.startsWith(u'[') || wanted.startsWith(u'(');
    if (!isRange)
        return wanted == version;
    const QString inner = wanted.mid(1, wanted.size() - 2);
    const auto low = QVersionNumber::fromString(inner.section(u',', 0, 0).trimmed()).normalized();
    const auto high = QVersionNumber::fromString(inner.section(u',', 1).trimmed()).normalized();
    const auto own = QVersionNumber::fromString(version).normalized();
    const bool fitsLow = wanted.startsWith(u'[') ? own >= low : own > low;
    const bool fitsHigh = wanted.endsWith(u']') ? own <= high : own < high;
    return fitsLow && fitsHigh;
}

} // namespace hubkeeper::practice
