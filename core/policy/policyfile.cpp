// SPDX-License-Identifier: MIT
#include "policy/policyfile.h"

#include "policy/policyplace.h"
#include "policy/policytext.h"

namespace hubkeeper {

namespace {

Error withRemedy(Error error)
{
    error.remedy = PolicyText::tr("Nothing can be written until the administrator of this computer "
                                  "has corrected it; reading goes on.");
    return error;
}

} // namespace

QString policyPath()
{
    return administratorsPolicyPath();
}

Result<Policy> policyFileAt(const QString &path)
{
    const auto content = readAdministratorsFile(path);
    if (!content)
        return tl::unexpected(withRemedy(content.error()));
    if (!*content)
        return Policy();
    ParsedPolicy parsed = parsePolicy(**content, path);
    if (parsed.faults.isEmpty())
        return std::move(parsed.policy);
    //: %1 is a path, %2 a phrase with a line number.
    const QString what =
        PolicyText::tr("The policy file %1 is damaged: %2.").arg(path, summaryOf(parsed.faults));
    return tl::unexpected(withRemedy(fail(ErrorKind::Refused, what).value()));
}

Result<Policy> currentPolicyFile()
{
    return policyFileAt(policyPath());
}

} // namespace hubkeeper
