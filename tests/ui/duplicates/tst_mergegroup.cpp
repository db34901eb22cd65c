// SPDX-License-Identifier: MIT
#include "../gridrig.h"
#include "changes/set/changeset.h"
#include "practice/state/portalstate.h"
#include "records/mergemodel.h"
#include "session/writing/applychanges.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"
#include "workbench/duplicates/duplicategroupsmodel.h"
#include "workbench/duplicates/duplicatesdialog.h"
#include "workbench/duplicates/groupstepsmodel.h"
#include "workbench/duplicates/mergecommand.h"
#include "workbench/duplicates/mergegroupdialog.h"
#include "workbench/duplicates/recordsduplicates.h"
#include "workbench/duplicates/sidebysidemodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

constexpr qint64 firstContactId = 150'000'000'001;

QString contactId(int place)
{
    return QString::number(firstContactId + place);
}

} // namespace

/// Three contacts that are one, merged from the dialog of duplicates with keys and mouse.
class TestMergeGroup final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_grid.reset(); }
    void mergesOneAfterTheOther_data();
    void mergesOneAfterTheOther();
    void stopsWhereOneIsRefused();
    void leavesOneOut();
    void choosesInThePreview();
    void saysWhatTheGuardRefuses();
    void stagedEditsComeFirst();
    void stagesInstead();
    void asksWhereThatIsWanted();
    void theKeptRecordIsChosenBefore();
    void everythingHasANameAndFits();

private:
    [[nodiscard]] DuplicatesDialog *duplicates() const
    {
        return m_grid->page->findChild<DuplicatesDialog *>();
    }
    [[nodiscard]] MergeGroupDialog *dialog() const
    {
        return m_grid->page->findChild<MergeGroupDialog *>();
    }
    template <typename T>
    [[nodiscard]] static T *part(const QWidget *dialog, const char *name)
    {
        auto *found = dialog->findChild<T *>(QLatin1StringView(name));
        if (!found)
            qFatal("%s is not there", name);
        return found;
    }
    [[nodiscard]] QAbstractItemModel *groups() const
    {
        return part<QTableView>(duplicates(), "duplicateGroups")->model();
    }
    [[nodiscard]] SideBySideModel *records() const
    {
        return qobject_cast<SideBySideModel *>(
            part<QTableView>(duplicates(), "sideBySide")->model());
    }
    [[nodiscard]] GroupStepsModel *steps() const
    {
        return qobject_cast<GroupStepsModel *>(part<QTreeView>(dialog(), "mergeSteps")->model());
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return part<QPushButton>(dialog(), name);
    }
    [[nodiscard]] QString outcome(int row) const
    {
        return steps()->index(row, GroupStepsModel::OutcomeColumn).data().toString();
    }
    [[nodiscard]] static MessageBar *message(const QWidget *dialog)
    {
        return dialog->findChild<MessageBar *>();
    }
    [[nodiscard]] practice::PracticePortal &portal() { return m_grid->practice.server; }
    [[nodiscard]] QString live(const QString &id, const QString &property)
    {
        ReadOptions options;
        options.properties = {property};
        const auto record =
            outcomeOf(m_grid->session->portal().read(ObjectType::Contacts, id, options, &m_parent));
        return record && *record ? (*record)->text(property) : u"(not read)"_s;
    }
    void findGroup(int size = 3);
    void openMerge();
    /// Sends what the dialog shows, and waits for its end.
    void merge();
    void close();
    void chooseSideBySide(const QString &property, int column);
    void refuseMerge(int nth);

    QObject m_parent;
    std::unique_ptr<GridRig> m_grid;
    RecordsDuplicates *m_duplicates = nullptr;
    QString m_said;
};

/// The second and the third contact become the first one, typed again.
void TestMergeGroup::init()
{
    failOnUnexpectedWarnings();
    m_grid = std::make_unique<GridRig>();
    auto &store = portal().state().store(practice::ObjectType::Contact);
    const auto first = *store.find(firstContactId);
    const QStringList names {u"William"_s, u"Bill"_s, u"Will"_s};
    const QStringList phones {u"+41 31 555 11 22"_s, u"031 555 11 22"_s, u"0041 31 555 11 22"_s};
    for (int place = 0; place < 3; ++place) {
        auto record = *store.find(firstContactId + place);
        for (const QString &property : {u"lastname"_s, u"company"_s, u"city"_s})
            record.values.insert(property, first.values.value(property));
        record.values.insert(u"lastname"_s, u"Zumthorian"_s);
        record.values.insert(u"firstname"_s, names[place]);
        record.values.insert(u"phone"_s, phones[place]);
        record.values.insert(u"email"_s, u"w%1.zumthorian@example.org"_s.arg(place));
        store.put(record, 0);
    }
    m_duplicates = new RecordsDuplicates(ObjectType::Contacts, *m_grid->page);
    QVERIFY(m_grid->readContacts());
    m_duplicates->setSession(m_grid->session);
    connect(m_grid->page, &Page::statusMessage, &m_parent,
            [this](const QString &text) { m_said = text; });
}

void TestMergeGroup::findGroup(int size)
{
    m_duplicates->action()->trigger();
    QTRY_VERIFY(duplicates());
    QVERIFY(QTest::qWaitForWindowExposed(duplicates()));
    duplicates()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(duplicates()));
    QTest::mouseClick(part<QPushButton>(duplicates(), "findDuplicates"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(groups()->rowCount() > 0, 20'000);
    QTRY_COMPARE(records()->columnCount(), size);
}

void TestMergeGroup::openMerge()
{
    duplicates()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(duplicates()));
    QTest::keyClick(duplicates(), Qt::Key_M, Qt::AltModifier);
    QTRY_VERIFY(dialog());
    QTRY_VERIFY_WITH_TIMEOUT(steps()->rowCount() > 0, 20'000);
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
    dialog()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(dialog()));
}

void TestMergeGroup::merge()
{
    QTRY_VERIFY(button("mergeNow")->isEnabled());
    QTest::keyClick(dialog(), Qt::Key_M, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(message(dialog())->isVisible(), 20'000);
    QVERIFY(!dialog()->isMerging());
}

void TestMergeGroup::close()
{
    QTest::mouseClick(button("closeMerge"), Qt::LeftButton);
    QTRY_VERIFY(!dialog());
}

void TestMergeGroup::chooseSideBySide(const QString &property, int column)
{
    auto *view = part<QTableView>(duplicates(), "sideBySide");
    for (int row = 0; row < records()->rowCount(); ++row) {
        if (records()->propertyAt(row) != property)
            continue;
        const QModelIndex index = records()->index(row, column);
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
        QTest::keyClick(duplicates(), Qt::Key_U, Qt::AltModifier);
    }
    QTRY_VERIFY(records()->chosenTexts().contains(property)); // The button is pressed for a moment.
}

void TestMergeGroup::refuseMerge(int nth)
{
    practice::Fault fault;
    fault.kind = practice::FaultKind::Status;
    fault.status = 400;
    fault.method = "POST";
    fault.path = QRegularExpression(u"/merge$"_s);
    fault.nth = nth;
    portal().addFault(fault);
}

void TestMergeGroup::mergesOneAfterTheOther_data()
{
    QTest::addColumn<bool>("makesNewId");
    QTest::newRow("a new id") << true;
    QTest::newRow("the primary's id") << false;
}

void TestMergeGroup::mergesOneAfterTheOther()
{
    QFETCH(bool, makesNewId);
    portal().switches().mergeMakesNewId = makesNewId;
    findGroup();
    const QStringList ids {records()->records()[0].id, records()->records()[1].id,
                           records()->records()[2].id};
    const QString number = records()->records()[2].text(u"phone"_s);
    const QString address = records()->records()[1].text(u"email"_s);
    chooseSideBySide(u"phone"_s, 2);
    chooseSideBySide(u"email"_s, 1);
    openMerge();
    const QAbstractItemModelTester tester(steps());
    QCOMPARE(steps()->rowCount(), 2);
    const QString lost = steps()->index(0, GroupStepsModel::LostColumn).data().toString();
    QCOMPARE(lost, records()->records()[0].text(u"email"_s)); // The second one's stays.
    QVERIFY(part<NoteLabel>(dialog(), "mergeNote")->text().contains(u"correlated"_s));
    QCOMPARE(part<QLineEdit>(dialog(), "mergeCommand")->text(),
             u"hubkeeper-cli merge '' contact --primary %1 --merged %2 --merged %3 "
             "--take email=%2 --take phone=%3"_s.arg(ids[0], ids[1], ids[2]));
    QCOMPARE(m_grid->changes().count(), 0);
    merge();
    QVERIFY2(message(dialog())->text().startsWith(u"2 record"_s),
             qPrintable(message(dialog())->text()));
    QCOMPARE(outcome(0), u"Merged"_s);
    QCOMPARE(outcome(1), u"Merged"_s);
    QVERIFY(!button("mergeNow")->isEnabled());
    for (const QString &id : ids) { // All lead to the one that stays.
        QCOMPARE(live(id, u"phone"_s), number);
        QCOMPARE(live(id, u"email"_s), address);
        QCOMPARE(live(id, u"firstname"_s), u"William"_s);
    }
    QCOMPARE(live(ids[2], u"hs_object_id"_s) == ids[0], !makesNewId);
    close();
    QTRY_COMPARE(groups()->rowCount(), 0);
    QVERIFY(part<QLabel>(duplicates(), "duplicatesSummary")->text().startsWith(u"No dup"_s));
    QCOMPARE(m_grid->changes().waiting(), 0);
}

void TestMergeGroup::stopsWhereOneIsRefused()
{
    findGroup();
    refuseMerge(2);
    openMerge();
    QSignalSpy journal(duplicates(), &DuplicatesDialog::runWanted);
    merge();
    QVERIFY2(message(dialog())->text().contains(u"Stopped at"_s),
             qPrintable(message(dialog())->text()));
    QCOMPARE(outcome(0), u"Merged"_s);
    QVERIFY2(outcome(1).startsWith(u"Refused"_s), qPrintable(outcome(1)));
    QCOMPARE(m_grid->changes().waiting(), 0); // Nothing that a later run would send unasked.
    QTest::mouseClick(message(dialog())->findChild<QAbstractButton *>(nameOf(Choice::ShowJournal)),
                      Qt::LeftButton);
    QCOMPARE(journal.size(), 1);
    close();
    QCOMPARE(groups()->rowCount(), 1);
    QCOMPARE(groups()->index(0, DuplicateGroupsModel::Count).data().toString(), u"2"_s);
    QTRY_COMPARE(records()->columnCount(), 2); // The one that is left of two, and the third.
    openMerge();
    merge();
    close();
    QTRY_COMPARE(groups()->rowCount(), 0);
    QCOMPARE(live(contactId(0), u"hs_object_id"_s), live(contactId(2), u"hs_object_id"_s));
}

void TestMergeGroup::leavesOneOut()
{
    findGroup();
    openMerge();
    auto *view = part<QTreeView>(dialog(), "mergeSteps");
    const QString left = steps()->idAt(1);
    view->setFocus();
    view->setCurrentIndex(steps()->index(1, 0));
    QTest::keyClick(view, Qt::Key_Space);
    QCOMPARE(steps()->tickedIds().size(), 1);
    QVERIFY(!part<QLineEdit>(dialog(), "mergeCommand")->text().contains(left));
    QVERIFY(button("mergeNow")->text().contains(u"1"_s));
    merge();
    QCOMPARE(outcome(1), u"Stays as it is"_s);
    close();
    QCOMPARE(live(left, u"hs_object_id"_s), left);
    QCOMPARE(groups()->index(0, DuplicateGroupsModel::Count).data().toString(), u"2"_s);
}

/// A tick in the preview is about the end, whichever merge brings the value.
void TestMergeGroup::choosesInThePreview()
{
    findGroup();
    const QString name = records()->records()[1].text(u"firstname"_s);
    openMerge();
    auto *view = part<QTreeView>(dialog(), "mergePreview");
    QAbstractItemModel *model = view->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, MergeModel::PropertyColumn).data().toString() != u"First Name"_s)
            continue;
        view->setFocus();
        view->setCurrentIndex(model->index(row, MergeModel::MergedColumn));
        QTest::keyClick(view, Qt::Key_Space);
    }
    merge();
    QCOMPARE(live(contactId(0), u"firstname"_s), name);
    close();
}

void TestMergeGroup::saysWhatTheGuardRefuses()
{
    findGroup();
    WritePolicy policy = m_grid->session->policyInForce();
    policy.mostArchives = 1;
    m_grid->session->setPolicy(policy);
    openMerge();
    QVERIFY(!button("mergeNow")->isEnabled()); // Two at once, although each goes alone.
    QVERIFY(button("stageMerges")->isEnabled());
    QVERIFY(message(dialog())->isVisible());
    auto *view = part<QTreeView>(dialog(), "mergeSteps");
    view->setFocus();
    view->setCurrentIndex(steps()->index(0, 0));
    QTest::keyClick(view, Qt::Key_Space);
    QVERIFY(button("mergeNow")->isEnabled());
    policy.mode = WriteMode::ReadOnly;
    m_grid->session->setPolicy(policy);
    emit m_grid->session->policyChanged();
    QTRY_VERIFY(!button("mergeNow")->isEnabled());
    close();
}

/// An edit of a record that goes would be written to the one that stays.
void TestMergeGroup::stagedEditsComeFirst()
{
    findGroup();
    const Record third = records()->records()[2];
    m_grid->changes().setText(ObjectType::Contacts, third, u"third"_s, u"city"_s, u"Chur"_s);
    openMerge();
    QVERIFY(!button("mergeNow")->isEnabled());
    QVERIFY(!button("stageMerges")->isEnabled());
    QVERIFY2(message(dialog())->text().contains(third.id), qPrintable(message(dialog())->text()));
    m_grid->changes().undo();
    QTRY_VERIFY(button("mergeNow")->isEnabled());
    QVERIFY(button("stageMerges")->isEnabled());
    close();
}

/// What was staged here and applied with the other changes counts as well.
void TestMergeGroup::stagesInstead()
{
    findGroup();
    chooseSideBySide(u"phone"_s, 2);
    const QString number = records()->records()[2].text(u"phone"_s);
    openMerge();
    QSignalSpy wanted(duplicates(), &DuplicatesDialog::changesWanted);
    QTest::keyClick(dialog(), Qt::Key_S, Qt::AltModifier);
    QTRY_VERIFY(!dialog());
    QCOMPARE(wanted.size(), 1);
    QVERIFY2(m_said.startsWith(u"2 merge"_s), qPrintable(m_said));
    QCOMPARE(m_grid->changes().count(), 2);
    QCOMPARE(groups()->rowCount(), 1);
    const auto run = outcomeOf(applyChanges(*m_grid->session, {}, &m_parent), 60'000);
    QVERIFY(run && *run);
    QCOMPARE((*run)->applied, 2);
    QTRY_COMPARE(groups()->rowCount(), 0);
    QCOMPARE(live(contactId(1), u"phone"_s), number);
}

void TestMergeGroup::asksWhereThatIsWanted()
{
    findGroup();
    WritePolicy policy = m_grid->session->policyInForce();
    policy.mode = WriteMode::Confirm;
    m_grid->session->setPolicy(policy);
    openMerge();
    for (const bool agrees : {false, true}) {
        dialog()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog()));
        QTest::keyClick(dialog(), Qt::Key_M, Qt::AltModifier);
        QPointer<QMessageBox> question;
        QTRY_VERIFY((question = dialog()->findChild<QMessageBox *>(u"mergeQuestion"_s)));
        QVERIFY(question->text().contains(u"Practice"_s));
        QCOMPARE(m_grid->changes().count(), 0);
        question->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(question));
        QTest::keyClick(question, agrees ? Qt::Key_M : Qt::Key_Escape,
                        agrees ? Qt::AltModifier : Qt::NoModifier);
        QTRY_VERIFY(!question);
    }
    QTRY_VERIFY_WITH_TIMEOUT(message(dialog())->isVisible(), 20'000);
    QCOMPARE(outcome(1), u"Merged"_s);
    close();
}

void TestMergeGroup::theKeptRecordIsChosenBefore()
{
    findGroup();
    const QString kept = records()->records()[2].id;
    const QString name = records()->records()[2].text(u"firstname"_s);
    chooseSideBySide(u"phone"_s, 0);
    const QString number = records()->records()[0].text(u"phone"_s);
    auto *view = part<QTableView>(duplicates(), "sideBySide");
    view->setCurrentIndex(records()->index(0, 2));
    QTest::keyClick(duplicates(), Qt::Key_K, Qt::AltModifier);
    openMerge();
    QVERIFY(part<QLabel>(dialog(), "mergeTitle")->text().contains(kept));
    merge();
    close();
    QCOMPARE(live(kept, u"firstname"_s), name);
    QCOMPARE(live(kept, u"phone"_s), number);
}

void TestMergeGroup::everythingHasANameAndFits()
{
    findGroup();
    openMerge();
    QCOMPARE(DialogManners::faultsOf(*dialog()), QStringList());
    m_duplicates->setSession(nullptr);
    QTRY_VERIFY(!dialog());
}

HUBKEEPER_WINDOW_TEST(TestMergeGroup)
#include "tst_mergegroup.moc"
