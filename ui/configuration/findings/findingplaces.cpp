// SPDX-License-Identifier: MIT
#include "configuration/findings/findingplaces.h"

#include "configuration/findings/jsonpointers.h"

namespace hubkeeper {

const Finding *worstBelow(const QList<Finding> &findings, const QString &pointer)
{
    const Finding *worst = nullptr;
    for (const Finding &finding : findings) {
        if (isAtOrBelow(finding.pointer, pointer) && (!worst || finding.severity > worst->severity))
            worst = &finding;
    }
    return worst;
}

QList<Finding> takeBelow(QList<Finding> &findings, const QString &pointer)
{
    QList<Finding> taken;
    QList<Finding> left;
    for (const Finding &finding : std::as_const(findings))
        (isAtOrBelow(finding.pointer, pointer) ? taken : left).append(finding);
    findings = left;
    return taken;
}

} // namespace hubkeeper
