// SPDX-License-Identifier: MIT
#include "changes/run/run.h"
#include "changes/set/changeset.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const auto contacts = ObjectType::Contacts;

Record ada()
{
    Record record;
    record.id = u"512"_s;
    record.properties = {{u"firstname"_s, u"Ada"_s}, {u"phone"_s, QString()}};
    record.updatedAt = QDateTime::fromString(u"2026-11-23T10:00:00.120Z"_s, Qt::ISODateWithMs);
    return record;
}

Record other(const QString &id)
{
    Record record = ada();
    record.id = id;
    return record;
}

QStringList idsIn(const ChangeSet &changes)
{
    QStringList ids;
    for (const RowChange &row : changes.rows())
        ids.append(row.id);
    return ids;
}

Error someError()
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.what = u"Not an option."_s;
    error.fields = {{u"firstname"_s, u"INVALID_OPTION"_s, u"no"_s}};
    error.existingId = u"7"_s;
    return error;
}

PropertyDefinition property(const QString &name, const QString &type = u"string"_s)
{
    PropertyDefinition definition;
    definition.name = name;
    definition.type = type;
    return definition;
}

} // namespace

/// Edits not sent yet: what counts as a change, undo, the file, and what a guard says.
class TestChangeSet : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheBaseline();
    void changingBackIsNoChange();
    void undoAndRedo();
    void aStepIsOneUndo();
    void rowsComeBackInTheirPlace();
    void editAfterUndoForgetsRedo();
    void createsAndArchives();
    void lockedRowsStayAsTheyAre();
    void editingAFailedRowStagesItAgain();
    void sendingForgetsUndo();
    void removesAppliedRows();
    void rebaseTakesTheirs();
    void localIdsAreNeverReused();
    void reportsOncePerStep();

    void appliedRowsAreNoEdits();

    void guards_data();
    void guards();
    void guardCountsTheTrialOnly();
    void protectsProperties();
    void findsFaults_data();
    void findsFaults();
};

void TestChangeSet::keepsTheBaseline()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), u"Ada"_s, u"firstname"_s, u"Eve"_s);
    Record later = ada();
    later.properties[u"firstname"_s] = u"Somebody else"_s;
    changes.setText(contacts, later, u"Ada"_s, u"firstname"_s, u"Eva"_s);

    QCOMPARE(*changes.cell(contacts, u"512"_s, u"firstname"_s), (CellChange {u"Ada"_s, u"Eva"_s}));
    QCOMPARE(changes.row(contacts, u"512"_s)->basedOn, ada().updatedAt);
    QVERIFY(!changes.cell(ObjectType::Companies, u"512"_s, u"firstname"_s));
}

void TestChangeSet::changingBackIsNoChange()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"phone"_s, u""_s);
    QVERIFY(changes.isEmpty());
    QVERIFY(!changes.canUndo());

    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, ada(), {}, u"phone"_s, u"1"_s);
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Ada"_s);
    QCOMPARE(changes.row(contacts, u"512"_s)->cells.keys(), QStringList {u"phone"_s});

    changes.setText(contacts, ada(), {}, u"phone"_s, {});
    QVERIFY(changes.isEmpty());
}

void TestChangeSet::undoAndRedo()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eva"_s);
    QCOMPARE(changes.undoName(), u"firstname"_s);

    changes.undo();
    QCOMPARE(changes.cell(contacts, u"512"_s, u"firstname"_s)->after, u"Eve"_s);
    changes.undo();
    QVERIFY(changes.isEmpty());
    QVERIFY(!changes.canUndo());

    changes.redo();
    changes.redo();
    QCOMPARE(changes.cell(contacts, u"512"_s, u"firstname"_s)->after, u"Eva"_s);
    QVERIFY(!changes.canRedo());
}

void TestChangeSet::aStepIsOneUndo()
{
    ChangeSet changes;
    changes.beginStep(u"Fill"_s);
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, other(u"7"_s), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, ada(), {}, u"phone"_s, u"1"_s);
    changes.endStep();

    QCOMPARE(changes.undoName(), u"Fill"_s);
    changes.undo();
    QVERIFY(changes.isEmpty());
    changes.redo();
    QCOMPARE(idsIn(changes), (QStringList {u"512"_s, u"7"_s}));
    QCOMPARE(changes.row(contacts, u"512"_s)->cells.size(), 2);
}

void TestChangeSet::rowsComeBackInTheirPlace()
{
    ChangeSet changes;
    for (const QString &id : {u"1"_s, u"2"_s, u"3"_s, u"4"_s})
        changes.setText(contacts, other(id), {}, u"firstname"_s, u"x"_s);

    changes.revertRow(contacts, u"2"_s);
    changes.revertRow(contacts, u"4"_s);
    QCOMPARE(idsIn(changes), (QStringList {u"1"_s, u"3"_s}));
    changes.undo();
    changes.undo();
    QCOMPARE(idsIn(changes), (QStringList {u"1"_s, u"2"_s, u"3"_s, u"4"_s}));

    changes.revertAll();
    QVERIFY(changes.isEmpty());
    changes.undo();
    QCOMPARE(idsIn(changes), (QStringList {u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
    QCOMPARE(changes.row(contacts, u"3"_s)->id, u"3"_s);
}

void TestChangeSet::editAfterUndoForgetsRedo()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.undo();
    changes.setText(contacts, ada(), {}, u"phone"_s, u"1"_s);

    QVERIFY(!changes.canRedo());
    QVERIFY(!changes.cell(contacts, u"512"_s, u"firstname"_s));
}

void TestChangeSet::createsAndArchives()
{
    ChangeSet changes;
    const QString id = changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    changes.setText(contacts, other(id), {}, u"firstname"_s, u"Eve"_s);
    QCOMPARE(changes.row(contacts, id)->kind, ChangeKind::Create);
    QCOMPARE(changes.row(contacts, id)->cells.size(), 2);
    QCOMPARE(changes.row(contacts, id)->label, u"Eve"_s);

    changes.setText(contacts, ada(), {}, u"firstname"_s, u"x"_s);
    changes.addArchive(contacts, ada(), u"Ada"_s);
    QVERIFY(changes.row(contacts, u"512"_s)->cells.isEmpty());
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"y"_s);
    QVERIFY(changes.row(contacts, u"512"_s)->cells.isEmpty());

    changes.addArchive(contacts, other(id), {});
    QVERIFY(!changes.row(contacts, id));
}

void TestChangeSet::lockedRowsStayAsTheyAre()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setState(contacts, u"512"_s, RowState::Sending);
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"no"_s);
    changes.revertRow(contacts, u"512"_s);
    changes.revertAll();
    QCOMPARE(changes.cell(contacts, u"512"_s, u"firstname"_s)->after, u"Eve"_s);

    const QString id = changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, {});
    changes.setState(contacts, id, RowState::Unknown);
    changes.setText(contacts, other(id), {}, u"email"_s, u"no@example.com"_s);
    QCOMPARE(changes.cell(contacts, id, u"email"_s)->after, u"eve@example.com"_s);
}

void TestChangeSet::editingAFailedRowStagesItAgain()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setState(contacts, u"512"_s, RowState::Failed, someError());
    QCOMPARE(changes.row(contacts, u"512"_s)->error->existingId, u"7"_s);

    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eva"_s);
    QCOMPARE(changes.row(contacts, u"512"_s)->state, RowState::Staged);
    QVERIFY(!changes.row(contacts, u"512"_s)->error);
}

void TestChangeSet::sendingForgetsUndo()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setState(contacts, u"512"_s, RowState::Sending);
    QVERIFY(!changes.canUndo());
}

void TestChangeSet::removesAppliedRows()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, other(u"7"_s), {}, u"firstname"_s, u"Eve"_s);
    changes.setState(contacts, u"512"_s, RowState::Applied);
    changes.removeApplied();

    QCOMPARE(idsIn(changes), QStringList {u"7"_s});
    QVERIFY(!changes.canUndo());
}

void TestChangeSet::rebaseTakesTheirs()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, ada(), {}, u"phone"_s, u"1"_s);
    changes.setState(contacts, u"512"_s, RowState::Conflicting, someError(),
                     {{u"firstname"_s, u"Eva"_s}, {u"phone"_s, u"1"_s}});
    changes.rebase(contacts, u"512"_s);

    const auto row = changes.row(contacts, u"512"_s);
    QCOMPARE(row->state, RowState::Staged);
    QCOMPARE(row->cells, (QMap<QString, CellChange> {{u"firstname"_s, {u"Eva"_s, u"Eve"_s}}}));
    QVERIFY(row->theirs.isEmpty() && !row->error);
    changes.undo();
    QCOMPARE(changes.row(contacts, u"512"_s)->state, RowState::Conflicting);
}

void TestChangeSet::localIdsAreNeverReused()
{
    ChangeSet changes;
    const QString first = changes.addCreate(contacts, {}, {});
    changes.revertRow(contacts, first);
    QVERIFY(changes.addCreate(contacts, {}, {}) != first);

    RowChange row;
    row.kind = ChangeKind::Create;
    row.id = u"new-41"_s;
    (void)changes.addRows({row}, Adding::Replace, {}, &changes);
    QCOMPARE(changes.addCreate(contacts, {}, {}), u"new-42"_s);
}

void TestChangeSet::reportsOncePerStep()
{
    ChangeSet changes;
    QSignalSpy changed(&changes, &ChangeSet::changed);
    QSignalSpy touched(&changes, &ChangeSet::rowTouched);
    changes.beginStep(u"two"_s);
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, other(u"7"_s), {}, u"firstname"_s, u"Eve"_s);
    QCOMPARE(changed.size(), 0);
    changes.endStep();

    QCOMPARE(changed.size(), 1);
    QCOMPARE(touched.size(), 2);
    changes.undo();
    QCOMPARE(changed.size(), 2);
    QCOMPARE(touched.size(), 4);
}

void TestChangeSet::appliedRowsAreNoEdits()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"Eve"_s);
    changes.setText(contacts, ada(), {}, u"phone"_s, u"1"_s);
    changes.setState(contacts, u"512"_s, RowState::Applied);
    Record now = ada();
    now.properties[u"firstname"_s] = u"Eve"_s;
    changes.setText(contacts, now, {}, u"firstname"_s, u"Eva"_s);
    QCOMPARE(changes.at(0).cells,
             (QMap<QString, CellChange> {{u"firstname"_s, {u"Eve"_s, u"Eva"_s}}}));
    QCOMPARE(changes.at(0).state, RowState::Staged);

    changes.setState(contacts, u"512"_s, RowState::Applied);
    RowChange inverse = changes.at(0);
    inverse.cells = {{u"firstname"_s, {u"Eva"_s, u"Eve"_s}}};
    inverse.state = RowState::Staged;
    (void)changes.addRows({inverse}, Adding::KeepStaged, {}, &changes);
    QCOMPARE(changes.at(0).cells, inverse.cells);

    changes.setState(contacts, u"512"_s, RowState::Applied);
    changes.addArchive(contacts, now, {});
    QCOMPARE(changes.at(0).kind, ChangeKind::Archive);
    QCOMPARE(changes.waiting(), 1);
}

void TestChangeSet::guards_data()
{
    QTest::addColumn<WriteMode>("mode");
    QTest::addColumn<bool>("reviewed");
    QTest::addColumn<bool>("confirmed");
    QTest::addColumn<int>("updates");
    QTest::addColumn<int>("archives");
    QTest::addColumn<QString>("says"); // Empty: allowed.

    QTest::newRow("read-only") << WriteMode::ReadOnly << true << true << 1 << 0 << u"read-only"_s;
    QTest::newRow("not reviewed") << WriteMode::ReviewRequired << false << true << 1 << 0
                                  << u"review"_s;
    QTest::newRow("reviewed") << WriteMode::ReviewRequired << true << false << 1 << 0 << u""_s;
    QTest::newRow("not confirmed")
        << WriteMode::Confirm << false << false << 1 << 0 << u"confirmation"_s;
    QTest::newRow("confirmed") << WriteMode::Confirm << false << true << 1 << 0 << u""_s;
    QTest::newRow("free") << WriteMode::Free << false << false << 1 << 0 << u""_s;
    QTest::newRow("nothing") << WriteMode::Free << false << false << 0 << 0 << u"nothing"_s;
    QTest::newRow("as many as allowed") << WriteMode::Free << false << false << 10 << 0 << u""_s;
    QTest::newRow("too many") << WriteMode::Free << false << false << 11 << 0 << u"11 records"_s;
    QTest::newRow("too many archives")
        << WriteMode::Free << false << false << 0 << 3 << u"archive 3"_s;
    QTest::newRow("archives") << WriteMode::Free << false << false << 0 << 2 << u""_s;
}

void TestChangeSet::guards()
{
    QFETCH(WriteMode, mode);
    QFETCH(bool, reviewed);
    QFETCH(bool, confirmed);
    QFETCH(int, updates);
    QFETCH(int, archives);
    QFETCH(QString, says);
    ChangeSet changes;
    for (int i = 0; i < updates; ++i)
        changes.setText(contacts, other(QString::number(i + 1)), {}, u"firstname"_s, u"x"_s);
    for (int i = 0; i < archives; ++i)
        changes.addArchive(contacts, other(QString::number(i + 100)), {});
    RunOptions options;
    options.reviewed = reviewed;
    options.confirmed = confirmed;

    const auto refusal = refusalOf(changes, {mode, 10, 2, {}, true}, options);

    QCOMPARE(refusal.has_value(), !says.isEmpty());
    if (refusal) {
        QCOMPARE(refusal->kind, ErrorKind::Refused);
        QVERIFY2(refusal->what.contains(says), qPrintable(refusal->what));
    }
}

void TestChangeSet::guardCountsTheTrialOnly()
{
    ChangeSet changes;
    for (int i = 0; i < 20; ++i)
        changes.setText(contacts, other(QString::number(i + 1)), {}, u"firstname"_s, u"x"_s);
    RunOptions trial;
    trial.firstRows = 10;

    QVERIFY(!refusalOf(changes, {WriteMode::Free, 10, 2, {}, true}, trial));
    QVERIFY(refusalOf(changes, {WriteMode::Free, 10, 2, {}, true}, {}));
}

void TestChangeSet::protectsProperties()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"x"_s);
    WritePolicy policy {WriteMode::Free, 10, 2, {u"FirstName"_s}, true};
    QVERIFY(refusalOf(changes, policy, {}));

    changes.addArchive(contacts, ada(), {});
    QVERIFY(!refusalOf(changes, policy, {}));
    policy.archiveAllowed = false;
    QVERIFY(refusalOf(changes, policy, {}));
}

void TestChangeSet::findsFaults_data()
{
    QTest::addColumn<ChangeKind>("kind");
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");

    const auto update = ChangeKind::Update;
    QTest::newRow("fine") << update << u"firstname"_s << u"x"_s << u""_s;
    QTest::newRow("clearing") << update << u"lifecyclestage"_s << u""_s << u""_s;
    QTest::newRow("unknown") << update << u"frstname"_s << u"x"_s << u"PROPERTY_DOESNT_EXIST"_s;
    QTest::newRow("read-only") << update << u"createdate"_s << u"x"_s << u"READ_ONLY_VALUE"_s;
    QTest::newRow("option") << update << u"lifecyclestage"_s << u"lead"_s << u""_s;
    QTest::newRow("no option") << update << u"lifecyclestage"_s << u"boss"_s << u"INVALID_OPTION"_s;
    QTest::newRow("no number") << update << u"employees"_s << u"many"_s << u"INVALID_NUMBER"_s;
    QTest::newRow("create without a key")
        << ChangeKind::Create << u"employees"_s << u"7"_s << u"MISSING_REQUIRED_PROPERTY"_s;
    QTest::newRow("create with a name") << ChangeKind::Create << u"firstname"_s << u"x"_s << u""_s;
}

void TestChangeSet::findsFaults()
{
    QFETCH(ChangeKind, kind);
    QFETCH(QString, property);
    QFETCH(QString, text);
    QFETCH(QString, code);
    PropertyDefinition created = ::property(u"createdate"_s, u"datetime"_s);
    created.readOnlyValue = true;
    PropertyDefinition stage = ::property(u"lifecyclestage"_s, u"enumeration"_s);
    stage.options = {{u"lead"_s, u"Lead"_s, false}};
    const QList<PropertyDefinition> definitions {::property(u"firstname"_s), created, stage,
                                                 ::property(u"employees"_s, u"number"_s)};
    RowChange row;
    row.kind = kind;
    row.id = u"1"_s;
    row.cells = {{property, {u"old"_s, text}}};

    const QList<FieldFault> faults = faultsOf(row, definitions);

    QCOMPARE(faults.size(), code.isEmpty() ? 0 : 1);
    if (!faults.isEmpty())
        QCOMPARE(faults.first().code, code);
    QVERIFY(faultsOf(row, {}).isEmpty());
}

HUBKEEPER_TEST(TestChangeSet)
#include "tst_changeset.moc"
