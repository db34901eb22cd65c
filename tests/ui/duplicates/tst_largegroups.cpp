// SPDX-License-Identifier: MIT
#include "../gridrig.h"
#include "practice/state/portalstate.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"
#include "workbench/duplicates/duplicategroupsmodel.h"
#include "workbench/duplicates/duplicatesdialog.h"
#include "workbench/duplicates/groupstepsmodel.h"
#include "workbench/duplicates/mergegroupdialog.h"
#include "workbench/duplicates/recordsduplicates.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

constexpr int contactsOfOneName = 120;

QString nthContact(int place)
{
    return QString::number(150'000'000'001 + place);
}

} // namespace

/// A value that everybody has makes one group of many: that is said, and not all are read or merged
/// at once.
class TestLargeGroups final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void theFirstOnesAreShownAndMerged();
    void mergedRecordsLeaveAGroupOfHundreds();
};

void TestLargeGroups::theFirstOnesAreShownAndMerged()
{
    practice::PracticeOptions options = GridRig::smallPortal();
    options.contacts = contactsOfOneName;
    GridRig grid(options);
    auto &store = grid.practice.server.state().store(practice::ObjectType::Contact);
    for (int place = 0; place < contactsOfOneName; ++place) {
        auto record = *store.find(nthContact(place).toLongLong());
        record.values.insert(u"lastname"_s, u"Reception"_s);
        store.put(record, 0);
    }
    RecordsDuplicates action(ObjectType::Contacts, *grid.page);
    QVERIFY(grid.readContacts(contactsOfOneName));
    action.setSession(grid.session);
    action.action()->trigger();
    auto *dialog = grid.page->findChild<DuplicatesDialog *>();
    QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
    dialog->activateWindow();
    auto *rules = dialog->findChild<QPlainTextEdit *>(u"duplicateRules"_s);
    QTest::keyClicks(rules, u"only rules"_s);
    QTest::keyClick(rules, Qt::Key_Return);
    QTest::keyClicks(rules, u"match lastname same"_s);
    QTest::keyClick(dialog, Qt::Key_F, Qt::AltModifier);
    auto *records = dialog->findChild<QTableView *>(u"sideBySide"_s)->model();
    QTRY_COMPARE_WITH_TIMEOUT(records->columnCount(), mostBatchInputs, 30'000);
    const QString said = dialog->findChild<MessageBar *>()->text();
    QVERIFY2(said.contains(u"120 record"_s), qPrintable(said));

    QTest::keyClick(dialog, Qt::Key_M, Qt::AltModifier);
    MergeGroupDialog *merge = nullptr;
    QTRY_VERIFY((merge = dialog->findChild<MergeGroupDialog *>()));
    auto *steps = merge->findChild<QTreeView *>(u"mergeSteps"_s)->model();
    QTRY_COMPARE_WITH_TIMEOUT(steps->rowCount(), int(mostMergesAtOnce), 60'000);
    const QString note = merge->findChild<NoteLabel *>(u"mergeNote"_s)->text();
    QVERIFY2(note.startsWith(u"99 more record"_s), qPrintable(note));
    QVERIFY(merge->minimumSizeHint().height() <= 700);
    QTest::keyClick(merge, Qt::Key_Escape);
    QTRY_VERIFY(!dialog->findChild<MergeGroupDialog *>());
    action.setSession(nullptr);
}

void TestLargeGroups::mergedRecordsLeaveAGroupOfHundreds()
{
    auto found = std::make_shared<RecordDuplicates>();
    DuplicateGroup group;
    for (std::uint32_t place = 0; place < 500; ++place) {
        found->ids.append(nthContact(int(place)));
        group.records.push_back(place);
    }
    found->found.groups.push_back(group);
    Masking masking;
    DuplicateGroupsModel model(masking, nullptr);
    const QAbstractItemModelTester tester(&model);
    model.setFound(found);
    QCOMPARE(model.index(0, DuplicateGroupsModel::Count).data().toString(), u"500"_s);
    model.setMerged({nthContact(0), nthContact(1)}, u"7"_s);
    model.setMerged({nthContact(0), nthContact(2)}, u"8"_s); // Into what the first one left.
    model.setMerged({nthContact(0), nthContact(1)}, u"7"_s); // Said once more.
    QCOMPARE(model.idsAt(0).size(), 498);
    QCOMPARE(model.idsAt(0).first(), u"8"_s);
    for (int place = 3; place < 500; ++place)
        model.setMerged({u"8"_s, nthContact(place)}, u"8"_s);
    QCOMPARE(model.rowCount(), 0);
}

HUBKEEPER_WINDOW_TEST(TestLargeGroups)
#include "tst_largegroups.moc"
