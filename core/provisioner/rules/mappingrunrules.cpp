// SPDX-License-Identifier: MIT
#include "provisioner/rules/mappingrules.h"
#include "provisioner/rules/rulecheck.h"

namespace hubkeeper {

namespace mapping {

constexpr Rule emptySourceDeletes {
    "HK1401",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "An empty source deletes every target"),
    QT_TRANSLATE_NOOP("Rule",
                      "allowEmptySourceSet takes the only guard away: a read that returns nothing "
                      "makes every linked target SOURCE_MISSING."),
    QT_TRANSLATE_NOOP("Rule",
                      "Set allowEmptySourceSet to false, or do not delete on SOURCE_MISSING."),
    "recon-vectors, fact 50",
    {"/mappings/0",
     R"json({"name": "managedUser_hubspotContact", "source": "managed/user", "target": "system/hubspot/contact", "enableSync": false, "taskThreads": 0, "properties": [{"source": "mail", "target": "email"}], "correlationQuery": {"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"}, "policies": [{"situation": "SOURCE_MISSING", "action": "DELETE"}], "allowEmptySourceSet": true})json",
     R"json({"name": "managedUser_hubspotContact", "source": "managed/user", "target": "system/hubspot/contact", "enableSync": false, "taskThreads": 0, "properties": [{"source": "mail", "target": "email"}], "correlationQuery": {"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"}, "policies": [{"situation": "SOURCE_MISSING", "action": "UNLINK"}], "allowEmptySourceSet": true})json"},
};

constexpr Rule targetPhaseById {
    "HK1402",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Target phase also for single objects"),
    QT_TRANSLATE_NOOP("Rule",
                      "With runTargetPhase true in the mapping, reconciling one object by its id "
                      "looks at all targets too, and does there what the policies say."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Leave runTargetPhase out: it is on for a whole run and off for single objects then."),
    "recon-vectors, fact 51",
    {"/mappings/0/runTargetPhase", "true", nullptr},
    true,
};

constexpr Rule noLinking {
    "HK1403",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Mapping without links"),
    QT_TRANSLATE_NOOP("Rule",
                      "Links are neither read nor written in the source phase, but the target "
                      "phase reads old ones: a source can write a second target."),
    QT_TRANSLATE_NOOP("Rule", "Leave enableLinking out, or delete the old links of the mapping."),
    "recon-vectors, fact 43",
    {"/mappings/0/enableLinking", "false", "true"},
};

constexpr Rule wipingQuery {
    "HK1404",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Query that wipes fields"),
    QT_TRANSLATE_NOOP("Rule",
                      "The rows of the query count as whole objects, and what is missing in them "
                      "is null: it is wiped in the target."),
    QT_TRANSLATE_NOOP("Rule",
                      "Leave _fields out, and set sourceQueryFullEntry only with a query that "
                      "gives whole objects."),
    "recon-vectors, fact 53",
    {"/mappings/0/sourceQuery", R"json({"_queryFilter": "true", "_fields": "mail"})json",
     R"json({"_queryFilter": "userName sw \"a\""})json"},
};

constexpr Rule leftOutIsWritten {
    "HK1405",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "sourceQuery that leaves source objects out"),
    QT_TRANSLATE_NOOP("Rule",
                      "The linked targets of what it leaves out come up in the target phase and "
                      "are written from there; the unlinked matches of it are UNASSIGNED."),
    QT_TRANSLATE_NOOP("Rule", "Set runTargetPhase to false, or exclude objects by validSource."),
    "recon-vectors, fact 9",
    {"/mappings/0/sourceQuery", R"json({"_queryFilter": "userName sw \"a\""})json", nullptr},
};

constexpr Rule targetQueryHides {
    "HK1406",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "targetQuery that hides targets"),
    QT_TRANSLATE_NOOP("Rule",
                      "A linked target outside of the query counts as MISSING, and where the query "
                      "finds nothing correlation is switched off for all."),
    QT_TRANSLATE_NOOP("Rule", "Exclude targets by validTarget."),
    "recon-vectors, fact 10",
    {"/mappings/0/targetQuery", R"json({"_queryFilter": "city eq \"Berlin\""})json", nullptr},
};

constexpr Rule queryKeyUnknown {
    "HK1407",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Query without a key that IDM knows"),
    QT_TRANSLATE_NOOP(
        "Rule", "Unknown keys are ignored, and a query without a known one means all objects."),
    QT_TRANSLATE_NOOP("Rule", "Write _queryFilter or _queryId."),
    "recon-vectors, fact 54",
    {"/mappings/0/sourceQuery", R"json({"_queryFiltr": "userName sw \"a\""})json",
     R"json({"_queryFilter": "userName sw \"a\""})json"},
    true,
};

constexpr Rule badQuery {
    "HK1408",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Query filter that cannot be read"),
    QT_TRANSLATE_NOOP("Rule", "Every run of the mapping breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Correct the filter."),
    "recon-vectors, case 173",
    {"/mappings/0/sourceQuery", R"json({"_queryFilter": "userName sw"})json",
     R"json({"_queryFilter": "userName sw \"a\""})json"},
};

constexpr Rule firstRunFails {
    "HK1409",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Scripts that several threads compile at once"),
    QT_TRANSLATE_NOOP("Rule",
                      "In the first run after a script was changed, some objects fail by chance "
                      "(\"Script status is 8\"), and their matches count as unassigned."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Set taskThreads to 0 for the first run, or run it twice; never with UNASSIGNED DELETE."),
    "recon-vectors, fact 57",
    {"/mappings/0/taskThreads", nullptr, "0"},
};

constexpr Rule qualifiersDelete {
    "HK1410",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Healthy targets are deleted under a second link qualifier"),
    QT_TRANSLATE_NOOP("Rule",
                      "Each target is looked at once for each qualifier: one that is linked under "
                      "another is UNASSIGNED under this one, and is deleted although it was "
                      "confirmed before. Its link stays."),
    QT_TRANSLATE_NOOP("Rule", "Do not delete on UNASSIGNED in a mapping with several qualifiers."),
    "recon-vectors, fact 8",
    {"/mappings/0",
     R"json({"name": "managedUser_hubspotContact", "source": "managed/user", "target": "system/hubspot/contact", "enableSync": false, "taskThreads": 0, "properties": [{"source": "mail", "target": "email"}], "correlationQuery": {"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"}, "policies": [{"situation": "UNASSIGNED", "action": "DELETE"}], "linkQualifiers": ["default", "test"]})json",
     R"json({"name": "managedUser_hubspotContact", "source": "managed/user", "target": "system/hubspot/contact", "enableSync": false, "taskThreads": 0, "properties": [{"source": "mail", "target": "email"}], "correlationQuery": {"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"}, "policies": [{"situation": "UNASSIGNED", "action": "IGNORE"}], "linkQualifiers": ["default", "test"]})json"},
};

constexpr Rule conditionInSourcePhase {
    "HK1411",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "sourceCondition is not asked in the target phase"),
    QT_TRANSLATE_NOOP("Rule",
                      "A source object that it excludes can be written all the same where its "
                      "target comes up in the target phase; validSource is asked in both."),
    QT_TRANSLATE_NOOP("Rule", "Use validSource where that matters."),
    "recon-vectors, fact 4",
    {"/mappings/0/sourceCondition", R"json("/source/city eq \"Berlin\"")json", nullptr},
};

constexpr Rule validTargetLate {
    "HK1412",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "validTarget is asked in the target phase only"),
    QT_TRANSLATE_NOOP("Rule",
                      "In the source phase a target that it excludes is found, linked and written "
                      "like any other."),
    QT_TRANSLATE_NOOP("Rule", "Exclude by validSource what must not be written."),
    "recon-vectors, fact 3",
    {"/mappings/0/validTarget",
     R"json({"type": "text/javascript", "source": "target.lifecyclestage != \"customer\""})json",
     nullptr},
};

constexpr Rule otherWriter {
    "HK1501",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Attribute that another mapping writes too"),
    QT_TRANSLATE_NOOP("Rule",
                      "Two mappings from different sources write this attribute in turn: each run "
                      "takes back what the other has written."),
    QT_TRANSLATE_NOOP("Rule", "Leave the attribute to one of them."),
    "recon-vectors, facts 30, 36",
    {"/mappings/1",
     R"json({"name": "staff_contact", "source": "managed/staff", "target": "system/hubspot/contact", "enableSync": false, "taskThreads": 0, "properties": [{"source": "surname", "target": "lastname"}]})json",
     R"json({"name": "staff_contact", "source": "managed/staff", "target": "system/hubspot/contact", "enableSync": false, "taskThreads": 0, "properties": [{"source": "town", "target": "city", "condition": "/object/town pr"}]})json"},
};

constexpr Rule notTheSameBack {
    "HK1502",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Attribute that comes back from another one"),
    QT_TRANSLATE_NOOP("Rule",
                      "The reverse mapping fills the attribute that is read here from another one: "
                      "after a run in each direction this one has the other's value."),
    QT_TRANSLATE_NOOP("Rule", "Map the same two attributes in both directions."),
    "idm-connector 1.5",
    {"/mappings/1/properties/2/source", R"json("firstname")json", R"json("lastname")json"},
};

constexpr Rule neverStable {
    "HK1503",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Transforms that do not undo each other"),
    QT_TRANSLATE_NOOP("Rule",
                      "After a run in each direction the value is another one, so both sides are "
                      "written in every run."),
    QT_TRANSLATE_NOOP("Rule",
                      "Make the transform of one direction give back what the other was given."),
    "recon-vectors, facts 28, 33",
    {"/mappings/1/properties/1/transform",
     R"json({"type": "text/javascript", "source": "'Dear ' + source"})json",
     R"json({"type": "text/javascript", "source": "source.trim()"})json"},
};

} // namespace mapping

namespace {

constexpr const Rule *allMappingRunRules[] {
    &mapping::emptySourceDeletes,
    &mapping::targetPhaseById,
    &mapping::noLinking,
    &mapping::wipingQuery,
    &mapping::leftOutIsWritten,
    &mapping::targetQueryHides,
    &mapping::queryKeyUnknown,
    &mapping::badQuery,
    &mapping::firstRunFails,
    &mapping::qualifiersDelete,
    &mapping::conditionInSourcePhase,
    &mapping::validTargetLate,
    &mapping::otherWriter,
    &mapping::notTheSameBack,
    &mapping::neverStable,
};

} // namespace

const RuleSet &mappingRunRules()
{
    static constexpr RuleSet set {allMappingRunRules, [](RuleCheck &) {}};
    return set;
}

} // namespace hubkeeper
