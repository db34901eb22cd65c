// SPDX-License-Identifier: MIT
#include "changes/applyactions.h"
#include "changes/changesdock.h"
#include "changes/changesmodel.h"
#include "journal/journalpage.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "stagefaxnumbers.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "ui/windowrig.h"
#include "widgets/messagebar.h"
#include "widgets/selectalone.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace std::chrono_literals;

/// What the window says before, during and after an application, and its questions.
class TestApplying final : public QObject
{
    Q_OBJECT

private slots:
    void init() { open(smallWindowPortal()); }
    void cleanup() { m_rig.reset(); }
    void theQuestionSaysWhatCannotBeTakenBack();
    void aQuestionEndsWithItsSession();
    void archivesWhatWasSelectedWhenAsked();
    void saysWhatIsUnderWayAndWhatACancelLeft();
    void reportsProvenFromUnproven();
    void theJournalFollowsOwnRuns();
    void aRefusedCreateIsCorrectedInTheDock();
    void problemsAloneAndBackToTheRecord();

private:
    void open(const practice::PracticeOptions &options);
    void stageMany(int count) { stageFaxNumbers(changes(), count); }
    void archive(int row);
    void applyAll();
    [[nodiscard]] QModelIndex cell(int row, const QString &property) const;
    void setMode(WriteMode mode);
    [[nodiscard]] QMessageBox *question(const QString &name);
    [[nodiscard]] QAbstractButton *buttonOf(QMessageBox *box, const QString &text);
    [[nodiscard]] QString shown(QWidget *widget) const;
    [[nodiscard]] ChangeSet &changes() { return m_rig->session().changes(); }

    std::unique_ptr<WindowRig> m_rig;
    RecordsPage *m_page = nullptr;
    ChangesDock *m_dock = nullptr;
};

void TestApplying::open(const practice::PracticeOptions &options)
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>(options);
    QVERIFY(m_rig->openPractice());
    m_dock = m_rig->page<ChangesDock>(PageId::Changes);
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    m_rig->window->showPlace({PageId::Contacts, {}});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_page->isComplete() && m_page->model()->rowCount() == options.contacts, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(changes().isSaved(), 10'000);
}

void TestApplying::archive(int row)
{
    const QString id = m_page->model()->idAt(row);
    selectAlone(*m_page->table(), m_page->model()->index(row, 1));
    m_page->table()->setFocus();
    for (QAction *action : m_page->findChildren<QAction *>()) {
        if (action->text().contains(u"rchive Selected"_s))
            action->trigger();
    }
    QMessageBox *box = question(u"archiveQuestion"_s);
    QVERIFY(box);
    buttonOf(box, u"Stage Archiving"_s)->click();
    QTRY_VERIFY(changes().contains(ObjectType::Contacts, id));
}

void TestApplying::applyAll()
{
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_rig->window->showPlace({PageId::Changes, {}});
    m_dock->applying()->apply(0);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
}

QModelIndex TestApplying::cell(int row, const QString &property) const
{
    return m_page->model()->index(row, int(m_page->model()->columns().indexOf(property)) + 1);
}

void TestApplying::setMode(WriteMode mode)
{
    Connection connection = *m_rig->window->keeper().connection();
    connection.policy.mode = mode;
    QVERIFY(m_rig->window->keeper().change(*m_rig->window->keeper().connection(), connection));
}

QMessageBox *TestApplying::question(const QString &name)
{
    QMessageBox *box = nullptr;
    (void)QTest::qWaitFor([&] {
        for (auto *one : m_rig->window->findChildren<QMessageBox *>(name))
            box = one->isVisible() ? one : box;
        return box != nullptr;
    });
    return box;
}

QAbstractButton *TestApplying::buttonOf(QMessageBox *box, const QString &text)
{
    for (QAbstractButton *button : box->buttons()) {
        if (button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

QString TestApplying::shown(QWidget *widget) const
{
    QStringList texts;
    for (const QLabel *label : widget->findChildren<QLabel *>()) {
        if (label->isVisible())
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

void TestApplying::theQuestionSaysWhatCannotBeTakenBack()
{
    setMode(WriteMode::Confirm);
    stageMany(2);
    archive(5);
    m_rig->window->showPlace({PageId::Changes, {}});
    QTest::keyClick(m_dock->tree(), Qt::Key_Return, Qt::ControlModifier);
    QMessageBox *box = question(u"applyQuestion"_s);
    QVERIFY(box);
    QVERIFY2(box->text().contains(u"3 record"_s), qPrintable(box->text()));
    QVERIFY2(box->informativeText().contains(u"1 to be archived"_s),
             qPrintable(box->informativeText()));
    QVERIFY(box->informativeText().contains(u"cannot be brought back"_s));
    QVERIFY(!box->informativeText().contains(u"The run can be reverted"_s));
    QCOMPARE(box->defaultButton()->text().remove(u'&'), u"Cancel"_s);
    box->reject();
    QTest::qWait(100);
    QCOMPARE(changes().count(RowState::Staged), 3);

    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_dock->applying()->apply(0);
    box = question(u"applyQuestion"_s);
    QVERIFY(box);
    buttonOf(box, u"Apply"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
    QCOMPARE(changes().count(RowState::Applied), 3);
}

/// The session may end while a question is open: the answer is about nothing then.
void TestApplying::aQuestionEndsWithItsSession()
{
    setMode(WriteMode::Confirm);
    stageMany(1);
    m_dock->applying()->apply(0);
    QPointer<QMessageBox> apply = question(u"applyQuestion"_s);
    QVERIFY(apply);
    m_rig->window->keeper().close();
    QTRY_VERIFY(!apply || !apply->isVisible());

    QVERIFY(m_rig->openPractice());
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && m_page->model()->rowCount() == 60, 20'000);
    m_page->table()->setCurrentIndex(m_page->model()->index(0, 1));
    for (QAction *action : m_page->findChildren<QAction *>()) {
        if (action->text().contains(u"rchive Selected"_s) || action->text().contains(u"New C"_s))
            action->trigger();
    }
    QPointer<QMessageBox> archive = question(u"archiveQuestion"_s);
    QVERIFY(archive);
    m_rig->window.reset();
    QVERIFY(!archive);
}

/// The grid may be sorted anew while the question is open.
void TestApplying::archivesWhatWasSelectedWhenAsked()
{
    const QString id = m_page->model()->idAt(3);
    selectAlone(*m_page->table(), m_page->model()->index(3, 1));
    for (QAction *action : m_page->findChildren<QAction *>()) {
        if (action->text().contains(u"rchive Selected"_s))
            action->trigger();
    }
    QMessageBox *box = question(u"archiveQuestion"_s);
    QVERIFY(box);
    QSignalSpy reset(m_page->model(), &QAbstractItemModel::modelReset);
    m_page->table()->sortByColumn(1, Qt::DescendingOrder);
    QTRY_VERIFY(reset.count() > 0);
    buttonOf(box, u"Stage Archiving"_s)->click();
    QTRY_COMPARE(changes().count(), 1);
    QVERIFY(changes().contains(ObjectType::Contacts, id));
}

void TestApplying::saysWhatIsUnderWayAndWhatACancelLeft()
{
    practice::PracticeOptions options = smallWindowPortal();
    options.contacts = 3000;
    m_rig.reset();
    open(options);
    Connection connection = *m_rig->window->keeper().connection();
    connection.policy.mostRows = 0;
    QVERIFY(m_rig->window->keeper().change(*m_rig->window->keeper().connection(), connection));
    stageMany(3000);
    m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        practice::Fault slow;
        slow.kind = practice::FaultKind::Delay;
        slow.pause = 200ms;
        slow.times = -1;
        slow.path = QRegularExpression(u"/batch/"_s);
        portal.addFault(slow);
    });
    m_rig->window->showPlace({PageId::Changes, {}});
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_dock->applying()->apply(0);
    QTRY_VERIFY2_WITH_TIMEOUT(shown(m_dock).contains(u"being sent"_s), qPrintable(shown(m_dock)),
                              10'000);
    QVERIFY(!shown(m_dock).contains(u"All changes are applied"_s));
    QTRY_VERIFY_WITH_TIMEOUT(changes().count(RowState::Applied) > 0, 20'000);
    auto *cancel = m_dock->findChild<QPushButton *>(u"cancel"_s);
    QTRY_VERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);

    QVERIFY2(shown(m_dock).contains(u"The run was stopped"_s), qPrintable(shown(m_dock)));
    QCOMPARE(changes().count(RowState::Sending), 0);
    const int waiting = changes().waiting();
    QVERIFY(waiting > 0 && waiting < 3000);
    const QAbstractItemModel *model = m_dock->tree()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex state = model->index(row, ChangesModel::StateColumn);
        const bool isApplied =
            state.data(ChangesModel::StateRole).toInt() == int(RowState::Applied);
        QVERIFY2(isApplied || !state.data(ChangesModel::ErrorRole).toString().isEmpty(),
                 qPrintable(state.data().toString()));
    }
    m_rig->window->showPlace({PageId::Journal, {}});
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    QTRY_VERIFY(journal->runs()->model()->rowCount() == 1);
    const auto outcome = [&] {
        return journal->runs()
            ->model()
            ->index(0, JournalRunsModel::OutcomeColumn)
            .data()
            .toString();
    };
    QTRY_VERIFY2(outcome().startsWith(u"Stopped: "_s), qPrintable(outcome()));
    QVERIFY2(!outcome().contains(u"failed"_s), qPrintable(outcome()));
}

void TestApplying::reportsProvenFromUnproven()
{
    stageMany(2);
    m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        practice::Fault slow;
        slow.kind = practice::FaultKind::Delay;
        slow.pause = 1000ms;
        slow.path = QRegularExpression(u"contacts/batch/update$"_s);
        portal.clearLog();
        portal.addFault(slow);
    });
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_rig->window->showPlace({PageId::Changes, {}});
    m_dock->applying()->apply(0);
    const auto isSent = [this] {
        return m_rig->portal.inPortal([](practice::PracticePortal &portal) {
            const auto requests = portal.log().requests();
            return std::any_of(requests.begin(), requests.end(), [](const auto &request) {
                return request.path.endsWith("contacts/batch/update");
            });
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSent(), 10'000);
    m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        practice::Fault refused; // The proof.
        refused.kind = practice::FaultKind::StatusJson;
        refused.status = 400;
        refused.times = -1;
        refused.path = QRegularExpression(u"contacts/batch/read$"_s);
        portal.addFault(refused);
    });
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
    QCOMPARE(changes().count(RowState::Applied), 2);
    QVERIFY2(shown(m_dock).contains(u"2 written but not proven"_s), qPrintable(shown(m_dock)));
    QCOMPARE(m_dock->findChild<MessageBar *>()->kind(), MessageBar::Warning);
    m_rig->window->showPlace({PageId::Journal, {}});
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    QTRY_COMPARE(journal->runs()->model()->rowCount(), 1);
    const QString outcome =
        journal->runs()->model()->index(0, JournalRunsModel::OutcomeColumn).data().toString();
    QCOMPARE(outcome, u"2 applied, 2 of them not proven"_s);
}

void TestApplying::theJournalFollowsOwnRuns()
{
    stageMany(1);
    m_rig->window->showPlace({PageId::Journal, {}});
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    QCOMPARE(journal->runs()->model()->rowCount(), 0);
    m_dock->applying()->apply(0);
    const auto outcome = [&] {
        return journal->runs()
            ->model()
            ->index(0, JournalRunsModel::OutcomeColumn)
            .data()
            .toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(journal->runs()->model()->rowCount(), 1, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(outcome(), u"1 applied"_s, 10'000);
}

void TestApplying::aRefusedCreateIsCorrectedInTheDock()
{
    (void)changes().addCreate(ObjectType::Contacts, {{u"email"_s, u"not an address"_s}}, u"x"_s);
    applyAll();
    QCOMPARE(changes().count(RowState::Failed), 1);
    QTreeView *tree = m_dock->tree();
    const QModelIndex record = tree->model()->index(0, 0);
    QCOMPARE(tree->model()->rowCount(record), 1);
    const QModelIndex value = tree->model()->index(0, ChangesModel::AfterColumn, record);
    QTRY_COMPARE(tree->model()->index(0, ChangesModel::WhatColumn, record).data().toString(),
                 u"Email"_s);
    tree->setCurrentIndex(value);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_F2);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"right@example.com"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(changes().count(RowState::Staged), 1);
    applyAll();
    QCOMPARE(changes().count(RowState::Applied), 1);
}

void TestApplying::problemsAloneAndBackToTheRecord()
{
    QVERIFY(m_page->model()->setData(cell(1, u"email"_s), u"b"_s, Qt::EditRole));
    QVERIFY(m_page->model()->setData(cell(2, u"lifecyclestage"_s), u"customer"_s, Qt::EditRole));
    const QString bad = m_page->model()->idAt(1);
    applyAll();
    QCOMPARE(m_dock->tree()->model()->rowCount(), changes().count());
    auto *shown = m_dock->findChild<QComboBox *>(u"changesShown"_s);
    shown->setCurrentIndex(1);
    QTreeView *tree = m_dock->tree();
    QTRY_COMPARE(tree->model()->rowCount(), 1);
    const QModelIndex record = tree->model()->index(0, 0);
    QCOMPARE(record.data(ChangesModel::RecordRole).toString(), bad);
    tree->scrollTo(record);
    const QPoint at = tree->visualRect(record).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, at);
    QTRY_COMPARE(m_page->model()->idAt(m_page->table()->currentIndex().row()), bad);
    QVERIFY(m_page->isVisible());
}

HUBKEEPER_WINDOW_TEST(TestApplying)
#include "tst_applying.moc"
