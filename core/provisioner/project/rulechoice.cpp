// SPDX-License-Identifier: MIT
#include "provisioner/project/rulechoice.h"

#include "provisioner/provisionertext.h"
#include "provisioner/rules/rule.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

bool RuleChoice::takes(const QString &ruleId) const
{
    return !ignored.contains(ruleId) && (only.isEmpty() || only.contains(ruleId));
}

void RuleChoice::applyTo(QList<Finding> &findings) const
{
    findings.removeIf([this](const Finding &finding) { return !takes(finding.ruleId); });
    for (Finding &finding : findings)
        finding.severity = severities.value(finding.ruleId, finding.severity);
}

Result<QString> knownRule(const QString &id)
{
    if (const Rule *rule = ruleById(id.trimmed().toUpper()))
        return QString::fromLatin1(rule->id);
    return fail(ErrorKind::InvalidInput, ProvisionerText::tr("There is no rule %1.").arg(id),
                ProvisionerText::tr("`hubkeeper-cli rules` lists them."));
}

} // namespace hubkeeper
