// SPDX-License-Identifier: MIT
#include "provisioner/rules/mappingrules.h"
#include "provisioner/rules/rulecheck.h"

namespace hubkeeper {

namespace mapping {

constexpr Rule twoCorrelations {
    "HK1201",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "correlationQuery and correlationScript in one mapping"),
    QT_TRANSLATE_NOOP("Rule", "IDM takes the mapping, and every run of it breaks off."),
    QT_TRANSLATE_NOOP("Rule", "Keep one of them."),
    "recon-vectors, fact 27",
    {"/mappings/0/correlationScript", R"json({"type": "text/javascript", "source": "[]"})json",
     nullptr},
};

constexpr Rule brokenTree {
    "HK1202",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Expression tree that gives no query"),
    QT_TRANSLATE_NOOP("Rule", "IDM makes an empty filter of it, and every run breaks off."),
    QT_TRANSLATE_NOOP("Rule",
                      "Name a mapping of the list, and nest lists of attributes in {\"any\": "
                      "[...]} or {\"all\": [...]}."),
    "recon-vectors, fact 27",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "file": "ui/correlateTreeToQueryFilter.js", "mapping": "managedUser_hubspotContact", "expressionTree": {"any": []}})json",
     R"json({"type": "text/javascript", "file": "ui/correlateTreeToQueryFilter.js", "mapping": "managedUser_hubspotContact", "expressionTree": {"any": ["email"]}})json"},
};

constexpr Rule treeUnmapped {
    "HK1203",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Correlation by an attribute that the mapping does not write"),
    QT_TRANSLATE_NOOP("Rule",
                      "The tree takes its values from the properties of the mapping. Without one "
                      "it looks for the empty text, and finds what has an empty text there."),
    QT_TRANSLATE_NOOP("Rule",
                      "Add a property with this target, or correlate by another attribute."),
    "recon-vectors, fact 22",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "file": "ui/correlateTreeToQueryFilter.js", "mapping": "managedUser_hubspotContact", "expressionTree": {"any": ["phone"]}})json",
     R"json({"type": "text/javascript", "file": "ui/correlateTreeToQueryFilter.js", "mapping": "managedUser_hubspotContact", "expressionTree": {"any": ["email"]}})json"},
};

constexpr Rule treePointer {
    "HK1204",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Correlation by something inside an attribute"),
    QT_TRANSLATE_NOOP("Rule",
                      "The tree takes names as plain keys: a path with a slash finds nothing, so "
                      "it looks for the empty text."),
    QT_TRANSLATE_NOOP("Rule", "Correlate by an attribute at the top, or by a query of your own."),
    "recon-vectors, fact 22",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "file": "ui/correlateTreeToQueryFilter.js", "mapping": "managedUser_hubspotContact", "expressionTree": {"any": ["/email"]}})json",
     R"json({"type": "text/javascript", "file": "ui/correlateTreeToQueryFilter.js", "mapping": "managedUser_hubspotContact", "expressionTree": {"any": ["email"]}})json"},
};

constexpr Rule treeTakesFirst {
    "HK1205",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Correlation by another value than the one that is written"),
    QT_TRANSLATE_NOOP("Rule",
                      "Where several properties have the same target, the tree uses the first and "
                      "the write uses the last."),
    QT_TRANSLATE_NOOP("Rule", "Keep one of them."),
    "recon-vectors, fact 22",
    {"/mappings/1/properties/1/target", R"json("mail")json", R"json("givenName")json"},
};

constexpr Rule treeIgnores {
    "HK1206",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Condition or transform that correlation does not apply"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The tree applies JavaScript transforms that are given as source; it ignores Groovy, files "
        "and filter conditions, and after a false script condition it looks for the empty text."),
    QT_TRANSLATE_NOOP("Rule",
                      "Correlate by a query of your own that does the same as the property."),
    "recon-vectors, fact 22",
    {"/mappings/1/properties/0/condition", R"json("/object/email pr")json", nullptr},
};

constexpr Rule treeNumber {
    "HK1207",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Correlation by an attribute that is not a text"),
    QT_TRANSLATE_NOOP("Rule",
                      "The tree makes a text of texts only: a number fails the object, and its "
                      "match then counts as unassigned."),
    QT_TRANSLATE_NOOP("Rule", "Add a transform that makes a text of it."),
    "recon-vectors, facts 7, 22",
    {"/mappings/1/properties/0", R"json({"source": "merged-vids", "target": "mail"})json",
     R"json({"source": "email", "target": "mail"})json"},
};

constexpr Rule noCorrelation {
    "HK1208",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Objects are created without looking for them"),
    QT_TRANSLATE_NOOP("Rule",
                      "Without correlation every source object without a link counts as absent: an "
                      "object that is there already is created a second time, or refused as a "
                      "duplicate. FOUND and AMBIGUOUS never happen."),
    QT_TRANSLATE_NOOP("Rule", "Add a correlationQuery, such as one by the e-mail address."),
    "idm-connector 1.5 (a); recon-vectors, fact 61",
    {"/mappings/0/correlationQuery", nullptr,
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"})json"},
};

constexpr Rule qualifierTwice {
    "HK1209",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Two correlation queries for one link qualifier"),
    QT_TRANSLATE_NOOP("Rule", "The later one counts."),
    QT_TRANSLATE_NOOP("Rule", "Remove one of them, or give it another linkQualifier."),
    "recon-vectors, fact 27",
    {"/mappings/0/correlationQuery",
     R"json([{"type": "text/javascript", "source": "1"}, {"type": "text/javascript", "source": "2"}])json",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"})json"},
};

constexpr Rule qualifierUnasked {
    "HK1210",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule",
                      "Link qualifier without correlation query, or query without its qualifier"),
    QT_TRANSLATE_NOOP("Rule",
                      "Under a qualifier without a query every source object counts as absent; a "
                      "query for a qualifier that the mapping does not have is never asked."),
    QT_TRANSLATE_NOOP("Rule", "Give each of linkQualifiers one query."),
    "recon-vectors, facts 27, 80",
    {"/mappings/0/linkQualifiers", R"json(["default", "test"])json", R"json(["default"])json"},
};

constexpr Rule quotesBreak {
    "HK1211",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Correlation that a quote in a value breaks"),
    QT_TRANSLATE_NOOP("Rule",
                      "A value with a double quote ends the text in the filter too early: the "
                      "whole run breaks off there, and the rest is not looked at."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write JSON.stringify(value) where the query is put together, instead of "
                      "quotes around the value; of an expression tree, correlate by an attribute "
                      "that has no quotes, such as the e-mail address."),
    "recon-vectors, fact 23",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'lastname eq \"' + source.sn + '\"'})"})json",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'lastname eq ' + JSON.stringify(source.sn)})"})json"},
};

constexpr Rule neverFound {
    "HK1212",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Correlation of managed objects by free text"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The repository does not find values with an apostrophe, a backslash or a line end, though "
        "they are equal: O'Neill counts as absent and is created a second time."),
    QT_TRANSLATE_NOOP("Rule",
                      "Correlate by an attribute without such characters, such as the e-mail "
                      "address or userName."),
    "recon-vectors, fact 23",
    {"/mappings/1/correlationQuery",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'sn eq ' + JSON.stringify(source.lastname)})"})json",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'mail eq ' + JSON.stringify(source.email)})"})json"},
};

constexpr Rule searchUnknown {
    "HK1213",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Search by an attribute that the target does not have"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The search of every source object fails, and its match then counts as unassigned."),
    QT_TRANSLATE_NOOP("Rule", "Search by an attribute of the object type."),
    "recon-vectors, facts 7, 24",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'nickname eq ' + JSON.stringify(source.sn)})"})json",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"})json"},
};

constexpr Rule presenceMatchesAll {
    "HK1214",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Search for the presence of a value"),
    QT_TRANSLATE_NOOP("Rule",
                      "Without the filtered results handler pr reaches the connector as no filter "
                      "at all: every object matches."),
    QT_TRANSLATE_NOOP("Rule", "Compare with a value."),
    "recon-vectors, fact 24; idm-rest 9.3",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email pr'})"})json",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"})json"},
};

constexpr Rule notSearchable {
    "HK1215",
    Severity::Warning,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Search that HubSpot cannot answer exactly"),
    QT_TRANSLATE_NOOP("Rule",
                      "HubSpot's search knows equality of texts, not parts of them, and phone "
                      "numbers and lists only as present or not: all objects are read for each "
                      "source object, or matches are missed."),
    QT_TRANSLATE_NOOP("Rule", "Search by equality with an attribute such as the e-mail address."),
    "idm-connector 3.2",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'phone eq ' + JSON.stringify(source.telephoneNumber)})"})json",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"})json"},
};

constexpr Rule operatorUnknown {
    "HK1216",
    Severity::Error,
    RuleStage::Mappings,
    QT_TRANSLATE_NOOP("Rule", "Search with an operator that IDM refuses"),
    QT_TRANSLATE_NOOP("Rule",
                      "ne is refused by connectors and repository, in and regular expressions too: "
                      "the search of every source object fails."),
    QT_TRANSLATE_NOOP("Rule", "Write !(field eq value), or several eq joined by or."),
    "recon-vectors, fact 24; idm-rest 9.3",
    {"/mappings/0/correlationQuery",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email ne ' + JSON.stringify(source.mail)})"})json",
     R"json({"type": "text/javascript", "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"})json"},
};

} // namespace mapping

namespace {

constexpr const Rule *allMappingCorrelationRules[] {
    &mapping::twoCorrelations,  &mapping::brokenTree,         &mapping::treeUnmapped,
    &mapping::treePointer,      &mapping::treeTakesFirst,     &mapping::treeIgnores,
    &mapping::treeNumber,       &mapping::noCorrelation,      &mapping::qualifierTwice,
    &mapping::qualifierUnasked, &mapping::quotesBreak,        &mapping::neverFound,
    &mapping::searchUnknown,    &mapping::presenceMatchesAll, &mapping::notSearchable,
    &mapping::operatorUnknown,
};

} // namespace

const RuleSet &mappingCorrelationRules()
{
    static constexpr RuleSet set {allMappingCorrelationRules, [](RuleCheck &) {}};
    return set;
}

} // namespace hubkeeper
