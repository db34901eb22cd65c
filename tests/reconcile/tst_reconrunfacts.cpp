// SPDX-License-Identifier: MIT
#include "factset.h"
#include "testkit/testprogram.h"

#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What the server was seen to do in hooks, with the parameters of a run, and when a source object
/// is deleted.
class ReconRunFactsTest final : public QObject
{
    Q_OBJECT

private slots:
    void hooks_data();
    void hooks() { compareFacts(outcomeOf); }
    void runs_data();
    void runs() { compareFacts(outcomeOf); }
    void deletions_data();
    void deletions();
    void values_data();
    void values() { compareFacts(outcomeOf); }
    void types_data();
    void types();
    void pointers_data();
    void pointers();
    void keepsLastSync_data();
    void keepsLastSync();
};

void ReconRunFactsTest::hooks_data()
{
    factColumns();
    const QByteArray undo = "target.lastname = oldTarget.lastname; target.email = oldTarget.email";
    factRow("46: onUpdate undoes the difference, and nothing is sent",
            {.mapping = byMail + script("onUpdate", undo) + policies({ignoresAbsent})},
            "u1>101 FOUND UPDATE; u2> ABSENT IGNORE", "u1-101", "");
    factRow(
        "46: what onLink changes is sent",
        {.mapping = byMail + script("onLink", "target.phone = '1'") + policies({ignoresAbsent})},
        "u1>101 FOUND UPDATE; u2> ABSENT IGNORE", "u1-101",
        R"(UPDATE 101 {"email":["a@x.org"],"lastname":["Eins"],"phone":["1"]})");
    factRow("46: but not with LINK",
            {.mapping = byMail + script("onLink", "target.phone = '1'")
                 + policies({ignoresAbsent, policy("FOUND", "LINK")})},
            "u1>101 FOUND LINK; u2> ABSENT IGNORE", "u1-101", "");
    factRow("46: onCreate changes what is created",
            {.mapping = script("onCreate", "target.phone = String(targetId)"),
             .users = list({user("u1", "n@x.org")}),
             .contacts = "[]"},
            "u1>new ABSENT CREATE", "u1-new",
            R"(CREATE  {"email":["n@x.org"],"lastname":["S"],"phone":["null"]})");
    factRow("47: onDelete that throws keeps target and link",
            {.mapping = script("onDelete", "throw 1")
                 + policies({policy("CONFIRMED", "DELETE"), ignoresAbsent}),
             .links = "u1-101"},
            "u1>101 CONFIRMED DELETE !; u2> ABSENT IGNORE", "u1-101", "");
    factRow("47: onUnlink that throws keeps the link alone",
            {.mapping = script("onUnlink", "throw 1")
                 + policies({policy("CONFIRMED", "DELETE"), ignoresAbsent}),
             .links = "u1-101"},
            "u1> CONFIRMED DELETE !; u2> ABSENT IGNORE", "u1-101", "DELETE 101 {}");
    factRow("45: onLink that throws after CREATE leaves a target without link",
            {.mapping = script("onLink", "throw 1"),
             .users = list({user("u1", "n@x.org")}),
             .contacts = "[]"},
            "u1>new ABSENT CREATE !", "");
}

void ReconRunFactsTest::runs_data()
{
    factColumns();
    factRow("50: an empty source breaks the run off", {.users = "[]"}, "BROKEN");
    factRow("50: also when a query is the reason",
            {.mapping = R"(,"sourceQuery":{"_queryFilter":"userName eq \"z\""})"}, "BROKEN");
    factRow("50: the body wins over the mapping",
            {.mapping = policies({ignoresAbsent}) + R"(,"runTargetPhase":true)",
             .body = R"({"runTargetPhase":false,
            "sourceQuery":{"_queryFilter":"userName eq \"u2\""}})"},
            "u2> ABSENT IGNORE");
    factRow("50: both ways",
            {.mapping = R"(,"allowEmptySourceSet":true)",
             .users = "[]",
             .body = R"({"allowEmptySourceSet":false})"},
            "BROKEN");
    factRow("51: of one id there is no target phase",
            {.mapping = policies({ignoresAbsent}), .id = "u2"}, "u2> ABSENT IGNORE");
    factRow("51: unless the mapping says so",
            {.mapping = policies({ignoresAbsent}) + R"(,"runTargetPhase":true)", .id = "u2"},
            "u2> ABSENT IGNORE; T >101 UNASSIGNED EXCEPTION");
    factRow("52: an id that is gone but linked", {.links = "gone-101", .id = "gone"},
            "gone>101 CONFIRMED UPDATE !", "gone-101", "");
    factRow("52: and one that is not", {.id = "gone"}, "gone> - - !");
    factRow(
        "53: a query of ids that counts as full wipes the target",
        {.mapping = R"(,"sourceQueryFullEntry":true,"sourceQuery":{"_queryId":"query-all-ids"})",
         .links = "u1-101",
         .users = list({user("u1", "a@x.org")})},
        "u1>101 CONFIRMED UPDATE !", "u1-101");
    factRow("54: a filter without underscore works",
            {.mapping = policies({ignoresAbsent})
                 + R"(,"runTargetPhase":false,"sourceQuery":{"queryFilter":
            "userName eq \"u2\""})"},
            "u2> ABSENT IGNORE");
    factRow("55: a failure sticks to the qualifiers that follow",
            {.mapping = R"(,"linkQualifiers":["default","test"],"runTargetPhase":false)"
                 + script("validSource", "if (linkQualifier == 'default') throw 1; true")
                 + policies({ignoresAbsent}),
             .users = list({user("u1", "a@x.org")})},
            "u1> - - !; test:u1> ABSENT IGNORE !");
    factRow("56: users in the order of their creation",
            {.mapping = policies({ignoresAbsent}) + R"(,"runTargetPhase":false)",
             .users = list({user("z", "z@x.org"), user("a", "a@x.org")})},
            "z> ABSENT IGNORE; a> ABSENT IGNORE");
}

void ReconRunFactsTest::deletions_data()
{
    factColumns();
    const auto all = [](const QByteArray &action) {
        QByteArrayList list;
        for (const char *situation : {"SOURCE_MISSING", "LINK_ONLY", "ALL_GONE", "UNASSIGNED",
                                      "AMBIGUOUS", "TARGET_IGNORED", "UNQUALIFIED"})
            list.append(policy(situation, action));
        return byMail + R"(,"enableSync":true)" + policies(list);
    };
    const QByteArray twice = list({contact("101", "a@x.org"), contact("102", "a@x.org")});
    factRow("15: linked", {.mapping = all("DELETE"), .links = "u1-101"},
            "u1>101 SOURCE_MISSING DELETE", "", "DELETE 101 {}");
    factRow("15: linked with nothing", {.mapping = all("DELETE"), .links = "u1-999"},
            "u1>999 LINK_ONLY DELETE", "", "");
    factRow("15: nothing found", {.mapping = all("DELETE"), .contacts = "[]"},
            "u1> ALL_GONE DELETE", "", "");
    factRow("15: one found", {.mapping = all("DELETE")}, "u1>101 UNASSIGNED DELETE", "",
            "DELETE 101 {}");
    factRow("15: several found", {.mapping = all("DELETE"), .contacts = twice},
            "u1>101+102 AMBIGUOUS DELETE", "", "");
    factRow("15: the linked target is not valid",
            {.mapping = all("DELETE") + script("validTarget", "false"), .links = "u1-101"},
            "u1>101 TARGET_IGNORED DELETE", "", "DELETE 101 {}");
    factRow("15: the source was not valid, one found",
            {.mapping = all("REPORT") + script("validSource", "false")},
            "u1>101 TARGET_IGNORED REPORT", "", "");
    factRow("15: the source was not valid, several found",
            {.mapping = all("REPORT") + script("validSource", "false"), .contacts = twice},
            "u1>101+102 UNQUALIFIED REPORT", "", "");
    factRow("unlinked", {.mapping = all("UNLINK"), .links = "u1-101"},
            "u1>101 SOURCE_MISSING UNLINK", "", "");
    factRow("created again", {.mapping = all("CREATE"), .links = "u1-101"},
            "u1>101 SOURCE_MISSING CREATE !", "u1-101", "");
    factRow("an exception", {.mapping = all("EXCEPTION"), .links = "u1-101"},
            "u1>101 SOURCE_MISSING EXCEPTION", "u1-101", "");
}

void ReconRunFactsTest::deletions()
{
    compareFacts([](const FactSet &set) { return outcomeOfDeleting(set, u"u1"_s); });
}

void ReconRunFactsTest::values_data()
{
    factColumns();
    const auto properties = [](const QByteArrayList &more) {
        return R"(,"properties":[{"source":"mail","target":"email"},)" + more.join(',') + ']';
    };
    const QByteArray linked = "u1-101";
    const auto one = [](const QByteArray &more) { return list({user("u1", "a@x.org", more)}); };
    factRow(
        "28: the default is for null and missing, not for the empty text",
        {.mapping = properties({R"({"source":"a","target":"phone","default":"D"})",
                                R"({"source":"b","target":"company","default":"D"})",
                                R"({"source":"c","target":"firstname","default":"D"})"}),
         .links = linked,
         .users = one(R"(,"a":null,"c":"")")},
        "u1>101 CONFIRMED UPDATE", "u1-101",
        R"(UPDATE 101 {"company":["D"],"email":["a@x.org"],"firstname":[""],"lastname":["Alt"],"phone":["D"]})");
    factRow("30: null is not absent: it is sent in every run",
            {.mapping = properties({R"({"source":"a","target":"phone"})"}),
             .links = linked,
             .users = one({}),
             .runs = 2},
            "u1>101 CONFIRMED UPDATE", "u1-101",
            R"(UPDATE 101 {"email":["a@x.org"],"lastname":["Alt"],"phone":null})");
    factRow(
        "31: null fails the policy of a managed user's text",
        {.mapping = byUserMail + R"(,"properties":[{"source":"phone","target":"telephoneNumber"}])",
         .toManaged = true,
         .users = one({})},
        "101>u1 FOUND UPDATE !", "101-u1");
    factRow("32: what cannot be updated is dropped, in every run",
            {.mapping = properties({R"({"source":"sn","target":"vid"})"}),
             .links = linked,
             .users = one({}),
             .runs = 2},
            "u1>101 CONFIRMED UPDATE", "u1-101",
            R"(UPDATE 101 {"email":["a@x.org"],"lastname":["Alt"]})");
    factRow("34: an attribute that the type lacks is a failure, even null",
            {.mapping = properties({R"({"source":"a","target":"nobody"})"}),
             .links = linked,
             .users = one({})},
            "u1>101 CONFIRMED UPDATE !", "u1-101", "");
    factRow("35: a managed user is created with the mapped id",
            {.mapping = R"(,"properties":[{"source":"email","target":"userName"},{"source":"email",
                "target":"mail"},{"source":"vid","target":"_id"},{"default":"N","target":"sn"},
                {"default":"N","target":"givenName"}])",
             .toManaged = true,
             .users = one({})},
            "101>101 ABSENT CREATE; T >u1 UNASSIGNED EXCEPTION", "101-101");
    factRow("35: and not changed to another one, but linked",
            {.mapping = byUserMail + R"(,"properties":[{"source":"vid","target":"_id"}])",
             .toManaged = true,
             .users = one({})},
            "101>u1 FOUND UPDATE !", "101-u1");
    factRow("36: the later one wins, also with null",
            {.mapping = properties({R"({"source":"sn","target":"lastname"})",
                                    R"({"source":"a","target":"lastname"})"}),
             .links = linked,
             .users = one({})},
            "u1>101 CONFIRMED UPDATE", "u1-101",
            R"(UPDATE 101 {"email":["a@x.org"],"lastname":null})");
    factRow(
        "36: a condition sees what was put, and what was there",
        {.mapping = properties(
             {R"({"source":"sn","target":"lastname"})",
              R"({"source":"mail","target":"phone","condition":"/target/lastname eq \"S\""})",
              R"({"source":"mail","target":"company","condition":"/oldTarget/lastname eq \"S\""})"}),
         .links = linked,
         .users = one({})},
        "u1>101 CONFIRMED UPDATE", "u1-101",
        R"(UPDATE 101 {"email":["a@x.org"],"lastname":["S"],"phone":["a@x.org"]})");
    factRow(
        "48: what the server notes in a user starts no other mapping",
        {.mapping = byMail,
         .users = one({}),
         .others = R"(,{"name":"other","source":"managed/user","target":"system/hubspot/contact",
                 "properties":[{"source":"mail","target":"email"}]})"},
        "u1>101 FOUND UPDATE", "u1-101");
}

void ReconRunFactsTest::types_data()
{
    QTest::addColumn<QByteArray>("attribute");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("sent"); // Empty: a failure.

    const auto row = [](const char *name, const char *attribute, const char *value,
                        const char *sent) {
        QTest::newRow(name) << QByteArray(attribute) << QByteArray(value)
                            << QString::fromUtf8(sent);
    };
    row("text for an integer", "age", R"("5")", "[5]");
    row("an integer", "age", "5", "[5]");
    row("true for an integer", "age", "true", "[1]");
    row("5.0 for an integer", "age", "5.0", "");
    row("the empty text for an integer", "age", R"("")", "");
    row("letters for an integer", "age", R"("x")", "");
    row("an integer for a text", "phone", "5", R"(["5"])");
    row("true for a text", "phone", "true", R"(["true"])");
    row("a list of one for a single value", "phone", R"(["a"])", R"(["a"])");
    row("a list of two for a single value", "phone", R"(["a","b"])", "");
    row("an object", "phone", "{}", "");
    row("a single value for a list", "tags", R"("a")", R"(["a"])");
    row("the empty list", "tags", "[]", "[]");
}

/// 33: what a connector's attribute is built from.
void ReconRunFactsTest::types()
{
    QFETCH(QByteArray, attribute);
    QFETCH(QByteArray, value);
    QFETCH(QString, sent);
    FactSet set;
    set.mapping = R"(,"properties":[{"source":"v","target":")" + attribute + R"("}])";
    set.links = "u1-101";
    set.users = list({user("u1", "a@x.org", R"(,"v":)" + value)});
    const FactOutcome came = outcomeOf(set);
    QCOMPARE(came.entries,
             sent.isEmpty() ? u"u1>101 CONFIRMED UPDATE !"_s : u"u1>101 CONFIRMED UPDATE"_s);
    const QString expected = u"\"%1\":%2"_s.arg(QString::fromUtf8(attribute), sent);
    QCOMPARE(came.sent.contains(expected), !sent.isEmpty());
}

void ReconRunFactsTest::pointers_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("after"); // Empty: a failure.

    const auto row = [](const char *name, const char *target, const char *before,
                        const char *after) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(before) << QString::fromUtf8(after);
    };
    row("a slash is escaped with a percent sign", "a%2Fb", "", R"("a/b":"v")");
    row("not with a tilde", "a~1b", "", R"("a~1b":"v")");
    row("a dot is ordinary", "a.b", "", R"("a.b":"v")");
    row("a parent is made", "a/b", "", R"("a":{"b":"v"})");
    row("not where it is null", "a/b", R"(,"a":null)", "");
    row("nor where it is a text", "a/b", R"(,"a":"t")", "");
    row("a number makes an object", "a/0", "", R"("a":{"0":"v"})");
    row("and is a place in a list", "a/0", R"(,"a":["x","y"])", R"("a":["v","y"])");
}

/// 29: where a property is put.
void ReconRunFactsTest::pointers()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, before);
    QFETCH(QString, after);
    FactSet set;
    set.toManaged = true;
    set.mapping = R"(,"properties":[{"default":"v","target":")" + target + R"("}])";
    set.links = "101-u1";
    set.users = list({user("u1", "a@x.org", before)});
    const FactOutcome came = outcomeOf(set);
    QCOMPARE(came.entries,
             after.isEmpty() ? u"101>u1 CONFIRMED UPDATE !"_s : u"101>u1 CONFIRMED UPDATE"_s);
    const auto preview = previewOf(set);
    (void)preview->run(u"m"_s, {});
    QString kept;
    preview->visitChanges([&](const ObjectChange &change) {
        if (change.after)
            kept = QString::fromUtf8(QJsonDocument(*change.after).toJson(QJsonDocument::Compact));
    });
    QCOMPARE(kept.contains(after), true);
    QCOMPARE(kept.isEmpty(), after.isEmpty());
}

void ReconRunFactsTest::keepsLastSync_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("kept");

    QTest::newRow("UPDATE") << byMail << true;
    QTest::newRow("LINK") << byMail + policies({policy("FOUND", "LINK")}) << true;
    QTest::newRow("REPORT") << byMail + policies({policy("FOUND", "REPORT")}) << false;
    QTest::newRow("IGNORE") << byMail + policies({policy("FOUND", "IGNORE")}) << false;
    QTest::newRow("an own postMapping") << byMail + script("postMapping", "1") << false;
}

/// 48: in a managed source, after what did something.
void ReconRunFactsTest::keepsLastSync()
{
    QFETCH(QByteArray, keys);
    FactSet set;
    set.mapping = keys;
    set.users = list({user("u1", "a@x.org")});
    const auto preview = previewOf(set);
    (void)preview->run(u"m"_s, {});
    bool isKept = false;
    preview->visitChanges([&](const ObjectChange &change) {
        isKept = isKept || (change.after && change.after->contains("lastSync"_L1));
    });
    QTEST(isKept, "kept");
}

HUBKEEPER_TEST(ReconRunFactsTest)
#include "tst_reconrunfacts.moc"
