// SPDX-License-Identifier: MIT
#include "provisioner/model/encryption.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

bool isKnownCipher(const QString &transformation)
{
    static const QRegularExpression known(
        u"^((AES|DESede|DES|Blowfish|RC2)/(CBC|ECB|CFB8?|OFB8?|CTR)/(PKCS5Padding|NoPadding)"
        "|RSA/ECB/[A-Za-z0-9-]+)\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    return known.match(transformation).hasMatch();
}

bool isMadeUp(const QString &base64)
{
    const QByteArray data = QByteArray::fromBase64(base64.toLatin1());
    return data.size() >= aesBlock
        && std::all_of(data.begin(), data.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

bool isUsualAlias(const QString &alias)
{
    static const QStringList shipped {u"openidm-sym-default"_s, u"openidm-selfservice-key"_s,
                                      u"openidm-jwtsessionhmac-key"_s, u"openidm-localhost"_s};
    return shipped.contains(alias);
}

} // namespace hubkeeper
