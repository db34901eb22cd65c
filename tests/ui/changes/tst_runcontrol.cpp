// SPDX-License-Identifier: MIT
#include "changes/set/journalrows.h"
#include "journal/journalpage.h"
#include "reviewrig.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/selectalone.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace std::chrono_literals;

/// What a run can be told: pause, go on, stop, a trial and its two ends, failures tried again.
class TestRunControl final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void cleanup() { m_rig.reset(); }
    void pausesAndGoesOn();
    void whatWasStoppedIsResumed();
    void aTrialGoesOn();
    void aTrialIsTakenBack();
    void aSampleIsATrial();
    void anInterruptedRunIsResumedAfterARestart();
    void aFailureIsEditedAndTriedAlone();
    void onlyTheSelectedOnesAreSent();

private:
    void open(int count, int contacts = 60);
    void waitForEnd(const std::function<void()> &start);
    [[nodiscard]] ChangeSet &changes() { return m_rig->changes(); }

    std::unique_ptr<ReviewRig> m_rig;
};

void TestRunControl::open(int count, int contacts)
{
    practice::PracticeOptions options = smallWindowPortal();
    options.contacts = contacts;
    m_rig = std::make_unique<ReviewRig>(count, options);
}

void TestRunControl::waitForEnd(const std::function<void()> &start)
{
    QSignalSpy ended(m_rig->dock, &ChangesDock::runEnded);
    start();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 30'000);
}

void TestRunControl::pausesAndGoesOn()
{
    open(2500, 2600);
    m_rig->slowDown(150ms);
    ApplyActions *applying = m_rig->dock->applying();
    QVERIFY(!applying->pauseAction()->isEnabled());
    applying->apply(0);
    QTRY_VERIFY_WITH_TIMEOUT(changes().count(RowState::Applied) > 0, 20'000);
    QVERIFY(applying->pauseAction()->isEnabled());
    applying->pauseAction()->trigger();
    QVERIFY(applying->isPaused());
    int before = -1;
    for (int look = 0; look < 30 && before != changes().count(RowState::Applied); ++look) {
        before = changes().count(RowState::Applied);
        QTest::qWait(700);
    }
    QCOMPARE(changes().count(RowState::Applied), before);
    QVERIFY(before < 2500);
    QTRY_VERIFY([this] {
        for (const QLabel *label : m_rig->dock->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().startsWith(u"Paused"_s))
                return true;
        }
        return false;
    }());
    QVERIFY(!applying->applyAction()->isEnabled());
    waitForEnd([applying] { applying->pauseAction()->trigger(); });
    QCOMPARE(changes().count(RowState::Applied), 2500);
    QCOMPARE(m_rig->written(), 2500);
}

void TestRunControl::whatWasStoppedIsResumed()
{
    open(2500, 2600);
    m_rig->slowDown(150ms);
    waitForEnd([this] {
        m_rig->dock->applying()->apply(0);
        QTRY_VERIFY_WITH_TIMEOUT(changes().count(RowState::Applied) > 0, 20'000);
        auto *cancel = m_rig->dock->findChild<QPushButton *>(u"cancel"_s);
        QTRY_VERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
    });
    QCOMPARE(changes().count(RowState::Unknown), 0); // What was on its way has ended.
    const int left = changes().count(RowState::Skipped);
    QVERIFY(left > 0 && left < 2500);
    Record other;
    other.id = u"150000002550"_s;
    changes().setText(ObjectType::Contacts, other, {}, u"city"_s, u"Bern"_s);
    m_rig->window.portal.inPortal([](practice::PracticePortal &portal) { portal.clearFaults(); });
    waitForEnd([this] { QVERIFY(m_rig->press(u"Resume"_s)); });
    QCOMPARE(m_rig->written(), 2500);
    QCOMPARE(changes().waiting(), 1); // Nobody has agreed to that one.
}

void TestRunControl::aTrialGoesOn()
{
    open(30);
    waitForEnd([this] { m_rig->dock->applying()->applyFirstAction()->trigger(); });
    QCOMPARE(m_rig->written(), 5);
    QVERIFY2(m_rig->said().contains(u"25 record"_s), qPrintable(m_rig->said()));
    waitForEnd([this] { QVERIFY(m_rig->press(u"Go On With the Rest"_s)); });
    QCOMPARE(m_rig->written(), 30);
}

void TestRunControl::aTrialIsTakenBack()
{
    open(30);
    waitForEnd([this] { m_rig->dock->applying()->applyFirstAction()->trigger(); });
    QCOMPARE(m_rig->written(), 5);
    waitForEnd([this] { QVERIFY(m_rig->press(u"Take Back"_s)); });
    QCOMPARE(m_rig->written(), 0);
    QCOMPARE(changes().waiting(), 25); // The rest is as it was.
}

void TestRunControl::aSampleIsATrial()
{
    open(40);
    waitForEnd([this] { m_rig->dock->applying()->applySampleAction()->trigger(); });
    QCOMPARE(m_rig->written(), 5);
    QCOMPARE(changes().waiting(), 35);
    QVERIFY(m_rig->press(u"Go On With the Rest"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig->written(), 40, 20'000);
}

/// What a program leaves that was killed: the window says it, and goes on with the rest.
void TestRunControl::anInterruptedRunIsResumedAfterARestart()
{
    open(6);
    Journal &journal = m_rig->window.session().journal();
    RunStart start;
    start.connectionId = m_rig->window.session().connection().id;
    start.portalId = changes().binding().portalId;
    start.note = u"ticket 7"_s;
    start.planned = 5;
    const auto run = journal.beginRun(start);
    QVERIFY(run.has_value());
    const auto claimed = outcomeOf(changes().claim(*run, {1, 2, 3, 4, 5}, this));
    QVERIFY(claimed && *claimed && (*claimed)->size() == 5);
    std::vector<RowChange> rows = changes().rows();
    QVERIFY(journal.addIntents(*run, {journalRowOf(rows[0]), journalRowOf(rows[1])}).has_value());
    rows[0].state = RowState::Applied;
    QVERIFY(journal.addOutcomes(*run, {journalRowOf(rows[0])}).has_value());
    QVERIFY(QTest::qWaitFor([this] { return changes().isSaved(); }, 10'000));

    m_rig->window.makeWindow();
    QVERIFY(m_rig->window.openPractice());
    m_rig->begin(0);
    QTRY_VERIFY2_WITH_TIMEOUT(m_rig->said().contains(u"interrupted at record 1 of 5"_s),
                              qPrintable(m_rig->said()), 10'000);
    QVERIFY2(m_rig->said().contains(u"1 record(s) of them may"_s)
                 || m_rig->said().contains(u"1 of them may"_s),
             qPrintable(m_rig->said()));
    QVERIFY(m_rig->press(u"Look What Was Done"_s));
    auto *page = m_rig->window.page<JournalPage>(PageId::Journal);
    QTRY_VERIFY(page->isVisible());
    m_rig->window.window->showPlace({PageId::Changes, {}});
    waitForEnd([this] { QVERIFY(m_rig->press(u"Resume"_s)); });
    QCOMPARE(m_rig->written(), 4); // The first one was said to be there.
    QCOMPARE(changes().count(RowState::Applied), 5);
    QCOMPARE(changes().waiting(), 1); // It was not part of the run.
    const auto runs = m_rig->window.session().journal().runs();
    QCOMPARE(runs->first().note, u"ticket 7"_s);
    QCOMPARE(runs->first().applied, 4);
}

void TestRunControl::aFailureIsEditedAndTriedAlone()
{
    open(2);
    (void)changes().addCreate(ObjectType::Contacts, {{u"email"_s, u"not an address"_s}}, u"x"_s);
    (void)changes().addCreate(ObjectType::Contacts, {{u"email"_s, u"bad too"_s}}, u"y"_s);
    waitForEnd([this] { m_rig->dock->applying()->apply(0); });
    QCOMPARE(changes().count(RowState::Failed), 2);
    QTreeView *tree = m_rig->dock->tree();
    const QModelIndex record = tree->model()->index(2, 0);
    const QString why = record.data(ChangesModel::ErrorRole).toString();
    QVERIFY(!why.isEmpty());
    tree->setCurrentIndex(tree->model()->index(0, ChangesModel::AfterColumn, record));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_F2);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"right@example.com"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(changes().at(2).state, RowState::Staged);
    const QString state = tree->model()->index(2, ChangesModel::StateColumn).data().toString();
    QVERIFY2(state.startsWith(u"Edited"_s) && state.contains(why), qPrintable(state));
    // Alone: the other failure and nothing else is tried.
    selectAlone(*tree, tree->model()->index(2, 0));
    waitForEnd([this] { m_rig->dock->applying()->applySelectedAction()->trigger(); });
    QCOMPARE(changes().at(2).state, RowState::Applied);
    QVERIFY(!changes().at(2).error);
    QCOMPARE(changes().at(3).state, RowState::Failed);
    QVERIFY(m_rig->dock->applying()->retryFailedAction()->isEnabled());
    waitForEnd([this] { m_rig->dock->applying()->retryFailedAction()->trigger(); });
    QCOMPARE(changes().at(3).state, RowState::Failed);
}

void TestRunControl::onlyTheSelectedOnesAreSent()
{
    open(10);
    QTreeView *tree = m_rig->dock->tree();
    tree->setFocus();
    selectAlone(*tree, tree->model()->index(4, 0));
    QTest::keyClick(tree, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(tree, Qt::Key_Down, Qt::ShiftModifier);
    waitForEnd([this] { m_rig->dock->applying()->applySelectedAction()->trigger(); });
    QCOMPARE(changes().count(RowState::Applied), 2); // A record, its cell, and the next record.
    QCOMPARE(m_rig->written(), 2);
}

HUBKEEPER_WINDOW_TEST(TestRunControl)
#include "tst_runcontrol.moc"
