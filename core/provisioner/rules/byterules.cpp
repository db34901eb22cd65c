// SPDX-License-Identifier: MIT
#include "provisioner/rules/rulecheck.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule notJson {
    "HK010",
    Severity::Error,
    RuleStage::Bytes,
    "Not JSON",
    "IDM logs the place and ignores the file; the connector is missing from the list without any"
    " other sign.",
    "Mend the text at the place named.",
    "idm-connector 2.1, 2.11",
    {"", R"({"enabled": true,, })", R"({"enabled": true})"},
};

constexpr const Rule *rules[] {&notJson};

void check(RuleCheck &check)
{
    for (const SyntaxFault &fault : check.text.faults())
        check.reportBytes(notJson, fault.at, fault.message);
}

} // namespace

const RuleSet &byteRules()
{
    static constexpr RuleSet set {rules, check, true};
    return set;
}

} // namespace hubkeeper
