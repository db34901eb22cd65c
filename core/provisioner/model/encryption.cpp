// SPDX-License-Identifier: MIT
#include "provisioner/model/encryption.h"

#include <QRegularExpression>

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

bool isUsualAlias(const QString &alias)
{
    return alias.startsWith("openidm-"_L1);
}

} // namespace hubkeeper
