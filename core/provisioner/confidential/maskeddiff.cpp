// SPDX-License-Identifier: MIT
#include "provisioner/confidential/maskeddiff.h"

#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/confidential/secretmask.h"
#include "provisioner/text/textdiff.h"

namespace hubkeeper {

QByteArray maskedDiff(const JsonText &before, const JsonText &after, const QString &beforeName,
                      const QString &afterName)
{
    ConfidentialTexts secrets(before);
    secrets.add(after);
    // By value too: what is a secret in one text may stand where nobody expects it in the other.
    const auto shown = [&secrets](const QByteArray &masked) {
        return secrets.masked(QString::fromUtf8(masked)).toUtf8();
    };
    return unifiedDiff(shown(maskedText(before)), shown(maskedText(after, before)), beforeName,
                       afterName);
}

} // namespace hubkeeper
