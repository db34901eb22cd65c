// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingvalidation.h"

#include "idm/mappings/checkedmapping.h"
#include "provisioner/confidential/confidentialtexts.h"

#include <algorithm>

namespace hubkeeper {

namespace {

bool comesBefore(const Finding &a, const Finding &b)
{
    return a.at.begin != b.at.begin ? a.at.begin < b.at.begin : a.ruleId < b.ruleId;
}

} // namespace

QList<Finding> validateMappings(const JsonText &text, const MappingOptions &options)
{
    ValidationOptions how;
    how.profile = options.profile;
    RuleCheck reports(text, how);
    byteRules().check(reports);
    const MappingFile file = mappingsIn(text);
    if (file.isMappings()) {
        MappingCheck check(reports, file, options);
        checkList(check);
        checkProperties(check);
        checkScripts(check);
        checkCorrelations(check);
        checkPolicies(check);
        checkRuns(check);
        checkCircles(check);
    }
    QList<Finding> findings = reports.takeFindings();
    std::stable_sort(findings.begin(), findings.end(), comesBefore);
    if (!findings.isEmpty())
        hideSecrets(findings, ConfidentialTexts(text));
    return findings;
}

} // namespace hubkeeper
