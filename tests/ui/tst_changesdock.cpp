// SPDX-License-Identifier: MIT
#include "changes/changesdock.h"
#include "changes/set/changeset.h"
#include "journal/journalpage.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QMessageBox>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// From a staged edit to a proven one and back, in the window.
class TestChangesDock final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void appliesWithTheKeyboardAndProves();
    void revertsARunFromTheJournal();
    void readOnlyRefusesAndSaysWhy();
    void showsAConflictAndKeepsMine();
    void keepsARefusedRowWithItsReason();
    void aLostAnswerToACreateIsSentOnce();
    void stagedChangesSurviveARestart();

private:
    [[nodiscard]] QString portalText(const QString &id, const QString &property);
    void stage(const QString &property, const QString &text);
    void applyAndWait();
    void setMode(WriteMode mode);

    std::unique_ptr<WindowRig> m_rig;
    RecordsPage *m_page = nullptr;
    ChangesDock *m_dock = nullptr;
    QString m_id;
};

void TestChangesDock::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_dock = m_rig->page<ChangesDock>(u"changes"_s);
    m_page = m_rig->page<RecordsPage>(u"contacts"_s);
    m_rig->window->showPlace({u"contacts"_s, {}});
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && m_page->model()->rowCount() == 60, 20'000);
    m_id = m_page->model()->idAt(0);
}

QString TestChangesDock::portalText(const QString &id, const QString &property)
{
    const auto record =
        outcomeOf(m_rig->session().fullRecord(ObjectType::Contacts, id, m_rig->window.get()));
    return record && *record ? (*record)->text(property) : u"(not read)"_s;
}

void TestChangesDock::stage(const QString &property, const QString &text)
{
    const int column = int(m_page->model()->columns().indexOf(property)) + 1;
    QVERIFY(m_page->model()->setData(m_page->model()->index(0, column), text, Qt::EditRole));
}

void TestChangesDock::applyAndWait()
{
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_rig->window->showPlace({u"changes"_s, {}});
    QTest::keyClick(m_dock->tree(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
}

void TestChangesDock::setMode(WriteMode mode)
{
    Connection connection = *m_rig->window->keeper().connection();
    connection.policy.mode = mode;
    QVERIFY(m_rig->window->keeper().change(connection).has_value());
}

void TestChangesDock::appliesWithTheKeyboardAndProves()
{
    stage(u"firstname"_s, u"Zoë"_s);
    QTest::keyClick(m_rig->window.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_dock->isVisible());
    QCOMPARE(m_dock->title(), u"Changes (1)"_s);
    applyAndWait();
    QCOMPARE(m_rig->session().changes().rows().front().state, RowState::Applied);
    QCOMPARE(portalText(m_id, u"firstname"_s), u"Zoë"_s);
    QCOMPARE(m_dock->title(), u"Changes"_s);
}

void TestChangesDock::revertsARunFromTheJournal()
{
    const QString before = portalText(m_id, u"firstname"_s);
    stage(u"firstname"_s, u"Zoë"_s);
    applyAndWait();
    m_rig->session().changes().removeApplied();
    m_rig->window->showPlace({u"journal"_s, {}});
    auto *journal = m_rig->page<JournalPage>(u"journal"_s);
    QTRY_VERIFY(journal->runs()->currentIndex().isValid());
    journal->revertCurrent();
    QCOMPARE(m_rig->session().changes().count(), 1);
    applyAndWait();
    QCOMPARE(portalText(m_id, u"firstname"_s), before);
}

void TestChangesDock::readOnlyRefusesAndSaysWhy()
{
    setMode(WriteMode::ReadOnly);
    stage(u"firstname"_s, u"Zoë"_s);
    m_rig->window->showPlace({u"changes"_s, {}});
    QVERIFY(!m_dock->applyAction()->isEnabled());
    QVERIFY(m_dock->applyAction()->toolTip().contains(u"read-only"_s));
    m_dock->apply(0); // Whoever gets past the button meets the guard in core.
    QTRY_VERIFY(m_dock->findChild<MessageBar *>()->isVisible());
    QVERIFY(portalText(m_id, u"firstname"_s) != u"Zoë"_s);
    QCOMPARE(m_rig->session().changes().count(), 1);
}

void TestChangesDock::showsAConflictAndKeepsMine()
{
    stage(u"firstname"_s, u"Mine"_s);
    // Somebody else writes the same property in the meantime.
    const auto theirs = outcomeOf(m_rig->session().portal().update(
        ObjectType::Contacts, m_id, {{u"firstname"_s, u"Theirs"_s}}, m_rig->window.get()));
    QVERIFY(theirs && *theirs);
    applyAndWait();
    QCOMPARE(m_rig->session().changes().rows().front().state, RowState::Conflicting);
    QCOMPARE(portalText(m_id, u"firstname"_s), u"Theirs"_s);
    m_dock->tree()->setCurrentIndex(m_dock->tree()->model()->index(0, 0));
    const QList<QAction *> actions = m_dock->findChildren<QAction *>();
    const auto keep = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
        return action->text().remove(u'&') == u"Keep Mine"_s;
    });
    QVERIFY(keep != actions.end() && (*keep)->isEnabled());
    (*keep)->trigger();
    applyAndWait();
    QCOMPARE(portalText(m_id, u"firstname"_s), u"Mine"_s);
}

void TestChangesDock::keepsARefusedRowWithItsReason()
{
    stage(u"email"_s, u"not an address"_s);
    applyAndWait();
    const RowChange &row = m_rig->session().changes().rows().front();
    QCOMPARE(row.state, RowState::Failed);
    QVERIFY(row.error.has_value());
    QVERIFY(!row.error->what.isEmpty());
    QCOMPARE(m_dock->findChild<MessageBar *>()->kind(), MessageBar::Warning);
    stage(u"email"_s, u"mended@example.com"_s);
    applyAndWait();
    QCOMPARE(portalText(m_id, u"email"_s), u"mended@example.com"_s);
}

void TestChangesDock::aLostAnswerToACreateIsSentOnce()
{
    practice::Fault fault;
    fault.kind = practice::FaultKind::CloseAfterWork;
    fault.method = "POST";
    fault.path = QRegularExpression(u"contacts(/batch/create)?$"_s);
    m_rig->portal.inPortal([&](practice::PracticePortal &portal) {
        portal.clearLog();
        portal.addFault(fault);
    });
    m_rig->session().changes().addCreate(
        ObjectType::Contacts, {{u"email"_s, u"only.once@example.com"_s}}, u"only once"_s);
    applyAndWait();
    QCOMPARE(m_rig->session().changes().rows().front().state, RowState::Applied);
    const int live = m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        return portal.liveCount(practice::ObjectType::Contact);
    });
    QCOMPARE(live, 61);
}

void TestChangesDock::stagedChangesSurviveARestart()
{
    stage(u"firstname"_s, u"Zoë"_s);
    const QString draft =
        m_rig->paths.data + u"/changes/"_s + m_rig->session().connection().id + u".json"_s;
    // Written without any closing, as it has to be for a crash.
    QTRY_VERIFY(QFile::exists(draft));
    QCOMPARE(QFile::permissions(draft) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    QCOMPARE(m_rig->session().changes().count(), 1);
    QCOMPARE(m_rig->session().changes().rows().front().cells[u"firstname"_s].after, u"Zoë"_s);
}

HUBKEEPER_WINDOW_TEST(TestChangesDock)
#include "tst_changesdock.moc"
