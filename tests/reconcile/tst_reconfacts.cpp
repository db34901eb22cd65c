// SPDX-License-Identifier: MIT
#include "factset.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What the server was seen to do with whole objects: situations, actions, links, runs.
class ReconFactsTest final : public QObject
{
    Q_OBJECT

private slots:
    void situations_data();
    void situations() { compareFacts(outcomeOf); }
    void correlation_data();
    void correlation() { compareFacts(outcomeOf); }
    void actions_data();
    void actions() { compareFacts(outcomeOf); }
    void links_data();
    void links() { compareFacts(outcomeOf); }
};

void ReconFactsTest::situations_data()
{
    factColumns();
    factRow("1: the same without prefetched links",
            {.mapping = byMail + R"(,"prefetchLinks":false)", .links = "u1-101"},
            "u1>101 CONFIRMED UPDATE; u2>new ABSENT CREATE", "u1-101 u2-new");
    factRow(
        "5: no condition is asked where validSource is false",
        {.mapping = byMail + script("validSource", "false") + script("sourceCondition", "throw 1")},
        "u1> UNQUALIFIED DELETE; u2> SOURCE_IGNORED REPORT", "", "DELETE 101 {}");
    factRow("6: an ambiguous target is taken off the target phase",
            {.mapping = byMail,
             .contacts = list({contact("101", "a@x.org"), contact("102", "a@x.org")})},
            "u1>101+102 AMBIGUOUS EXCEPTION; u2>new ABSENT CREATE");
    factRow(
        "7: a source that failed early does not take its target off",
        {.mapping =
             policies({policy("UNASSIGNED", "DELETE"), ignoresAbsent})
             + script(
                 "correlationQuery",
                 "if (source.userName == 'u1') throw 1; ({_queryFilter: 'email eq \\\"z\\\"'})")},
        "u1> - - !; u2> ABSENT IGNORE; T >101 UNASSIGNED DELETE", "", "DELETE 101 {}");
    factRow("7: but its linked target is",
            {.mapping = script("validSource", "if (source.userName == 'u1') throw 1; true")
                 + policies({policy("UNASSIGNED", "DELETE"), ignoresAbsent}),
             .links = "u1-101"},
            "u1>101 - - !; u2> ABSENT IGNORE", "u1-101", "");
    factRow("7: and that of an action script that fails",
            {.mapping = policies(
                 {policy("CONFIRMED", throws), policy("UNASSIGNED", "DELETE"), ignoresAbsent}),
             .links = "u1-101"},
            "u1>101 CONFIRMED UPDATE !; u2> ABSENT IGNORE", "u1-101", "");
    factRow("8: confirmed under one qualifier, deleted under the next, and the link stays",
            {.mapping = R"(,"linkQualifiers":["default","test"],"sourceQuery":{"_queryFilter":
             "userName eq \"u2\""})"
                 + policies({policy("UNASSIGNED", "DELETE"), ignoresAbsent}),
             .links = "u1-101"},
            "u2> ABSENT IGNORE; test:u2> ABSENT IGNORE; T u1>101 CONFIRMED UPDATE; "
            "T test:>101 UNASSIGNED DELETE",
            "u1-101");
    factRow("10: a target query narrows what exists",
            {.mapping = byMail + R"(,"targetQuery":{"_queryFilter":"email eq \"c@x.org\""})",
             .links = "u1-101",
             .contacts = list({contact("101", "a@x.org"), contact("102", "b@x.org"),
                               contact("103", "c@x.org")})},
            "u1>101 MISSING EXCEPTION; u2>102 FOUND UPDATE; T >103 UNASSIGNED EXCEPTION",
            "u1-101 u2-102");
    factRow("10: one that finds nothing counts as an empty target",
            {.mapping = byMail + R"(,"targetQuery":{"_queryFilter":"email eq \"z\""})"
                 + policies({ignoresAbsent})},
            "u1> ABSENT IGNORE; u2> ABSENT IGNORE");
    factRow("11: nothing is correlated with an empty target",
            {.mapping = script("correlationScript", "[{_id: 'x'}]") + policies({ignoresAbsent}),
             .contacts = "[]"},
            "u1> ABSENT IGNORE; u2> ABSENT IGNORE");
    factRow("11: unless the target phase does not run",
            {.mapping = script("correlationScript", "[{_id: source.userName}]")
                 + R"(,"runTargetPhase":false)",
             .contacts = "[]"},
            "u1> FOUND UPDATE; u2> FOUND UPDATE", "u1-u1 u2-u2", "");
    factRow("12: two sources want one target",
            {.mapping = byMail, .users = list({user("u1", "a@x.org"), user("u2", "a@x.org")})},
            "u1>101 FOUND UPDATE; u2>101 FOUND_ALREADY_LINKED EXCEPTION", "u1-101");
    factRow("38: unknown members change nothing",
            {.mapping = byMail + R"(,"enabled":false,"displayName":"M","consentRequired":true)"},
            "u1>101 FOUND UPDATE; u2>new ABSENT CREATE");
    factRow("39: a mapping without properties works", {.mapping = byMail + R"(,"properties":[])"},
            "u1>101 FOUND UPDATE; u2> ABSENT CREATE !", "u1-101", "");
}

void ReconFactsTest::correlation_data()
{
    factColumns();
    factRow(
        "21: a tree looks for the empty text where the source has nothing",
        {.mapping = byTree + policies({policy("FOUND", "REPORT")}),
         .users = list({R"({"_id":"u1","_rev":"1","userName":"u1","mail":"a@x.org"})",
                        R"({"_id":"u2","_rev":"1","userName":"u2","mail":"b@x.org","sn":null})"}),
         .contacts = list({contact("101", "a@x.org", R"(,"lastname":"")")})},
        "u1>101 FOUND REPORT; u2>101 FOUND REPORT");
    factRow(
        "23: a double quote breaks the run off",
        {.mapping = byTree, .users = list({R"({"_id":"u1","_rev":"1","userName":"u1","sn":"A\"B",
            "mail":"a@x.org"})"})},
        "BROKEN");
    factRow("23: an apostrophe is found in a connector",
            {.mapping = byTree,
             .users = list({R"({"_id":"u1","_rev":"1","userName":"u1","sn":"O'N",
            "mail":"a@x.org"})"}),
             .contacts = list({contact("101", "a@x.org", R"(,"lastname":"O'N")")})},
            "u1>101 FOUND UPDATE");
    factRow("23: and never among managed objects: a second one is made",
            {.mapping = byUserMail,
             .toManaged = true,
             .users = list({user("u1", "o'n@x.org")}),
             .contacts = list({contact("101", "o'n@x.org", R"(,"firstname":"F","lastname":"L")")})},
            "101>new ABSENT CREATE; T >u1 UNASSIGNED EXCEPTION", "101-new");
    factRow("24: a filter of what is not compared matches everything",
            {.mapping = script("correlationQuery", "({_queryFilter: 'phone pr'})"),
             .users = list({user("u1", "a@x.org")})},
            "u1>101 FOUND UPDATE");
    for (const char *filter : {"!(phone pr)", "phone pr or email eq \\\"z\\\"",
                               "!(phone pr and email eq \\\"a@x.org\\\")"})
        factRow(filter,
                {.mapping =
                     script("correlationQuery", QByteArray("({_queryFilter: '") + filter + "'})"),
                 .users = list({user("u1", "a@x.org")})},
                "u1>101 FOUND UPDATE");
    factRow("24: but what stands beside it is compared",
            {.mapping = script("correlationQuery",
                               R"(({_queryFilter: '!(phone pr or email eq \"a@x.org\")'}))"),
             .users = list({user("u1", "b@x.org")}),
             .contacts = list({contact("101", "a@x.org"), contact("102", "c@x.org")})},
            "u1>102 FOUND UPDATE; T >101 UNASSIGNED EXCEPTION");
    factRow("24: no object without a known query id",
            {.mapping = script("correlationQuery", "({_queryId: 'nobody-knows'})"),
             .users = list({user("u1", "a@x.org")})},
            "u1> - - !; T >101 UNASSIGNED EXCEPTION");
    factRow("24: null instead of a query breaks the run off",
            {.mapping = script("correlationQuery", "null")}, "BROKEN");
    factRow("25: the same id twice is ambiguous",
            {.mapping = script("correlationScript", "[{_id: '101'}, {_id: '101'}]"),
             .users = list({user("u1", "a@x.org")})},
            "u1>101+101 AMBIGUOUS EXCEPTION");
    factRow("26: comparison is exact",
            {.mapping = byMail + policies({ignoresAbsent, policy("UNASSIGNED", "IGNORE")}),
             .users = list({user("u1", "A@x.org"), user("u2", "a@x.org "), user("u3", "a@x.org")})},
            "u1> ABSENT IGNORE; u2> ABSENT IGNORE; u3>101 FOUND UPDATE");
    factRow("27: a tree of an unknown operator breaks the run off",
            {.mapping = R"(,"correlationQuery":{"type":"text/javascript","mapping":"m",
            "file":"ui/correlateTreeToQueryFilter.js","expressionTree":{"none":["lastname"]}})"},
            "BROKEN");
    factRow(
        "27: a qualifier without a query finds nothing",
        {.mapping = byMail + R"(,"linkQualifiers":["default","test"])" + policies({ignoresAbsent}),
         .users = list({user("u1", "a@x.org")})},
        "u1>101 FOUND UPDATE; test:u1> ABSENT IGNORE");
}

void ReconFactsTest::actions_data()
{
    factColumns();
    factRow("16: postAction after a deletion, and its throwing is a failure",
            {.mapping = byMail
                 + policies({policy("FOUND", "DELETE", script("postAction", "throw 1")),
                             ignoresAbsent})},
            "u1> FOUND DELETE !; u2> ABSENT IGNORE", "", "DELETE 101 {}");
    factRow("16: none after IGNORE",
            {.mapping = byMail
                 + policies({policy("FOUND", "IGNORE", script("postAction", "throw 1")),
                             ignoresAbsent})},
            "u1>101 FOUND IGNORE; u2> ABSENT IGNORE");
    factRow(
        "17: a filter on the source is false for an unassigned target",
        {.mapping = policies(
             {ignoresAbsent, policy("UNASSIGNED", "DELETE", R"(,"condition":"/object/sn pr")")})},
        "u1> ABSENT IGNORE; u2> ABSENT IGNORE; T >101 UNASSIGNED EXCEPTION", "", "");
    factRow("17: one on the link qualifier is not",
            {.mapping = policies({ignoresAbsent,
                                  policy("UNASSIGNED", "DELETE",
                                         R"(,"condition":"/linkQualifier eq \"default\"")")})},
            "u1> ABSENT IGNORE; u2> ABSENT IGNORE; T >101 UNASSIGNED DELETE");
    factRow("18: one without a condition hides all later ones",
            {.mapping = policies(
                 {ignoresAbsent, policy("ABSENT", "CREATE"), policy("UNASSIGNED", "REPORT")})},
            "u1> ABSENT IGNORE; u2> ABSENT IGNORE; T >101 UNASSIGNED REPORT");
    factRow("19: an unassigned target whose action fails is a success to the server",
            {.mapping = policies({ignoresAbsent, policy("UNASSIGNED", throws)})},
            "u1> ABSENT IGNORE; u2> ABSENT IGNORE; T >101 UNASSIGNED EXCEPTION");
    factRow("20: validSource that gives no boolean fails the object",
            {.mapping = script("validSource", "1")},
            "u1> - - !; u2> - - !; T >101 UNASSIGNED EXCEPTION");
    factRow("DELETE of another source's target leaves that one's link",
            {.mapping = byMail
                 + policies({policy("FOUND_ALREADY_LINKED", "DELETE"), ignoresAbsent,
                             policy("MISSING", "IGNORE")}),
             .links = "u9-101"},
            "u1> FOUND_ALREADY_LINKED DELETE; u2> ABSENT IGNORE", "u9-101", "DELETE 101 {}");
    factRow("DELETE of what is missing removes the link",
            {.mapping = policies({policy("MISSING", "DELETE"), ignoresAbsent}), .links = "u1-999"},
            "u1> MISSING DELETE; u2> ABSENT IGNORE; T >101 UNASSIGNED EXCEPTION", "");
    factRow("CREATE of what is missing moves the link",
            {.mapping = policies({policy("MISSING", "CREATE"), ignoresAbsent}),
             .links = "u1-999",
             .contacts = "[]"},
            "u1>new MISSING CREATE; u2> ABSENT IGNORE", "u1-new");
    factRow(
        "CREATE although the source is not valid",
        {.mapping = script("validSource", "false") + policies({policy("SOURCE_IGNORED", "CREATE")}),
         .users = list({user("u1", "n@x.org")})},
        "u1>new SOURCE_IGNORED CREATE; T >101 UNASSIGNED EXCEPTION", "u1-new");
    factRow("LINK of a target without source leaves half a link",
            {.mapping = policies({policy("UNASSIGNED", "LINK"), ignoresAbsent})},
            "u1> ABSENT IGNORE; u2> ABSENT IGNORE; T >101 UNASSIGNED LINK !", "null-101", "");
    factRow("which breaks the next run off",
            {.mapping = policies({policy("UNASSIGNED", "LINK"), ignoresAbsent}), .runs = 2},
            "BROKEN", "null-101");
    factRow("UNLINK lets the next run find it again",
            {.mapping = byMail + policies({policy("CONFIRMED", "UNLINK"), ignoresAbsent}),
             .links = "u1-101",
             .runs = 2},
            "u1>101 FOUND UPDATE; u2> ABSENT IGNORE", "u1-101");
    factRow("UPDATE of what is missing does nothing",
            {.mapping = policies({policy("MISSING", "UPDATE"), ignoresAbsent}),
             .links = "u1-999",
             .contacts = "[]"},
            "u1> MISSING UPDATE; u2> ABSENT IGNORE", "u1-999", "");
    factRow(
        "37: a failed update has made its link",
        {.mapping = byMail + R"(,"properties":[{"source":"mail","target":"email"},{"source":"sn",
            "target":"lastname","transform":{"type":"text/javascript","source":"throw 1"}}])"},
        "u1>101 FOUND UPDATE !; u2> ABSENT CREATE !", "u1-101", "");
    factRow("37: so has one that the system refuses",
            {.mapping = byMail, .users = list({R"({"_id":"u1","_rev":"1","userName":"u1","sn":"x-1",
            "mail":"a@x.org"})"})},
            "u1>101 FOUND UPDATE !", "u1-101");
}

void ReconFactsTest::links_data()
{
    factColumns();
    const QByteArray reversed = R"(,{"name":"other","source":"system/hubspot/contact",
        "target":"managed/user","enableSync":false,"properties":[]})";
    factRow(
        "40: a reverse mapping swaps the ends",
        {.mapping = byMail + R"(,"links":"other")" + policies({ignoresAbsent}), .others = reversed},
        "u1>101 FOUND UPDATE; u2> ABSENT IGNORE", "other/101-u1");
    factRow("40: and reads them so",
            {.mapping = R"(,"links":"other")" + policies({ignoresAbsent}),
             .links = "other/101-u1",
             .others = reversed},
            "u1>101 CONFIRMED UPDATE; u2> ABSENT IGNORE", "other/101-u1");
    factRow("41: links of nobody take all mappings away", {.mapping = R"(,"links":"nobody")"},
            "BROKEN");
    factRow("40: other qualifiers and types are not seen",
            {.mapping = byMail + policies({ignoresAbsent}), .links = "test:u1-101 M/u1-101"},
            "u1>101 FOUND UPDATE; u2> ABSENT IGNORE", "M/u1-101 test:u1-101 u1-101");
    factRow("42: ids are lowered where their case does not count",
            {.mapping = byMail + R"(,"sourceIdsCaseSensitive":false)" + policies({ignoresAbsent}),
             .users = list({user("U1", "a@x.org")})},
            "U1>101 FOUND UPDATE", "u1-101");
    factRow("44: a missing target that is ignored keeps its link",
            {.mapping = policies({policy("MISSING", "IGNORE"), ignoresAbsent}),
             .links = "u1-999",
             .contacts = "[]"},
            "u1> MISSING IGNORE; u2> ABSENT IGNORE", "u1-999");
    factRow("14: a link whose source is gone keeps its target, and UNLINK does nothing",
            {.mapping = byMail
                 + policies({policy("FOUND_ALREADY_LINKED", "UNLINK"), ignoresAbsent,
                             policy("SOURCE_MISSING", "UNLINK")}),
             .links = "gone-101"},
            "u1>101 FOUND_ALREADY_LINKED UNLINK; u2> ABSENT IGNORE", "gone-101");
    factRow("43: without linking nothing is linked",
            {.mapping = byMail + R"(,"enableLinking":false)" + policies({ignoresAbsent})},
            "u1>101 FOUND UPDATE; u2> ABSENT IGNORE", "");
}

HUBKEEPER_TEST(ReconFactsTest)
#include "tst_reconfacts.moc"
