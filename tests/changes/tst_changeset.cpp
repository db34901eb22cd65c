// SPDX-License-Identifier: MIT
#include "changes/set/changeset.h"
#include "samplerecords.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Edits not sent yet: what counts as a change, undo, and what becomes of rows that were sent.
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
    QCOMPARE(changes.row(contacts, u"512"_s)->error->what,
             u"Not an option."_s); // Until it is tried again.
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

HUBKEEPER_TEST(TestChangeSet)
#include "tst_changeset.moc"
