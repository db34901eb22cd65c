// SPDX-License-Identifier: MIT
#include "changes/run/run.h"
#include "changes/set/associationcells.h"
#include "changes/set/changeset.h"
#include "changes/set/changesfile.h"
#include "samplerecords.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// Of a moment that does not pass.
ChangesHeader headerOf(const ChangeBinding &binding)
{
    return {binding, QDateTime::fromString(u"2026-11-30T12:00:00Z"_s, Qt::ISODate), u"ada"_s, {}};
}

QByteArray fileOf(const QByteArray &row)
{
    return R"({"format":"hubkeeper-changes","version":1,"rows":[)" + row + "]}";
}

} // namespace

/// Change sets as files, and what adding the rows of one does.
class TestChangesFile : public QObject
{
    Q_OBJECT

private slots:
    void fileGivesBackTheSame();
    void fileKnowsWhatWasBeingSent();
    void fileHoldsOtherKinds();
    void readsAssociationTypes_data();
    void readsAssociationTypes();
    void refusesForeignFiles_data();
    void refusesForeignFiles();
    void refusesForeignLines_data();
    void refusesForeignLines();
    void addsRowsToStagedOnes();
    void refusesAFileOfAnotherPortal();
    void definitionsAreNotSent();
};

void TestChangesFile::fileGivesBackTheSame()
{
    ChangeSet changes;
    const QString id = changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    changes.setWritten(contacts, id, u"99"_s);
    changes.setState(contacts, id, RowState::Applied);
    changes.setText(contacts, ada(), u"\u05E9 \"quoted\"\n"_s, u"firstname"_s, u"\U0001F600;'"_s);
    changes.setState(contacts, u"512"_s, RowState::Conflicting, someError(),
                     {{u"firstname"_s, u"Eva"_s}});
    changes.addArchive(ObjectType::Companies, other(u"9007199254740993"_s), {});

    const ChangeBinding binding {9007199254740993, u"Acme"_s, {}, u"EU"_s};
    const QByteArray lines = changesToLines(headerOf(binding), changes.rows());
    QCOMPARE(lines.count('\n'), 4);
    const auto file = changesFromFile(lines);
    QVERIFY2(file, file ? "" : qPrintable(file.error().what));
    QCOMPARE(file->binding().portalId, binding.portalId);
    QCOMPARE(file->binding().portal(), u"Acme (9007199254740993)"_s);
    ChangeSet again;
    (void)again.addRows(file->rows, Adding::Replace, {}, &again);

    QCOMPARE(changesToLines(file->header, again.rows()), lines);
    QCOMPARE(again.rows()[0].writtenId, u"99"_s);
    QCOMPARE(again.rows()[1].error->fields, someError().fields);
    QCOMPARE(again.rows()[1].basedOn, ada().updatedAt);
    QCOMPARE(again.rows()[2].kind, ChangeKind::Archive);
}

void TestChangesFile::fileKnowsWhatWasBeingSent()
{
    ChangeSet changes;
    const QString id = changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, {});
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setState(contacts, id, RowState::Sending);
    changes.setState(contacts, u"512"_s, RowState::Sending);

    const auto file = changesFromFile(changesToLines(headerOf({}), changes.rows()));
    QVERIFY(file);
    QCOMPARE(file->rows.at(0).state, RowState::Unknown);
    QCOMPARE(file->rows.at(1).state, RowState::Unknown);
}

void TestChangesFile::fileHoldsOtherKinds()
{
    const QByteArray lines =
        R"({"connection":"EU","format":"hubkeeper-changes","portal":"4711","version":2}
{"cells":{"label":{"after":"Stage","before":""}},"id":"stage","kind":"create","label":"Stage","state":"staged","subject":"definition","type":"contacts"}
{"cells":{"name":{"after":"Acme","before":""}},"id":"new-3","kind":"create","label":"Acme","state":"staged","type":"companies"}
{"cells":{"associations":{"after":"HUBSPOT_DEFINED/1 Primary; HUBSPOT_DEFINED/279","before":""},"associations.primary":{"after":"new-3","before":""}},"id":"512","kind":"create","label":"Ada","state":"staged","subject":"association","to":{"id":"new-3","type":"companies"},"type":"contacts"}
{"cells":{},"id":"512","kind":"update","label":"Ada","state":"staged","subject":"merge","to":{"id":"7","type":"contacts"},"type":"contacts"}
)";
    const auto file = changesFromFile(lines);
    QVERIFY2(file, file ? "" : qPrintable(file.error().what));
    QCOMPARE(changesToLines(file->header, file->rows).count('\n'), lines.count('\n'));

    ChangeSet changes;
    (void)changes.addCreate(ObjectType::Companies, {{u"name"_s, u"Other"_s}}, {});
    for (int i = 0; i < 2; ++i)
        (void)changes.addCreate(ObjectType::Companies, {{u"name"_s, u"More"_s}}, {});
    (void)changes.addFile(*file, Adding::Merge, {}, &changes);
    QCOMPARE(changes.count(), 7);
    const RowChange created = changes.at(4);
    QVERIFY(localNumber(created.id) > 3); // new-3 is somebody else here.
    QCOMPARE(changes.at(5).to->id, created.id);
    QCOMPARE(changes.at(5).cells[primaryCell].after, created.id);
}

/// Files that were written before associations could be sent.
void TestChangesFile::readsAssociationTypes_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");

    QTest::newRow("none") << QByteArray(R"("kind":"create")") << QString()
                          << u"HUBSPOT_DEFINED/279"_s;
    QTest::newRow("own") << QByteArray(
        R"("kind":"create","associationTypes":[{"category":"USER_DEFINED","typeId":101}])")
                         << QString() << u"HUBSPOT_DEFINED/279; USER_DEFINED/101"_s;
    QTest::newRow("archive") << QByteArray(R"("kind":"archive")") << QString() << QString();
}

void TestChangesFile::readsAssociationTypes()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, before);
    QFETCH(QString, after);

    const auto file = changesFromFile(fileOf(
        R"({"subject":"association","type":"contacts","id":"512","label":"","state":"staged",
            "to":{"type":"companies","id":"77"},"cells":{},)"
        + members + '}'));

    QVERIFY2(file, file ? "" : qPrintable(file.error().what));
    const RowChange &row = file->rows.front();
    QCOMPARE(row.cells[associationCell].before, before);
    QCOMPARE(row.cells[associationCell].after, after);
    const auto again = changesFromFile(changesToLines(headerOf(file->binding()), file->rows));
    QVERIFY2(again, again ? "" : qPrintable(again.error().what));
    QCOMPARE(again->rows.front().kind, row.kind);
}

void TestChangesFile::refusesForeignFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("says");

    const QByteArray good =
        R"({"type":"contacts","kind":"update","id":"1","label":"","state":"staged","cells":{}})";
    const auto with = [good](const QByteArray &from, const QByteArray &to) {
        QByteArray row = good;
        return fileOf(row.replace(from, to));
    };
    QTest::newRow("nothing") << QByteArray() << u"illegal value"_s;
    QTest::newRow("cut") << fileOf(good).chopped(3) << u"byte"_s;
    QTest::newRow("something else") << QByteArray("[1]") << u"format"_s;
    QTest::newRow("newer") << fileOf(good).replace("\"version\":1", "\"version\":4")
                           << u"version"_s;
    QTest::newRow("version as text")
        << fileOf(good).replace("\"version\":1", "\"version\":\"1\"") << u"version"_s;
    QTest::newRow("more than rows")
        << fileOf(good).replace("{\"format\"", "{\"x\":1,\"format\"") << u"something else"_s;
    QTest::newRow("twice") << fileOf(good + ',' + good) << u"row 2: the record is there twice"_s;
    QTest::newRow("number as row") << fileOf("7") << u"row 1: it is not an object"_s;
    QTest::newRow("unknown type") << with("contacts", "deals") << u"\"type\""_s;
    QTest::newRow("unknown kind") << with("update", "rename") << u"\"kind\""_s;
    QTest::newRow("unknown state") << with("staged", "done") << u"\"state\""_s;
    QTest::newRow("no id") << with("\"id\":\"1\"", "\"id\":\"\"") << u"\"id\" is empty"_s;
    QTest::newRow("number as id") << with("\"id\":\"1\"", "\"id\":1") << u"\"id\""_s;
    QTest::newRow("unknown member") << with("\"label\"", "\"lable\"") << u"\"lable\""_s;
    QTest::newRow("cells as list") << with("\"cells\":{}", "\"cells\":[]") << u"\"cells\""_s;
    QTest::newRow("cell without baseline")
        << with("\"cells\":{}", R"("cells":{"a":{"after":"x"}})") << u"\"before\""_s;
    QTest::newRow("null in a cell")
        << with("\"cells\":{}", R"("cells":{"a":{"before":null,"after":"x"}})") << u"\"before\""_s;
    QTest::newRow("nameless property")
        << with("\"cells\":{}", R"("cells":{"":{"before":"","after":"x"}})") << u"no name"_s;
    QTest::newRow("not a time") << with("\"cells\"", R"("basedOn":"soon","cells")")
                                << u"\"basedOn\""_s;
    QTest::newRow("archive with cells")
        << with("\"cells\":{}", R"("cells":{"a":{"before":"","after":"x"}})")
               .replace("update", "archive")
        << u"archive"_s;
    QTest::newRow("deep") << fileOf(QByteArray(5000, '[')) << u"byte"_s;
}

void TestChangesFile::refusesForeignFiles()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, says);

    const auto rows = changesFromFile(file);

    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(rows.error().what.contains(says), qPrintable(rows.error().what));
}

void TestChangesFile::refusesForeignLines_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("says");

    const QByteArray end = R"(,"label":"","state":"staged","cells":{}})";
    QTest::newRow("not JSON") << QByteArray("{") << u"line 3: "_s;
    QTest::newRow("empty line") << QByteArray("\n") << u"line 3: "_s;
    QTest::newRow("merge with itself")
        << R"({"subject":"merge","type":"contacts","kind":"update","id":"1","to":{"type":"contacts","id":"1"})"
            + end
        << u"line 3: \"to\" of a merge"_s;
    QTest::newRow("association without an end")
        << R"({"subject":"association","type":"contacts","kind":"create","id":"1")" + end
        << u"line 3: \"to\" is missing"_s;
    QTest::newRow("record with an end")
        << R"({"type":"contacts","kind":"update","id":"1","to":{"type":"contacts","id":"2"})" + end
        << u"line 3: \"to\" belongs"_s;
    QTest::newRow("reference to nothing")
        << R"({"subject":"association","type":"contacts","kind":"create","id":"1","to":{"type":"companies","id":"new-9"})"
            + end
        << u"line 3: no row creates new-9"_s;
    QTest::newRow("unknown subject")
        << R"({"subject":"deal","type":"contacts","kind":"create","id":"1")" + end
        << u"line 3: \"subject\""_s;
}

void TestChangesFile::refusesForeignLines()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, says);
    RowChange good;
    good.id = u"4"_s;
    const QByteArray lines = changesToLines(headerOf({4711, {}, {}, {}}), {good}) + row;

    const auto file = changesFromFile(lines);

    QVERIFY(!file);
    QCOMPARE(file.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(file.error().what.contains(says), qPrintable(file.error().what));
}

void TestChangesFile::addsRowsToStagedOnes()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), u"Ada"_s, u"firstname"_s, u"Eve"_s);
    changes.addArchive(contacts, other(u"7"_s), u"Seven"_s);
    RowChange row = changes.at(0);
    row.cells = {{u"firstname"_s, {u"Ada"_s, u"Eva"_s}}, {u"phone"_s, {{}, u"1"_s}}};
    RowChange archived = row;
    archived.id = u"7"_s;
    archived.label = u"Seven"_s;

    const auto added =
        outcomeOf(changes.addRows({row, archived}, Adding::Merge, u"Open"_s, &changes));
    QVERIFY(added && *added);
    QCOMPARE((*added)->added, 1);
    QCOMPARE((*added)->left, QStringList {u"Seven"_s});
    QCOMPARE(changes.row(contacts, u"512"_s)->cells, row.cells);
    QCOMPARE(changes.row(contacts, u"7"_s)->kind, ChangeKind::Archive);
    changes.undo();
    QCOMPARE(changes.row(contacts, u"512"_s)->cells.size(), 1);

    const auto kept = outcomeOf(changes.addRows({row}, Adding::KeepStaged, u"Revert"_s, &changes));
    QCOMPARE((*kept)->left, QStringList {u"Ada"_s});
    const auto replaced = outcomeOf(changes.addRows({row}, Adding::Replace, u"Open"_s, &changes));
    QVERIFY(replaced && *replaced);
    QCOMPARE(idsIn(changes), QStringList {u"512"_s});
    changes.undo();
    QCOMPARE(idsIn(changes), (QStringList {u"512"_s, u"7"_s}));
}

void TestChangesFile::refusesAFileOfAnotherPortal()
{
    ChangeSet changes;
    changes.setBinding({4711, u"Acme"_s, {}, {}});
    RowChange row;
    row.id = u"1"_s;
    const ExchangedChanges file {headerOf({815, u"Sandbox"_s, {}, {}}), {row}, {}, 0};
    const auto added = outcomeOf(changes.addFile(file, Adding::Merge, {}, &changes));
    QVERIFY(added && !*added);
    QCOMPARE(added->error().kind, ErrorKind::Refused);
    QVERIFY(added->error().what.contains(u"Acme (4711)"_s));
    QVERIFY(added->error().what.contains(u"Sandbox (815)"_s));
    QVERIFY(changes.isEmpty());
}

void TestChangesFile::definitionsAreNotSent()
{
    ChangeSet changes;
    RowChange definition;
    definition.subject = RowSubject::Definition;
    definition.id = u"shoe_size"_s;
    definition.label = u"Shoe size"_s;
    definition.cells.insert(u"label"_s, {u"Shoe"_s, u"Shoe size"_s});
    (void)changes.addRows({definition}, Adding::Merge, {}, &changes);
    const auto refusal = refusalOf(changes, {WriteMode::Free, 0, 0, {}, true}, {});
    QVERIFY(refusal && refusal->what.contains(u"\"definition\""_s));
}

HUBKEEPER_TEST(TestChangesFile)
#include "tst_changesfile.moc"
