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

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What the Changes dock says of runs, and for how long; the note of a run.
class TestApplyMessages final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void theMessageGoesWithItsRows();
    void theMessageGoesWithTheLastProblem();
    void aRefusalGoesWithItsSafeguard();
    void theMessageGoesWhenMoreIsStaged();
    void keysAloneApplyAnEdit();
    void theNoteIsInTheJournal();

private:
    void stageMany(int count) { stageFaxNumbers(changes(), count); }
    void applyAll();
    [[nodiscard]] QString shown(QWidget *widget) const;
    [[nodiscard]] ChangeSet &changes() { return m_rig->session().changes(); }

    std::unique_ptr<WindowRig> m_rig;
    ChangesDock *m_dock = nullptr;
};

void TestApplyMessages::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_dock = m_rig->page<ChangesDock>(PageId::Changes);
    QTRY_VERIFY_WITH_TIMEOUT(changes().isSaved(), 10'000);
}

void TestApplyMessages::applyAll()
{
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_rig->window->showPlace({PageId::Changes, {}});
    m_dock->applying()->apply(0);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
}

QString TestApplyMessages::shown(QWidget *widget) const
{
    QStringList texts;
    for (const QLabel *label : widget->findChildren<QLabel *>()) {
        if (label->isVisible())
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

void TestApplyMessages::theMessageGoesWithItsRows()
{
    (void)changes().addCreate(ObjectType::Contacts, {{u"email"_s, u"not an address"_s}}, u"x"_s);
    m_rig->window->showPlace({PageId::Changes, {}});
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_dock->applying()->apply(0);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
    auto *message = m_dock->findChild<MessageBar *>();
    QVERIFY(message->isVisible());
    changes().revertAll();
    QTRY_VERIFY(!message->isVisible());
}

/// What was applied is still listed.
void TestApplyMessages::theMessageGoesWithTheLastProblem()
{
    stageMany(20);
    const QString id =
        changes().addCreate(ObjectType::Contacts, {{u"email"_s, u"not an address"_s}}, u"x"_s);
    applyAll();
    auto *message = m_dock->findChild<MessageBar *>();
    QCOMPARE(message->kind(), MessageBar::Warning);
    QVERIFY(message->isVisible());
    // The refused one is in sight.
    QCOMPARE(m_dock->tree()->currentIndex().data(ChangesModel::IdRole).toString(), id);
    changes().revertRow(ObjectType::Contacts, id);
    QTRY_VERIFY(!message->isVisible());
    QCOMPARE(changes().count(RowState::Applied), 20);
}

void TestApplyMessages::aRefusalGoesWithItsSafeguard()
{
    stageMany(3);
    const auto allow = [this](int rows) {
        Connection connection = *m_rig->window->keeper().connection();
        connection.policy.mostRows = rows;
        QVERIFY(m_rig->window->keeper().change(*m_rig->window->keeper().connection(), connection));
    };
    allow(2);
    applyAll();
    auto *message = m_dock->findChild<MessageBar *>();
    QVERIFY(message->isVisible());
    QVERIFY2(shown(m_dock).contains(u"would write 3 records"_s), qPrintable(shown(m_dock)));
    allow(5);
    QTRY_VERIFY(!message->isVisible());
    QCOMPARE(changes().waiting(), 3);
}

/// "1 record applied" above a row that waits would speak of that one.
void TestApplyMessages::theMessageGoesWhenMoreIsStaged()
{
    stageMany(1);
    applyAll();
    auto *message = m_dock->findChild<MessageBar *>();
    QVERIFY(message->isVisible());
    QCOMPARE(message->kind(), MessageBar::Good);
    (void)changes().addCreate(ObjectType::Contacts, {{u"email"_s, u"next@example.com"_s}}, u"x"_s);
    QTRY_VERIFY(!message->isVisible());
}

/// The first repair of the README, without a mouse.
void TestApplyMessages::keysAloneApplyAnEdit()
{
    m_rig->window->showPlace({PageId::Contacts, {}});
    auto *page = m_rig->page<RecordsPage>(PageId::Contacts);
    QTRY_VERIFY_WITH_TIMEOUT(page->isComplete() && page->table()->currentIndex().isValid(), 20'000);
    RecordTable *table = page->table();
    const int column = int(page->model()->columns().indexOf(u"phone"_s)) + 1;
    table->setFocus();
    table->setCurrentIndex(page->model()->index(0, column));
    QTest::keyClick(table, Qt::Key_F2);
    QTest::keyClicks(QApplication::focusWidget(), u"+41 44 668 18 00"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(changes().waiting(), 1);
    m_rig->window->showPlace({PageId::Problems, {}}); // Another dock is in front.
    table->setFocus();

    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_dock->tree()->hasFocus());
    QVERIFY(!m_dock->tree()->visibleRegion().isEmpty());
    QVERIFY(m_dock->tree()->currentIndex().isValid());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
    QCOMPARE(changes().count(RowState::Applied), 1);
}

void TestApplyMessages::theNoteIsInTheJournal()
{
    auto *note = m_dock->findChild<QLineEdit *>(u"runNote"_s);
    QVERIFY(!note->isVisible()); // There is nothing to apply.
    stageMany(1);
    m_rig->window->showPlace({PageId::Changes, {}});
    QTRY_VERIFY(note->isVisible());
    note->setFocus();
    QTest::keyClicks(note, u"Ticket 4711"_s);
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    QTest::keyClick(note, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
    QCOMPARE(note->text(), QString());
    m_rig->window->showPlace({PageId::Journal, {}});
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    QTRY_COMPARE(journal->runs()->model()->rowCount(), 1);
    QCOMPARE(journal->runs()->model()->index(0, JournalRunsModel::NoteColumn).data().toString(),
             u"Ticket 4711"_s);
}

HUBKEEPER_WINDOW_TEST(TestApplyMessages)
#include "tst_applymessages.moc"
