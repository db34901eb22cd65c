// SPDX-License-Identifier: MIT
#include "provisioner/rules/mappingrules.h"
#include "provisioner/rules/rulecheck.h"

namespace hubkeeper {

namespace mapping {

constexpr Rule noMappingList {
    "HK1001",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "mappings that is not a list"),
    QT_TRANSLATE_NOOP("Rule", "IDM finds no mapping in the file; those it had before are gone."),
    QT_TRANSLATE_NOOP("Rule", "Write {\"mappings\": [...]} with one object for each mapping."),
    "idm-connector 6.1",
    {"/mappings", "{}", "[]"},
};

constexpr Rule incomplete {
    "HK1002",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Mapping without name, source or target"),
    QT_TRANSLATE_NOOP("Rule",
                      "A mapping has to say what it is called and what it reads and writes; IDM "
                      "cannot make one of this entry."),
    QT_TRANSLATE_NOOP("Rule", "Add the texts name, source and target."),
    "idm-connector 6.1",
    {"/mappings/0/target", nullptr, R"json("system/hubspot/contact")json"},
};

constexpr Rule nameTwice {
    "HK1003",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Two mappings of one name"),
    QT_TRANSLATE_NOOP("Rule",
                      "A mapping is asked for by its name, so the second can never be run alone, "
                      "and both share one set of links."),
    QT_TRANSLATE_NOOP("Rule", "Give one of them another name."),
    "idm-connector 6.1",
    {"/mappings/1/name", R"json("managedUser_hubspotContact")json",
     R"json("hubspotContact_managedUser")json"},
};

constexpr Rule unsafeName {
    "HK1004",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Mapping name with a slash, blank or other special character"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The name is a part of addresses (config/mapping/<name>, recon?mapping=<name>) and of file "
        "names, where such a character is another one or breaks them off."),
    QT_TRANSLATE_NOOP("Rule",
                      "Use letters, digits, underscores and dashes; the links of the old name have "
                      "to be kept by \"links\", or made again."),
    "idm-connector 6.1, 2.9",
    {"/mappings/0/name", R"json("to hubspot/contacts")json",
     R"json("managedUser_hubspotContact")json"},
};

constexpr Rule linksUnknown {
    "HK1005",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "links that names no mapping"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM takes the file without an error, and from then on every mapping of the "
                      "server is unknown (\"No such mapping\")."),
    QT_TRANSLATE_NOOP("Rule", "Name a mapping of this list, or remove links."),
    "recon-vectors, fact 41",
    {"/mappings/1/links", R"json("managedUser_contact")json",
     R"json("managedUser_hubspotContact")json"},
    true,
};

constexpr Rule linksOtherEnds {
    "HK1006",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "links of a mapping with other ends"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Links join the two collections of their mapping. IDM takes the file without an error, and "
        "from then on every mapping of the server is unknown (\"No such mapping\")."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Name a mapping between the same two collections, in either direction, or remove links."),
    "recon-vectors, fact 41",
    {"/mappings/1/target", R"json("managed/role")json", R"json("managed/user")json"},
    true,
};

constexpr Rule linksOfLinks {
    "HK1007",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "links of a mapping that uses the links of a third"),
    QT_TRANSLATE_NOOP("Rule",
                      "The links are kept under the name that is written here, not under the one "
                      "that the named mapping uses: the two do not share them."),
    QT_TRANSLATE_NOOP("Rule", "Name the mapping that owns the links."),
    "recon-vectors, fact 40",
    {"/mappings/0/links", R"json("hubspotContact_managedUser")json", nullptr},
};

constexpr Rule separateLinks {
    "HK1008",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Mapping and its reverse with links of their own"),
    QT_TRANSLATE_NOOP("Rule",
                      "What one of them has linked the other does not know: it looks for a match, "
                      "and creates every object again where it finds none."),
    QT_TRANSLATE_NOOP("Rule",
                      "Set links to the name of the other mapping. Existing links keep counting "
                      "for the mapping that owns them only."),
    "recon-vectors, facts 40, 61",
    {"/mappings/1/links", nullptr, R"json("managedUser_hubspotContact")json"},
    true,
};

constexpr Rule unknownKey {
    "HK1009",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Unknown key"),
    QT_TRANSLATE_NOOP("Rule", "IDM ignores it."),
    QT_TRANSLATE_NOOP("Rule", "Correct the spelling, or remove it."),
    "idm-connector 6.1",
    {"/mappings/0/runTargetPase", "false", nullptr},
    true,
};

constexpr Rule collectionForm {
    "HK1010",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Source or target that is not a collection of IDM"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Objects are found at managed/<type>, system/<connector>/<object type> or repo/<table>; "
        "IDM answers \"not found\" for anything else, and the run breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Write it as in system/hubspot/contact or managed/user."),
    "idm-connector 6.1",
    {"/mappings/0/source", R"json("user")json", R"json("managed/user")json"},
};

constexpr Rule unknownType {
    "HK1011",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Object type that does not exist"),
    QT_TRANSLATE_NOOP("Rule", "Every read and every write of this side fails."),
    QT_TRANSLATE_NOOP("Rule",
                      "Name an object type of the provisioner, or one of the managed objects."),
    "idm-connector 2.6",
    {"/mappings/0/target", R"json("system/hubspot/contacts")json",
     R"json("system/hubspot/contact")json"},
    true,
};

constexpr Rule sameEnds {
    "HK1012",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Source and target that are the same"),
    QT_TRANSLATE_NOOP("Rule",
                      "Every object is its own target: what the mapping writes is read again by "
                      "the next run, and by implicit synchronization at once."),
    QT_TRANSLATE_NOOP("Rule", "Correct one of them."),
    "idm-connector 6.1",
    {"/mappings/0",
     R"json({"name": "m", "source": "managed/user", "target": "managed/user", "enableSync": false, "taskThreads": 0, "properties": []})json",
     nullptr},
};

constexpr Rule notAFlag {
    "HK1013",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Switch that is neither true nor false"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM wants true or false without quotes here; what it makes of anything else "
                      "is not known."),
    QT_TRANSLATE_NOOP("Rule", "Write true or false."),
    "idm-connector 6.1",
    {"/mappings/0/enableSync", R"json("false")json", "false"},
    true,
};

constexpr Rule enabledIgnored {
    "HK1014",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "enabled, which this server does not know"),
    QT_TRANSLATE_NOOP("Rule",
                      "OpenIDM 6.3.0 was seen to run a mapping with enabled false like any other."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Take the mapping out of the list, or set enableSync to false and do not reconcile it."),
    "recon-vectors, fact 38",
    {"/mappings/0/enabled", "false", nullptr, ServerProfile::Community},
};

constexpr Rule syncCircle {
    "HK1015",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Managed objects that synchronize in a circle"),
    QT_TRANSLATE_NOOP("Rule",
                      "A change of one starts the mapping to the next at once, and the last one "
                      "starts the first again."),
    QT_TRANSLATE_NOOP("Rule", "Set enableSync to false in one of them."),
    "recon-vectors, fact 60",
    {"/mappings",
     R"json([{"name": "a", "source": "managed/user", "target": "managed/role", "taskThreads": 0, "properties": []}, {"name": "b", "source": "managed/role", "target": "managed/user", "taskThreads": 0, "properties": [], "links": "a"}])json",
     R"json([{"name": "a", "source": "managed/user", "target": "managed/role", "taskThreads": 0, "properties": []}, {"name": "b", "source": "managed/role", "target": "managed/user", "enableSync": false, "taskThreads": 0, "properties": [], "links": "a"}])json"},
};

constexpr Rule implicitSync {
    "HK1016",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Implicit synchronization"),
    QT_TRANSLATE_NOOP("Rule",
                      "Each change of a managed object runs this mapping at once, also the changes "
                      "that another mapping makes. What fails then is seen in the audit log only."),
    QT_TRANSLATE_NOOP("Rule", "Nothing, if that is meant; else set enableSync to false."),
    "recon-vectors, fact 60",
    {"/mappings/0/enableSync", nullptr, "false"},
};

constexpr Rule fileOfAnotherMapping {
    "HK1017",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Mapping file with another name than its mapping"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM knows the mapping in mapping-<name>.json by its own name, and "
                      "config/mapping/<name> by that of the file."),
    QT_TRANSLATE_NOOP("Rule", "Make both the same."),
    "idm-connector 6.1",
    {"#name", "mapping-other.json", "mapping-managedUser_hubspotContact.json"},
};

constexpr Rule fileNotRead {
    "HK1018",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Mapping file that community OpenIDM ignores"),
    QT_TRANSLATE_NOOP("Rule",
                      "OpenIDM 6.3.0 was seen to take config/mapping/<name> and to run nothing of "
                      "it; its mappings are in sync.json."),
    QT_TRANSLATE_NOOP("Rule", "Put the mapping into the list of sync.json."),
    "idm-rest 9.1",
    {"#name", "mapping-managedUser_hubspotContact.json", nullptr, ServerProfile::Community},
};

} // namespace mapping

namespace {

constexpr const Rule *allMappingListRules[] {
    &mapping::noMappingList,  &mapping::incomplete,           &mapping::nameTwice,
    &mapping::unsafeName,     &mapping::linksUnknown,         &mapping::linksOtherEnds,
    &mapping::linksOfLinks,   &mapping::separateLinks,        &mapping::unknownKey,
    &mapping::collectionForm, &mapping::unknownType,          &mapping::sameEnds,
    &mapping::notAFlag,       &mapping::enabledIgnored,       &mapping::syncCircle,
    &mapping::implicitSync,   &mapping::fileOfAnotherMapping, &mapping::fileNotRead,
};

} // namespace

const RuleSet &mappingListRules()
{
    static constexpr RuleSet set {allMappingListRules, [](RuleCheck &) {}};
    return set;
}

} // namespace hubkeeper
