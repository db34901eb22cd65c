// SPDX-License-Identifier: MIT
#include "provisioner/rules/mappingrules.h"
#include "provisioner/rules/rulecheck.h"

namespace hubkeeper {

namespace mapping {

constexpr Rule noTarget {
    "HK1101",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Property without target"),
    QT_TRANSLATE_NOOP("Rule", "IDM takes the mapping, and every run of it breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Add target, the name of the attribute that is written."),
    "recon-vectors, fact 39",
    {"/mappings/0/properties/0", R"json({"source": "mail"})json",
     R"json({"source": "mail", "target": "email"})json"},
};

constexpr Rule badCondition {
    "HK1102",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Condition that cannot be read"),
    QT_TRANSLATE_NOOP("Rule",
                      "A condition is a filter in a text, or a script as an object with type. IDM "
                      "takes the mapping, and every run of it breaks off."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Correct the filter, or write {\"type\": \"text/javascript\", \"source\": \"...\"}."),
    "recon-vectors, fact 39",
    {"/mappings/0/properties/0/condition", R"json("/object/city eq")json",
     R"json("/object/city eq \"Berlin\"")json"},
};

constexpr Rule notAScript {
    "HK1103",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Something else where a script has to be"),
    QT_TRANSLATE_NOOP("Rule",
                      "A script is an object with type and source or file. IDM takes the mapping, "
                      "and every run of it breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Write {\"type\": \"text/javascript\", \"source\": \"...\"}."),
    "recon-vectors, fact 39",
    {"/mappings/0/validSource", "false",
     R"json({"type": "text/javascript", "source": "source.mail != null"})json"},
};

constexpr Rule doesNotCompile {
    "HK1104",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Script that cannot be read"),
    QT_TRANSLATE_NOOP("Rule", "IDM takes the mapping, and every run of it breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Correct the script."),
    "recon-vectors, fact 39",
    {"/mappings/0/properties/0/transform",
     R"json({"type": "text/javascript", "source": "source.toLowerCase("})json",
     R"json({"type": "text/javascript", "source": "source.toLowerCase()"})json"},
};

constexpr Rule notChecked {
    "HK1105",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Script that was not checked"),
    QT_TRANSLATE_NOOP("Rule",
                      "What it does depends on the server: on a file there, on its Groovy, or on "
                      "JavaScript that only the server reads."),
    QT_TRANSLATE_NOOP("Rule", "Try it on a test server."),
    "idm-connector 6.5",
    {"/mappings/0/properties/0/transform",
     R"json({"type": "groovy", "source": "source.toLowerCase()"})json",
     R"json({"type": "text/javascript", "source": "source.toLowerCase()"})json"},
};

constexpr Rule unknownLanguage {
    "HK1106",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Script in a language that IDM does not come with"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM runs text/javascript and groovy; a script of another type fails wherever it is used."),
    QT_TRANSLATE_NOOP("Rule", "Write text/javascript or groovy as its type."),
    "idm-connector 6.1",
    {"/mappings/0/properties/0/transform", R"json({"type": "python", "source": "source"})json",
     R"json({"type": "text/javascript", "source": "source"})json"},
};

constexpr Rule unknownTarget {
    "HK1107",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Attribute that the target does not have"),
    QT_TRANSLATE_NOOP("Rule",
                      "Every object fails with \"Target does not support attribute\", even where "
                      "the value is null."),
    QT_TRANSLATE_NOOP("Rule",
                      "Name an attribute of the object type, or declare it in the provisioner."),
    "recon-vectors, fact 34",
    {"/mappings/0/properties/1/target", R"json("firstnam")json", R"json("firstname")json"},
    true,
};

constexpr Rule unknownSource {
    "HK1108",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Attribute that the source does not have"),
    QT_TRANSLATE_NOOP("Rule", "Nothing is read there, so the default is written, or null."),
    QT_TRANSLATE_NOOP("Rule", "Name an attribute of the source."),
    "recon-vectors, facts 28, 30",
    {"/mappings/1/properties/1/source", R"json("first_name")json", R"json("firstname")json"},
    true,
};

constexpr Rule readOnlyTarget {
    "HK1109",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Target that the connector does not write"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM leaves the attribute out of what it sends without a word, and sends the "
                      "object again in every run, since the difference stays."),
    QT_TRANSLATE_NOOP("Rule", "Remove the property."),
    "recon-vectors, fact 32",
    {"/mappings/0/properties/1/target", R"json("profile-url")json", R"json("firstname")json"},
};

constexpr Rule idOfConnector {
    "HK1110",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Property that writes _id of a connector object"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector chooses the id: every create with one fails, and so does an "
                      "update with another id, after the link was made."),
    QT_TRANSLATE_NOOP("Rule", "Remove the property."),
    "recon-vectors, fact 35",
    {"/mappings/0/properties/1/target", R"json("_id")json", R"json("firstname")json"},
};

constexpr Rule targetTwice {
    "HK1111",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Two properties with one target"),
    QT_TRANSLATE_NOOP("Rule",
                      "The later one wins, also with null; what the earlier one wrote is lost."),
    QT_TRANSLATE_NOOP("Rule", "Remove one of them, or give both a condition."),
    "recon-vectors, fact 36; idm-connector 1.5 (c)",
    {"/mappings/0/properties/1/target", R"json("lastname")json", R"json("firstname")json"},
};

constexpr Rule pointerEscape {
    "HK1112",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Pointer with ~0 or ~1"),
    QT_TRANSLATE_NOOP("Rule", "IDM knows percent escapes here: ~1 is the two characters ~ and 1."),
    QT_TRANSLATE_NOOP("Rule", "Write %2F for a slash in a name; ~ stands for itself."),
    "recon-vectors, fact 29",
    {"/mappings/1/properties/1/target", R"json("given~1Name")json", R"json("givenName")json"},
    true,
};

constexpr Rule alwaysNull {
    "HK1113",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Property without source, transform and default"),
    QT_TRANSLATE_NOOP("Rule", "It writes null into every target."),
    QT_TRANSLATE_NOOP("Rule", "Add source or default, or remove the property."),
    "recon-vectors, fact 28",
    {"/mappings/0/properties/1", R"json({"target": "firstname"})json",
     R"json({"target": "firstname", "default": "Customer"})json"},
};

constexpr Rule wholeObject {
    "HK1114",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Property whose source is the whole object"),
    QT_TRANSLATE_NOOP("Rule",
                      "An empty source is the whole source object: a connector refuses it, a "
                      "managed object stores all of it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Name an attribute, add a transform that picks from the object, or leave "
                      "source out for a constant."),
    "recon-vectors, fact 34",
    {"/mappings/0/properties/1/source", R"json("")json", R"json("givenName")json"},
};

constexpr Rule writtenForEver {
    "HK1115",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Values that are written in every run"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Where the source has no value, null is put on the target. To IDM null and no value "
        "differ, so the connector is sent an update in every run, for ever."),
    QT_TRANSLATE_NOOP("Rule", "Add a condition that the source has a value, or a default."),
    "recon-vectors, fact 30",
    {"/mappings/0/properties/1", R"json({"source": "telephoneNumber", "target": "phone"})json",
     R"json({"source": "telephoneNumber", "target": "phone", "condition": "/object/telephoneNumber pr"})json"},
};

constexpr Rule nullRefused {
    "HK1116",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Value that may be missing for an attribute that must have one"),
    QT_TRANSLATE_NOOP("Rule",
                      "Where the source has no value, null is put there, and the managed object's "
                      "schema refuses the whole object (\"Policy validation failed\", without "
                      "saying which). It is neither created nor updated."),
    QT_TRANSLATE_NOOP("Rule",
                      "Add a condition that the source has a value, or a default; exclude objects "
                      "that lack a required value by validSource."),
    "recon-vectors, fact 31; idm-connector 1.5 (b)",
    {"/mappings/1/validSource", nullptr,
     R"json({"type": "text/javascript", "source": "source.email != null && source.firstname != null && source.lastname != null"})json"},
};

constexpr Rule requiredMissing {
    "HK1117",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Required attribute that the mapping does not write"),
    QT_TRANSLATE_NOOP("Rule",
                      "An object that is created has no value there, so the target refuses it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Map the attribute, or do not create objects by this mapping (ABSENT)."),
    "recon-vectors, fact 31; idm-connector 1.4",
    {"/mappings/1/properties/3", nullptr, R"json({"source": "email", "target": "userName"})json"},
};

constexpr Rule userNameShared {
    "HK1118",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "userName from an attribute that several people share"),
    QT_TRANSLATE_NOOP("Rule",
                      "userName is unique: of two people with the same value one user is created, "
                      "and which one is chance; the other fails."),
    QT_TRANSLATE_NOOP("Rule", "Map userName from an attribute that is unique, such as email."),
    "recon-vectors, fact 61; idm-connector 1.5 (b)",
    {"/mappings/1/properties/3/source", R"json("lastname")json", R"json("email")json"},
};

constexpr Rule typesDiffer {
    "HK1119",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Attributes of different types"),
    QT_TRANSLATE_NOOP("Rule",
                      "Values are compared as JSON, where \"5\" and 5 or \"a\" and [\"a\"] differ: "
                      "the target is written in every run, or refuses what it cannot convert."),
    QT_TRANSLATE_NOOP("Rule", "Convert it by a transform."),
    "recon-vectors, fact 33",
    {"/mappings/0/properties/1/target", R"json("merge-audits")json", R"json("firstname")json"},
};

constexpr Rule noProperties {
    "HK1120",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Mapping without properties"),
    QT_TRANSLATE_NOOP("Rule", "Targets are created empty, and never changed."),
    QT_TRANSLATE_NOOP("Rule", "Nothing, if only links are wanted; else add properties."),
    "recon-vectors, fact 39",
    {"/mappings/0/properties", "[]",
     R"json([{"source": "mail", "target": "email"}, {"source": "sn", "target": "lastname"}])json"},
};

constexpr Rule filterFindsNothing {
    "HK1121",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Filter on something that is not there"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The filter is asked of an object with other members, so what it compares is never there."),
    QT_TRANSLATE_NOOP("Rule",
                      "Begin it as its place wants: /source/... in sourceCondition, /object/... in "
                      "policies, /object/... or /target/... in properties."),
    "recon-vectors, facts 5, 17",
    {"/mappings/0/sourceCondition", R"json("city eq \"Berlin\"")json",
     R"json("/source/city eq \"Berlin\"")json"},
};

constexpr Rule runAsIgnored {
    "HK1122",
    Severity::Info,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "runAs, which has no effect"),
    QT_TRANSLATE_NOOP("Rule", "OpenIDM 6.3.0 was seen to run the script as it runs any other."),
    QT_TRANSLATE_NOOP("Rule", "Remove it."),
    "recon-vectors, fact 38",
    {"/mappings/0/properties/0/transform",
     R"json({"type": "text/javascript", "source": "source", "runAs": "openidm-admin"})json",
     R"json({"type": "text/javascript", "source": "source"})json"},
};

constexpr Rule unknownManaged {
    "HK1123",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Attribute that the schema of the managed object does not have"),
    QT_TRANSLATE_NOOP("Rule",
                      "The managed object stores the value, but no page of IDM shows it, no policy "
                      "checks it, and a repository with a table of its own for these objects may "
                      "drop it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Correct the spelling, or add the attribute to the schema in managed.json."),
    "idm-connector 6.1",
    {"/mappings/1/properties/1/target", R"json("givenname")json", R"json("givenName")json"},
    true,
};

} // namespace mapping

namespace {

constexpr const Rule *allMappingPropertyRules[] {
    &mapping::noTarget,       &mapping::badCondition,    &mapping::notAScript,
    &mapping::doesNotCompile, &mapping::notChecked,      &mapping::unknownLanguage,
    &mapping::unknownTarget,  &mapping::unknownSource,   &mapping::readOnlyTarget,
    &mapping::idOfConnector,  &mapping::targetTwice,     &mapping::pointerEscape,
    &mapping::alwaysNull,     &mapping::wholeObject,     &mapping::writtenForEver,
    &mapping::nullRefused,    &mapping::requiredMissing, &mapping::userNameShared,
    &mapping::typesDiffer,    &mapping::noProperties,    &mapping::filterFindsNothing,
    &mapping::runAsIgnored,   &mapping::unknownManaged,
};

} // namespace

const RuleSet &mappingPropertyRules()
{
    static constexpr RuleSet set {allMappingPropertyRules, [](RuleCheck &) {}};
    return set;
}

} // namespace hubkeeper
