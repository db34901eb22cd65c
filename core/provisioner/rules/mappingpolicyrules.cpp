// SPDX-License-Identifier: MIT
#include "provisioner/rules/mappingrules.h"
#include "provisioner/rules/rulecheck.h"

namespace hubkeeper {

namespace mapping {

constexpr Rule unknownSituation {
    "HK1301",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Unknown situation"),
    QT_TRANSLATE_NOOP("Rule", "IDM takes the mapping, and every run of it breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Write one of the situations, as ABSENT."),
    "recon-vectors, fact 18",
    {"/mappings/0/policies/0/situation", R"json("CONFIRMD")json", R"json("CONFIRMED")json"},
    true,
};

constexpr Rule situationCase {
    "HK1302",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Situation in lower case"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM takes it and never finds it, so the default action of the situation counts."),
    QT_TRANSLATE_NOOP("Rule", "Write it in capital letters."),
    "recon-vectors, fact 18",
    {"/mappings/0/policies/0/situation", R"json("confirmed")json", R"json("CONFIRMED")json"},
    true,
};

constexpr Rule unknownAction {
    "HK1303",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Unknown action"),
    QT_TRANSLATE_NOOP("Rule", "IDM takes the mapping, and every run of it breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Write one of the actions, as UPDATE, or a script."),
    "recon-vectors, fact 18",
    {"/mappings/0/policies/0/action", R"json("UPDAT")json", R"json("UPDATE")json"},
    true,
};

constexpr Rule hiddenPolicy {
    "HK1304",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Policy that is never asked"),
    QT_TRANSLATE_NOOP("Rule",
                      "The first policy whose condition holds counts; one without condition for "
                      "the same situation stands before it."),
    QT_TRANSLATE_NOOP("Rule", "Put the one without condition last, or remove one of them."),
    "recon-vectors, fact 18",
    {"/mappings/0/policies/1", R"json({"situation": "CONFIRMED", "action": "IGNORE"})json",
     R"json({"situation": "FOUND", "action": "UPDATE"})json"},
};

constexpr Rule nullSourceLink {
    "HK1305",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Action that leaves a link without source"),
    QT_TRANSLATE_NOOP("Rule",
                      "The entry fails and leaves a link whose source is null; such a link breaks "
                      "every later run of the mapping until it is deleted by hand."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write IGNORE, REPORT, EXCEPTION or DELETE; to link such objects, run the "
                      "reverse mapping."),
    "recon-vectors, section 2: UPDATE, LINK",
    {"/mappings/0/policies/7/action", R"json("LINK")json", R"json("IGNORE")json"},
};

constexpr Rule actionFails {
    "HK1306",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Action that fails in this situation"),
    QT_TRANSLATE_NOOP("Rule",
                      "What it needs is not there (or there already), so every object in this "
                      "situation is a failure."),
    QT_TRANSLATE_NOOP("Rule", "Choose another action."),
    "recon-vectors, section 2",
    {"/mappings/0/policies/2/action", R"json("UPDATE")json", R"json("CREATE")json"},
};

constexpr Rule actsOnInvalid {
    "HK1307",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Action that treats what is not valid as if it were"),
    QT_TRANSLATE_NOOP("Rule",
                      "The object is created, linked or written although the source is excluded, "
                      "or although several matches were found."),
    QT_TRANSLATE_NOOP("Rule", "Write EXCEPTION, IGNORE or REPORT."),
    "recon-vectors, section 2",
    {"/mappings/0/policies/11/action", R"json("CREATE")json", R"json("IGNORE")json"},
};

constexpr Rule actionDoesNothing {
    "HK1308",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Action that does nothing in this situation"),
    QT_TRANSLATE_NOOP("Rule",
                      "It is counted as a success and changes nothing, at most the mark of the "
                      "last synchronization."),
    QT_TRANSLATE_NOOP("Rule", "Write IGNORE, or UNLINK to be rid of the link of a missing target."),
    "recon-vectors, section 2",
    {"/mappings/0/policies/4/action", R"json("UPDATE")json", R"json("UNLINK")json"},
};

constexpr Rule deletesSourceMissing {
    "HK1309",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Targets are deleted when their source is not found"),
    QT_TRANSLATE_NOOP("Rule",
                      "A read that returns less, because of a filter, a scope that is gone or a "
                      "connector that stops early, looks like sources that are gone: their targets "
                      "are deleted. IDM stops by itself only where nothing at all was read."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Write UNLINK or EXCEPTION, or look at a preview with a threshold before each run."),
    "idm-connector 1.5 (d); recon-vectors, fact 50",
    {"/mappings/0/policies/5/action", R"json("DELETE")json", R"json("UNLINK")json"},
};

constexpr Rule deletesUnassigned {
    "HK1310",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "All targets without a link are deleted"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Everything in the target that no source object claims is deleted: objects of other "
        "origin, and those whose source failed in this run by a script or a query."),
    QT_TRANSLATE_NOOP(
        "Rule", "Write EXCEPTION, IGNORE or REPORT; narrow it by validTarget if it is meant."),
    "recon-vectors, facts 7, 57",
    {"/mappings/0/policies/7/action", R"json("DELETE")json", R"json("IGNORE")json"},
};

constexpr Rule deletesOthersTarget {
    "HK1311",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "The target of another source object is deleted"),
    QT_TRANSLATE_NOOP("Rule",
                      "The match is linked to another source object: that one loses its target, "
                      "and its link stays."),
    QT_TRANSLATE_NOOP("Rule", "Write EXCEPTION or REPORT."),
    "recon-vectors, section 2: DELETE",
    {"/mappings/0/policies/9/action", R"json("DELETE")json", R"json("EXCEPTION")json"},
};

constexpr Rule deletesUnqualified {
    "HK1312",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Targets of excluded source objects are deleted"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "A change of validSource, validTarget or sourceCondition, or of a value they look at, "
        "deletes targets and links. It is the default too, where no policy says otherwise."),
    QT_TRANSLATE_NOOP("Rule", "Write UNLINK or IGNORE for UNQUALIFIED."),
    "recon-vectors, facts 1, 4; idm-connector 6.2",
    {"/mappings/1/policies/6/action", R"json("DELETE")json", R"json("UNLINK")json"},
};

constexpr Rule deletesValid {
    "HK1313",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Targets that are in order are deleted"),
    QT_TRANSLATE_NOOP("Rule",
                      "Nothing is wrong with these objects: they are linked, or match their "
                      "source, or are excluded by validTarget. They are deleted in every run."),
    QT_TRANSLATE_NOOP("Rule", "Choose another action if that is not the purpose of the mapping."),
    "recon-vectors, section 2: DELETE",
    {"/mappings/0/policies/1/action", R"json("DELETE")json", R"json("UPDATE")json"},
};

constexpr Rule missingSituations {
    "HK1314",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Situations without policy"),
    QT_TRANSLATE_NOOP("Rule", "Their default action counts."),
    QT_TRANSLATE_NOOP("Rule", "Nothing, if the defaults are meant."),
    "idm-connector 6.2",
    {"/mappings/0/policies/3", nullptr,
     R"json({"situation": "AMBIGUOUS", "action": "EXCEPTION"})json"},
};

constexpr Rule postActionOfNone {
    "HK1316",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "postAction that runs without its policy"),
    QT_TRANSLATE_NOOP("Rule",
                      "If no condition holds, the default action counts, but the postAction of the "
                      "first policy of the situation runs all the same."),
    QT_TRANSLATE_NOOP("Rule",
                      "Add a policy without condition for the situation, after the others."),
    "recon-vectors, fact 17",
    {"/mappings/0/policies/1",
     R"json({"situation": "FOUND", "action": "REPORT", "condition": "/object/city pr", "postAction": {"type": "text/javascript", "source": "1"}})json",
     R"json({"situation": "FOUND", "action": "UPDATE"})json"},
};

constexpr Rule noObjectThere {
    "HK1317",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Condition on a source object that is not there"),
    QT_TRANSLATE_NOOP("Rule",
                      "In this situation there is no source object, so a filter on it is false and "
                      "the policy never counts."),
    QT_TRANSLATE_NOOP("Rule", "Remove the condition, or use validTarget."),
    "recon-vectors, fact 17",
    {"/mappings/0/policies/7",
     R"json({"situation": "UNASSIGNED", "action": "REPORT", "condition": "/object/city pr"})json",
     R"json({"situation": "UNASSIGNED", "action": "REPORT"})json"},
};

} // namespace mapping

namespace {

constexpr const Rule *allMappingPolicyRules[] {
    &mapping::unknownSituation,  &mapping::situationCase,       &mapping::unknownAction,
    &mapping::hiddenPolicy,      &mapping::nullSourceLink,      &mapping::actionFails,
    &mapping::actsOnInvalid,     &mapping::actionDoesNothing,   &mapping::deletesSourceMissing,
    &mapping::deletesUnassigned, &mapping::deletesOthersTarget, &mapping::deletesUnqualified,
    &mapping::deletesValid,      &mapping::missingSituations,   &mapping::postActionOfNone,
    &mapping::noObjectThere,
};

} // namespace

const RuleSet &mappingPolicyRules()
{
    static constexpr RuleSet set {allMappingPolicyRules, [](RuleCheck &) {}};
    return set;
}

} // namespace hubkeeper
