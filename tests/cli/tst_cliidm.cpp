// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QString recorded(const QString &name)
{
    return QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/reconcile/vectors/") + name;
}

} // namespace

/// idm preview --from, as a process.
class TestCliIdm : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void printsJson();
    void hasNoIdOfItsOwn();
    void printsText();
    void whatCostsMostComesFirst();
    void countsWhatIsNotCertain();
    void countsAreEnglish();
    void takesARunItsMappingAndIds();
    void takesParameters();
    void countsAgainstThresholds_data();
    void countsAgainstThresholds();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void refusesAHugeFile();
    void triesAnEditedMapping();
    void takesIdsWithCommas();
    void listsOfOtherMappings();
    void refusesNoIds();
    void saysWhatDoesNotGoTogether();

private:
    [[nodiscard]] Ended preview(const QStringList &arguments) const;

    Program m_program;
};

void TestCliIdm::initTestCase()
{
    m_program.withoutKeychain();
}

Ended TestCliIdm::preview(const QStringList &arguments) const
{
    return m_program.run(QStringList {u"idm"_s, u"preview"_s, u"--from"_s} + arguments);
}

void TestCliIdm::printsJson()
{
    const Ended ended = preview({recorded(u"024-doc-sample-first-existing.json"_s), u"--json"_s});
    QCOMPARE(ended.code, 0);
    const QJsonObject json = ended.json();
    QCOMPARE(json["version"_L1], 1);
    QCOMPARE(json["mapping"_L1], u"systemHubspotContact_managedUser"_s);
    QCOMPARE(json["state"_L1], u"SUCCESS"_s);
    QVERIFY(json["complete"_L1].toBool());
    QStringList entries;
    for (const QJsonValue &value : json["entries"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        entries.append(QStringList {entry["sourceObjectId"_L1].toString(u"null"_s),
                                    entry["targetObjectId"_L1].toString(u"null"_s),
                                    entry["situation"_L1].toString(), entry["action"_L1].toString(),
                                    entry["status"_L1].toString(),
                                    entry["failed"_L1].toBool() ? u"failed"_s : u"done"_s}
                           .join(u' '));
    }
    const QStringList expected {
        u"system/hubspot/contact/101 managed/user/u1 CONFIRMED UPDATE SUCCESS done"_s,
        u"system/hubspot/contact/102 null ABSENT CREATE SUCCESS done"_s,
        u"system/hubspot/contact/103 null ABSENT CREATE FAILURE failed"_s,
        u"system/hubspot/contact/104 null ABSENT CREATE FAILURE failed"_s,
        u"null managed/user/u2 UNASSIGNED EXCEPTION SUCCESS failed"_s,
        u"system/hubspot/contact/999 managed/user/u3 SOURCE_MISSING DELETE SUCCESS done"_s};
    QCOMPARE(entries, expected);
    QStringList written;
    for (const QJsonValue &value : json["written"_L1].toArray())
        written.append(value["change"_L1].toString() + u' '
                       + value["object"_L1].toString(u"null"_s));
    QVERIFY2(written.contains(u"created null"_s), qPrintable(written.join(u'\n')));
    QVERIFY2(written.contains(u"deleted managed/user/u3"_s), qPrintable(written.join(u'\n')));
}

void TestCliIdm::hasNoIdOfItsOwn()
{
    const Ended ended =
        preview({recorded(u"174-run-by-id.json"_s), u"--ids"_s, u"u3"_s, u"--json"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY2(!ended.out.contains("5001"), ended.out); // Made up for the new contact.
}

void TestCliIdm::printsText()
{
    const Ended ended = preview({recorded(u"024-doc-sample-first-existing.json"_s)});
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.out.startsWith("Would be deleted: 1\n  managed/user/u3\n"), ended.out);
    QVERIFY2(ended.out.contains("SOURCE_MISSING"), ended.out);
}

void TestCliIdm::whatCostsMostComesFirst()
{
    const Ended ended = preview({recorded(u"024-doc-sample-first-existing.json"_s)});
    const QByteArray rows = ended.out.mid(ended.out.indexOf("\nsource  target"));
    qsizetype before = 0;
    for (const char *row : {"DELETE", "unique: userName", "UNASSIGNED", "102 ", "CONFIRMED"}) {
        const qsizetype at = rows.indexOf(row);
        QVERIFY2(at > before, rows.constData());
        before = at;
    }
}

/// What the target phase says after a source of which nothing is known is no certain deletion.
void TestCliIdm::countsWhatIsNotCertain()
{
    const QString file = m_program.write(u"uncertain.json"_s, R"({"mappings":[{"name":"m",
        "source":"managed/user","target":"system/hubspot/contact","validSource":{"type":"groovy",
        "source":"true"},"policies":[{"situation":"UNASSIGNED","action":"DELETE"}]}],
        "objectsBefore":{"managed/user":[{"_id":"a"}],"system/hubspot/contact":[{"_id":"1"},
        {"_id":"2"}]},"linksBefore":[]})");
    Ended ended = preview({file, u"--json"_s});
    QCOMPARE(ended.code, 1);
    const QJsonObject actions = ended.json()["actions"_L1].toObject();
    QCOMPARE(actions["DELETE"_L1], QJsonValue(QJsonObject {{u"known"_s, 0}, {u"most"_s, 3}}));
    ended = preview({file});
    QVERIFY2(ended.out.contains("deleted, though this is not certain: 2"), ended.out);
    QVERIFY2(ended.out.contains("DELETE  not certain  2"), ended.out);
    ended = preview({file, u"--max-delete"_s, u"2"_s});
    QVERIFY2(ended.err.contains("0 to 3 objects would be deleted"), ended.err);
}

void TestCliIdm::countsAreEnglish()
{
    Ended ended = preview({recorded(u"060-corr-script.json"_s)});
    QVERIFY2(ended.out.contains("Warning: 1 new link to a target that does not exist."), ended.out);
    ended = preview({recorded(u"003-m2c-all-update.json"_s)});
    QVERIFY2(ended.out.contains("Warning: 2 links without a source id: "), ended.out);
}

void TestCliIdm::takesARunItsMappingAndIds()
{
    const QString file = recorded(u"174-run-by-id.json"_s);
    const Ended ended = preview({file, u"--run"_s, u"1"_s, u"--ids"_s, u"u2,u3"_s, u"--mapping"_s,
                                 u"managedUser_contact_rbi"_s, u"--json"_s});
    QCOMPARE(ended.code, 0);
    const QJsonArray entries = ended.json()["entries"_L1].toArray();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[0]["situation"_L1].toString(), u"CONFIRMED"_s);
    QCOMPARE(entries[1]["situation"_L1].toString(), u"ABSENT"_s);
    QCOMPARE(entries[1]["targetObjectId"_L1], QJsonValue(QJsonValue::Null));

    const Ended other = preview({file, u"--mapping"_s, u"no"_s});
    QCOMPARE(other.code, 2);
    QVERIFY2(other.err.contains("The mappings are: managedUser_contact_rbi."), other.err);
    QCOMPARE(preview({file, u"--mapping"_s, u""_s}).code, 2);
    const Ended similar = preview({file, u"--mapping"_s, u"managedUser_contact_rib"_s});
    QCOMPARE(similar.code, 2);
    QVERIFY2(similar.err.contains("Did you mean managedUser_contact_rbi?"), similar.err);
    QCOMPARE(preview({file, u"--run"_s, u"9"_s}).code, 2);
}

void TestCliIdm::takesParameters()
{
    const QString file = recorded(u"168-run-body-no-target-phase.json"_s);
    const auto targets = [&](const QStringList &more) {
        int count = 0;
        const Ended ended = preview(QStringList {file, u"--json"_s} + more);
        for (const QJsonValue &entry : ended.json()["entries"_L1].toArray())
            count += entry["reconciling"_L1] == "target"_L1 ? 1 : 0;
        return count;
    };
    const QString body = m_program.write(u"body.json"_s, R"({"runTargetPhase": false})");
    QCOMPARE(targets({u"--parameters"_s, body}), 0);
    QVERIFY(targets({}) > 0);
    for (const char *wrong : {"[1]", R"({"runTargetPhase": "false"})", R"({"sourceQuery": "true"})",
                              R"({"allowEmptySourceSet": 1})", R"({"targetQuery": null})"}) {
        const QString other = m_program.write(u"wrong.json"_s, wrong);
        const Ended ended = preview({file, u"--parameters"_s, other});
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.out.isEmpty() && !ended.err.isEmpty(), wrong);
    }
}

void TestCliIdm::countsAgainstThresholds_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("code");

    const QString sample = u"024-doc-sample-first-existing.json"_s; // Deletes one user of three.
    const QString groovy = u"029-policy-action-script-groovy.json"_s;
    const auto row = [](const char *name, const QString &file, const QStringList &options,
                        int code) { QTest::newRow(name) << file << options << code; };
    row("none", sample, {}, 0);
    row("as many", sample, {u"--max-delete"_s, u"1"_s}, 0);
    row("more", sample, {u"--max-delete"_s, u"0"_s}, 1);
    row("a share", sample, {u"--max-delete"_s, u"50%"_s}, 0);
    row("a larger share", sample, {u"--max-delete"_s, u"5%"_s}, 1);
    row("creates", sample, {u"--max-create"_s, u"0"_s}, 1);
    row("no number", sample, {u"--max-delete"_s, u"many"_s}, 2);
    row("an empty limit", sample, {u"--max-delete"_s, u""_s}, 2);
    row("not complete", groovy, {}, 1);
    row("the run breaks off", u"038-policy-bad-names.json"_s, {}, 1);
}

void TestCliIdm::countsAgainstThresholds()
{
    QFETCH(QString, file);
    QFETCH(QStringList, options);
    const Ended ended = preview(QStringList {recorded(file)} + options);
    QTEST(ended.code, "code");
}

void TestCliIdm::saysWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("sentence");

    const auto row = [](const char *name, const char *content, const char *sentence) {
        QTest::newRow(name) << QByteArray(content) << QByteArray(sentence);
    };
    row("cut", R"({"mappings": [], "objectsBefore": {"managed/user": [{"_id")", "is cut off");
    row("not JSON", "mappings: []", "is not JSON");
    row("empty", "", "is not JSON");
    row("a list", "[]", "another kind of file");
    row("a provisioner", R"({"connectorRef": {}})", "another kind of file");
    row("no mapping", R"({"mappings": [], "objectsBefore": {}, "linksBefore": []})", "no mapping");
    row("a mapping without ends", R"({"mappings": [{"name": "a"}], "objectsBefore": {}})",
        "has no source");
    // A list that is missing or of another type is not an empty one.
    const auto setRow = [](const char *name, const QByteArray &users, const QByteArray &rest,
                           const char *sentence) {
        QTest::newRow(name) << R"({"mappings": [{"name": "m", "source": "managed/user",
            "target": "system/hubspot/contact"}], "objectsBefore": {"managed/user": )"
                + users + rest
                + "}" << QByteArray(sentence);
    };
    const QByteArray contacts = R"(, "system/hubspot/contact": []})";
    const QByteArray links = contacts + R"(, "linksBefore": [])";
    setRow("no links", "[]", contacts, "no linksBefore");
    setRow("links of another type", "[]", contacts + R"(, "linksBefore": {})",
           "linksBefore is of another type");
    setRow("a link of another type", "[]", contacts + R"(, "linksBefore": [{}, 5])",
           "Link 2 is not an object");
    setRow("no targets", "[]", R"(}, "linksBefore": [])", "no list of system/hubspot/contact");
    setRow("users of another type", "5", links, "managed/user is not a list");
    setRow("a user of another type", R"([{"_id": "a"}, 5])", links, "object 2 of the list");
    setRow("no id", R"([{"userName": "a"}])", links, "object 1 of the list has no _id");
    setRow("an id of another type", R"([{"_id": 5}])", links, "object 1 of the list has no _id");
    setRow("an empty id", R"([{"_id": ""}])", links, "object 1 of the list has no _id");
    setRow("an id twice", R"([{"_id": "a"}, {"_id": "b"}, {"_id": "a"}])", links,
           "objects 1 and 3 of the list have the same _id, a");
}

void TestCliIdm::saysWhatIsWrongWithAFile()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, sentence);
    const Ended ended = preview({m_program.write(u"from.json"_s, content)});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(sentence), ended.err);
    QVERIFY(ended.out.isEmpty());
}

/// 1 GB that is not a set, at once and without reading it.
void TestCliIdm::refusesAHugeFile()
{
    QFile file(m_program.write(u"huge.json"_s, "{"));
    QVERIFY(file.resize(qint64(1) << 30)); // Takes no room on the disk.
    const Ended ended = preview({file.fileName()});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("has 1024 MB"), ended.err);
}

void TestCliIdm::triesAnEditedMapping()
{
    const QString name = recorded(u"024-doc-sample-first-existing.json"_s);
    QFile file(name);
    QVERIFY(file.open(QFile::ReadOnly));
    QJsonObject mapping = QJsonDocument::fromJson(file.readAll())
                              .object()
                              .value("mappings"_L1)
                              .toArray()
                              .first()
                              .toObject();
    QJsonArray policies = mapping["policies"_L1].toArray();
    policies.prepend(
        QJsonObject {{u"situation"_s, u"SOURCE_MISSING"_s}, {u"action"_s, u"IGNORE"_s}});
    mapping.insert(u"policies"_s, policies);
    const QString edited = m_program.write(u"mapping.json"_s, QJsonDocument(mapping).toJson());
    const QStringList limit {u"--max-delete"_s, u"0"_s};
    QCOMPARE(preview(QStringList {name} + limit).code, 1);
    QCOMPARE(preview(QStringList {name, u"--mapping-file"_s, edited} + limit).code, 0);
    const QString wrong = m_program.write(u"wrong.json"_s, R"({"name": "m"})");
    const Ended ended = preview({name, u"--mapping-file"_s, wrong});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("not a mapping"), ended.err);
}

void TestCliIdm::takesIdsWithCommas()
{
    const QByteArray set = R"({"mappings":[{"name":"m","source":"managed/user",
        "target":"system/hubspot/contact","properties":[{"source":"mail","target":"email"}]}],
        "objectsBefore":{"managed/user":[{"_id":"a,b","userName":"x","mail":"a@x.org"},
        {"_id":"a","userName":"y","mail":"b@x.org"}],"system/hubspot/contact":[]},
        "linksBefore":[]})";
    const QString file = m_program.write(u"commas.json"_s, set);
    const auto sources = [&](const QStringList &options) {
        QStringList ids;
        const Ended ended = preview(QStringList {file, u"--json"_s} + options);
        for (const QJsonValue &entry : ended.json()["entries"_L1].toArray())
            ids.append(entry["sourceObjectId"_L1].toString());
        return ids.join(u' ');
    };
    QCOMPARE(sources({u"--id"_s, u"a,b"_s}), u"managed/user/a,b"_s);
    QCOMPARE(sources({u"--ids"_s, u"a"_s, u"--id"_s, u"a,b"_s}),
             u"managed/user/a managed/user/a,b"_s);
}

/// A script that asks for objects which the file does not have, of a mapping that is not chosen:
/// what depends on them is not known.
void TestCliIdm::listsOfOtherMappings()
{
    const auto set = [](const QByteArray &more) {
        return R"({"mappings":[{"name":"m","source":"managed/user","target":"system/hubspot/contact",
            "validSource":{"type":"text/javascript","source":
            "openidm.query('system/ldap/account', {_queryFilter: 'true'}).result.length === 0"},
            "policies":[{"situation":"ABSENT","action":"CREATE"}]},
            {"name":"other","source":"managed/user","target":"system/ldap/account"}],
            "objectsBefore":{"managed/user":[{"_id":"a"}],"system/hubspot/contact":[])"
            + more + R"(},"linksBefore":[]})";
    };
    const Ended empty = preview({m_program.write(u"o.json"_s, set(R"(,"system/ldap/account":[])")),
                                 u"--mapping"_s, u"m"_s, u"--json"_s});
    QCOMPARE(empty.code, 0);
    QCOMPARE(empty.json()["complete"_L1], true);
    const Ended missing =
        preview({m_program.write(u"o.json"_s, set({})), u"--mapping"_s, u"m"_s, u"--json"_s});
    QVERIFY2(missing.code == 1, missing.out + missing.err);
    QCOMPARE(missing.json()["complete"_L1], false);
}

/// An empty variable of a shell: all objects are not meant.
void TestCliIdm::refusesNoIds()
{
    const QString file = recorded(u"174-run-by-id.json"_s);
    for (const QString &option : {u"--ids"_s, u"--id"_s}) {
        for (const QString &ids : {QString(u""_s), u" "_s}) {
            const Ended ended = preview({file, option, ids});
            QCOMPARE(ended.code, 2);
            QVERIFY2(ended.err.contains("must not be empty"), ended.err);
            QCOMPARE(m_program.run({u"idm"_s, u"recon"_s, option, ids}).code, 2);
        }
    }
    QCOMPARE(preview({file, u"--ids"_s, u" , ,"_s}).code, 2);
}

void TestCliIdm::saysWhatDoesNotGoTogether()
{
    const QString file = recorded(u"024-doc-sample-first-existing.json"_s);
    QCOMPARE(preview({file, u"--server"_s, u"x"_s}).code, 2);
    QCOMPARE(preview({file, u"--save"_s, m_program.path(u"out"_s)}).code, 2);
    QCOMPARE(m_program.run({u"idm"_s, u"preview"_s, u"--run"_s, u"1"_s}).code, 2);
    QVERIFY(m_program.run({u"idm"_s, u"preview"_s}).err.contains("No server is known"));
}

HUBKEEPER_TEST(TestCliIdm)
#include "tst_cliidm.moc"
