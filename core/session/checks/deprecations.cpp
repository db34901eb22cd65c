// SPDX-License-Identifier: MIT
#include "session/checks/deprecations.h"

#include "provisioner/rules/datedrules.h"
#include "provisioner/rules/validation.h"

#include <algorithm>

namespace hubkeeper {

QList<Deprecation> deprecationsOf(const QByteArray &provisioner, ApiVersion version, QDate today,
                                  const Paths &paths)
{
    const auto dated = DatedRules::forUser(paths);
    if (!dated)
        return {};
    ValidationOptions options;
    options.today = today;
    options.apiVersion = nameOf(version);
    options.dated = *dated;
    QList<Deprecation> deprecations;
    const QList<Finding> findings = validate(JsonText(provisioner), options);
    for (const DatedRule &rule : (*dated)->rules()) {
        if (rule.meaning != DatedRule::Meaning::Ends)
            continue;
        const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding &f) {
            return f.ruleId == QLatin1String(rule.rule.id);
        });
        if (found != findings.end())
            deprecations.append({rule.date, *found});
    }
    std::stable_sort(deprecations.begin(), deprecations.end(),
                     [today](const Deprecation &a, const Deprecation &b) {
                         return std::pair(a.date < today, a.date)
                             < std::pair(b.date < today, b.date);
                     });
    return deprecations;
}

} // namespace hubkeeper
