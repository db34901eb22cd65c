// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretspans.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Null, true and false are no secrets, whoever holds them.
bool isWord(QStringView value)
{
    return value == "null"_L1 || value == "true"_L1 || value == "false"_L1;
}

} // namespace

QList<Span> plainSecretSpans(const QByteArray &bytes)
{
    // A value in quotes that may lack the closing one, one without quotes, a token of HubSpot
    // (hubspot-api 2.1). Read as Latin-1, so that places are bytes.
    static const QRegularExpression secret(
        u"(?:secret|token|password|passphrase|api_?key|privatekey)\\w*[\"']?\\s*[:=]\\s*"
        "(?:\"((?:[^\"\\\\\r\n]|\\\\.)+)|'((?:[^'\\\\\r\n]|\\\\.)+)|([^\\s\"'{}\\[\\],]+))"
        "|\\b(pat-[a-z0-9]+-[0-9a-f-]{8,})"_s,
        QRegularExpression::CaseInsensitiveOption);
    constexpr int bareGroup = 3;
    QList<Span> spans;
    const QString text = QString::fromLatin1(bytes);
    auto matches = secret.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const int group = match.lastCapturedIndex();
        const QStringView value = match.capturedView(group);
        const bool isSubstitution =
            value.startsWith("&{"_L1) && value.indexOf(u'}') == value.size() - 1;
        if (!isSubstitution && !(group == bareGroup && isWord(value)))
            spans.append({match.capturedStart(group), match.capturedEnd(group)});
    }
    return spans;
}

} // namespace hubkeeper
