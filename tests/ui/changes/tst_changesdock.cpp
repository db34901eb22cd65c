// SPDX-License-Identifier: MIT
#include "changes/applyactions.h"
#include "changes/changefileactions.h"
#include "changes/changesdock.h"
#include "changes/changesmodel.h"
#include "changes/set/changeset.h"
#include "changes/set/changesfile.h"
#include "changes/set/journalrows.h"
#include "journal/journalpage.h"
#include "portal/portalwriter.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "records/values/portalnames.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "ui/windowrig.h"
#include "widgets/messagebar.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
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
    void saysWhatBecameOfAnInterruptedRun();
    void aSecondWindowSaysThatItIsOneMore();
    void takesOverADraftOfVersion1();
    void opensAFileBesideWhatIsStaged();
    void theModelFollowsRowByRow();

private:
    [[nodiscard]] QString keptPath() const;
    [[nodiscard]] bool isKept() const;
    [[nodiscard]] QString said(QWidget *widget) const;
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
    m_dock = m_rig->page<ChangesDock>(PageId::Changes);
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    m_rig->window->showPlace({PageId::Contacts, {}});
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && m_page->model()->rowCount() == 60, 20'000);
    m_id = m_page->model()->idAt(0);
}

void TestChangesDock::stage(const QString &property, const QString &text)
{
    const int column = int(m_page->model()->columns().indexOf(property)) + 1;
    QVERIFY(m_page->model()->setData(m_page->model()->index(0, column), text, Qt::EditRole));
}

void TestChangesDock::applyAndWait()
{
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    m_rig->window->showPlace({PageId::Changes, {}});
    QTest::keyClick(m_dock->tree(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
}

void TestChangesDock::setMode(WriteMode mode)
{
    Connection connection = *m_rig->window->keeper().connection();
    connection.policy.mode = mode;
    QVERIFY(m_rig->window->keeper().change(*m_rig->window->keeper().connection(), connection));
}

void TestChangesDock::appliesWithTheKeyboardAndProves()
{
    stage(u"firstname"_s, u"Zoë"_s);
    QTest::keyClick(m_rig->window.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_dock->isVisible());
    QCOMPARE(m_dock->title(), u"Changes (1)"_s);
    applyAndWait();
    QCOMPARE(m_rig->session().changes().at(0).state, RowState::Applied);
    QCOMPARE(m_rig->portalText(m_id, u"firstname"_s), u"Zoë"_s);
    QCOMPARE(m_dock->title(), u"Changes"_s);
}

void TestChangesDock::revertsARunFromTheJournal()
{
    const QString before = m_rig->portalText(m_id, u"firstname"_s);
    stage(u"firstname"_s, u"Zoë"_s);
    applyAndWait();
    // The README's steps: nothing between Apply and Revert.
    m_rig->window->showPlace({PageId::Journal, {}});
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    auto *revert = journal->findChild<QPushButton *>(u"revertRun"_s);
    QTRY_VERIFY(journal->runs()->currentIndex().isValid() && revert->isEnabled());
    revert->click();
    QTRY_VERIFY(m_dock->isVisible());
    QTRY_COMPARE(m_rig->session().changes().rows().front().state, RowState::Staged);
    QCOMPARE(m_rig->session().changes().count(), 1);
    QVERIFY(!journal->findChild<MessageBar *>()->isVisible());
    applyAndWait();
    QCOMPARE(m_rig->portalText(m_id, u"firstname"_s), before);
}

void TestChangesDock::readOnlyRefusesAndSaysWhy()
{
    setMode(WriteMode::ReadOnly);
    stage(u"firstname"_s, u"Zoë"_s);
    m_rig->window->showPlace({PageId::Changes, {}});
    QVERIFY(!m_dock->applying()->applyAction()->isEnabled());
    QVERIFY(m_dock->applying()->applyAction()->toolTip().contains(u"read-only"_s));
    m_dock->applying()->apply(0); // Whoever gets past the button meets the guard in core.
    QTRY_VERIFY(m_dock->findChild<MessageBar *>()->isVisible());
    QVERIFY(m_rig->portalText(m_id, u"firstname"_s) != u"Zoë"_s);
    QCOMPARE(m_rig->session().changes().count(), 1);
}

void TestChangesDock::showsAConflictAndKeepsMine()
{
    stage(u"firstname"_s, u"Mine"_s);
    // Somebody else writes the same property in the meantime.
    PortalReader &portal = m_rig->session().portal();
    const auto theirs =
        outcomeOf(PortalWriter(portal.client(), portal.version())
                      .update(ObjectType::Contacts, m_id, {{u"firstname"_s, u"Theirs"_s}},
                              m_rig->window.get()));
    QVERIFY(theirs && *theirs);
    applyAndWait();
    QCOMPARE(m_rig->session().changes().at(0).state, RowState::Conflicting);
    QCOMPARE(m_rig->portalText(m_id, u"firstname"_s), u"Theirs"_s);
    m_dock->tree()->setCurrentIndex(m_dock->tree()->model()->index(0, 0));
    const QList<QAction *> actions = m_dock->findChildren<QAction *>();
    const auto keep = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
        return action->text().remove(u'&') == u"Keep Mine"_s;
    });
    QVERIFY(keep != actions.end() && (*keep)->isEnabled());
    (*keep)->trigger();
    applyAndWait();
    QCOMPARE(m_rig->portalText(m_id, u"firstname"_s), u"Mine"_s);
}

void TestChangesDock::keepsARefusedRowWithItsReason()
{
    stage(u"email"_s, u"not an address"_s);
    applyAndWait();
    const RowChange row = m_rig->session().changes().at(0);
    QCOMPARE(row.state, RowState::Failed);
    QVERIFY(row.error.has_value());
    QVERIFY(!row.error->what.isEmpty());
    QCOMPARE(m_dock->findChild<MessageBar *>()->kind(), MessageBar::Warning);
    stage(u"email"_s, u"fixed@example.com"_s);
    applyAndWait();
    QCOMPARE(m_rig->portalText(m_id, u"email"_s), u"fixed@example.com"_s);
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
    QCOMPARE(m_rig->session().changes().at(0).state, RowState::Applied);
    const int live = m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        return portal.liveCount(practice::ObjectType::Contact);
    });
    QCOMPARE(live, 61);
}

QString TestChangesDock::keptPath() const
{
    return u"%1/changes/%2-%3.sqlite"_s.arg(m_rig->paths.data, m_rig->session().connection().id)
        .arg(m_rig->session().changes().binding().portalId);
}

bool TestChangesDock::isKept() const
{
    return QTest::qWaitFor([this] { return m_rig->session().changes().isSaved(); }, 10'000);
}

QString TestChangesDock::said(QWidget *widget) const
{
    QStringList texts;
    const auto bars = widget->findChildren<MessageBar *>();
    for (const MessageBar *bar : bars) {
        const auto labels = bar->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(bar->isVisible() ? label->text() : QString());
    }
    return texts.join(u' ');
}

void TestChangesDock::stagedChangesSurviveARestart()
{
    QVERIFY(isKept());
    stage(u"firstname"_s, u"Zoë"_s);
    // Written without any closing, as it has to be for a crash.
    QVERIFY(isKept());
    QCOMPARE(QFile::permissions(keptPath()) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    QTRY_COMPARE(m_rig->session().changes().count(), 1);
    QCOMPARE(m_rig->session().changes().at(0).cells[u"firstname"_s].after, u"Zoë"_s);
    QTRY_VERIFY(said(m_rig->window.get()).contains(u"1 record(s) are waiting."_s));
    m_rig->session().changes().undo();
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestChangesDock::saysWhatBecameOfAnInterruptedRun()
{
    QVERIFY(isKept());
    ChangeSet &changes = m_rig->session().changes();
    Journal &journal = m_rig->session().journal();
    for (int row = 0; row < 4; ++row) {
        const QModelIndex cell = m_page->model()->index(
            row, int(m_page->model()->columns().indexOf(u"firstname"_s)) + 1);
        QVERIFY(m_page->model()->setData(cell, u"Zoë"_s, Qt::EditRole));
    }
    // What a run leaves that was killed: one row written, one sent, one not, one not claimed.
    const auto run = journal.beginRun({{}, {}, u"x"_s, 1, {}, {}, 4});
    QVERIFY(run.has_value());
    const auto claimed = outcomeOf(changes.claim(*run, {1, 2, 3}, this));
    QVERIFY(claimed && *claimed && (*claimed)->size() == 3);
    std::vector<RowChange> rows = changes.rows();
    QVERIFY(journal.addIntents(*run, {journalRowOf(rows[0]), journalRowOf(rows[1])}).has_value());
    rows[0].state = RowState::Applied;
    QVERIFY(journal.addOutcomes(*run, {journalRowOf(rows[0])}).has_value());
    QVERIFY(isKept());

    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    const ChangeSet &again = m_rig->session().changes();
    QTRY_COMPARE(again.count(RowState::Unknown), 1);
    QCOMPARE(again.count(RowState::Applied), 1);
    QCOMPARE(again.row(ObjectType::Contacts, rows[1].id)->state, RowState::Unknown);
    QCOMPARE(again.row(ObjectType::Contacts, rows[2].id)->state, RowState::Skipped);
    QTRY_VERIFY2(said(m_rig->window.get())
                     .contains(u"2 record(s) are waiting. 1 may have been sent. 1 were applied."_s),
                 qPrintable(said(m_rig->window.get())));
}

void TestChangesDock::aSecondWindowSaysThatItIsOneMore()
{
    QVERIFY(isKept());
    stage(u"firstname"_s, u"Zoë"_s);
    QVERIFY(isKept());
    QCOMPARE(m_dock->unsaved(), QString());
    const std::unique_ptr<MainWindow> first = std::move(m_rig->window);
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    QTRY_VERIFY(said(m_rig->window.get()).contains(u"open in another window"_s));
    ChangeSet &second = m_rig->session().changes();
    QVERIFY(second.isEmpty());
    (void)second.addCreate(ObjectType::Contacts, {{u"email"_s, u"b@example.com"_s}}, {});
    QVERIFY(m_rig->page<ChangesDock>(PageId::Changes)->unsaved().contains(u"not kept"_s));
    QCOMPARE(first->keeper().session()->changes().count(), 1);
    second.revertAll();
}

void TestChangesDock::takesOverADraftOfVersion1()
{
    QVERIFY(isKept());
    const QString old =
        m_rig->paths.data + u"/changes/"_s + m_rig->session().connection().id + u".json"_s;
    QFile file(old);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"format":"hubkeeper-changes","version":1,"rows":[{"type":"contacts",)"
               R"("kind":"update","id":"1","label":"Ada","state":"staged",)"
               R"("cells":{"firstname":{"before":"a","after":"b"}}}]})");
    file.close();
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    QTRY_COMPARE(m_rig->session().changes().count(), 1);
    QTRY_VERIFY(!QFile::exists(old));
    QCOMPARE(m_rig->session().changes().at(0).label, u"Ada"_s);
}

void TestChangesDock::opensAFileBesideWhatIsStaged()
{
    QVERIFY(isKept());
    stage(u"firstname"_s, u"Zoë"_s);
    ChangeSet &changes = m_rig->session().changes();
    RowChange row = changes.at(0);
    row.cells = {{u"lastname"_s, {u"x"_s, u"y"_s}}};
    const QString path = m_rig->folder.filePath(u"changes.jsonl"_s);
    const auto write = [&](const ChangeBinding &binding) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(changesToLines(headerFor(binding), {row}));
    };
    ChangeBinding elsewhere {815, u"Sandbox"_s, {}, {}};
    write(elsewhere);
    m_rig->window->showPlace({PageId::Changes, {}});
    m_dock->files()->openFile(path);
    QTRY_VERIFY(said(m_dock).contains(u"Sandbox (815)"_s));
    QVERIFY(said(m_dock).contains(changes.binding().portal()));

    write(changes.binding());
    m_dock->files()->openFile(path);
    const auto box = [this] { return m_dock->findChild<QMessageBox *>(u"openChangeSet"_s); };
    QTRY_VERIFY(box());
    QCOMPARE(changes.at(0).cells.size(), 1);
    box()->defaultButton()->click();
    QTRY_COMPARE(changes.at(0).cells.size(), 2);
    changes.undo();
    QCOMPARE(changes.at(0).cells.keys(), QStringList {u"firstname"_s});
}

void TestChangesDock::theModelFollowsRowByRow()
{
    ChangeSet changes;
    Masking masking;
    const PortalNames names(masking, nullptr);
    ChangesModel model(changes, names, nullptr);
    auto tester = std::make_unique<QAbstractItemModelTester>(
        &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTreeView view;
    view.setModel(&model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const auto record = [](int id) {
        Record one;
        one.id = QString::number(id);
        return one;
    };
    for (int id = 1; id <= 5; ++id)
        changes.setText(ObjectType::Contacts, record(id), {}, u"b"_s, u"1"_s);
    view.expandAll();
    const QModelIndex third = model.index(2, 0, {});
    const QPersistentModelIndex cell = model.index(0, 0, third);
    changes.setText(ObjectType::Contacts, record(3), {}, u"a"_s, u"2"_s);
    QCOMPARE(model.rowCount(third), 2);
    QCOMPARE(cell.row(), 1);
    changes.revertRow(ObjectType::Contacts, u"1"_s);
    changes.revertCell(ObjectType::Contacts, u"3"_s, u"a"_s);
    QCOMPARE(model.rowCount({}), 4);
    QCOMPARE(cell.parent().row(), 1);
    QCOMPARE(cell.data().toString(), u"b"_s);
    changes.undo();
    changes.undo();
    QCOMPARE(cell.parent().row(), 2);
    changes.addArchive(ObjectType::Contacts, record(2), {});
    changes.revertAll();
    changes.undo();
    QCOMPARE(model.rowCount({}), 5);
    QCOMPARE(resets.count(), 0);
    tester.reset(); // It looks at every row after each signal.
    changes.beginStep(u"many"_s);
    for (int id = 10; id <= 2000; ++id)
        changes.setText(ObjectType::Contacts, record(id), {}, u"b"_s, u"1"_s);
    changes.endStep();
    QCOMPARE(resets.count(), 0);
    changes.undo();
    QTRY_COMPARE(model.rowCount({}), 5);
}

HUBKEEPER_WINDOW_TEST(TestChangesDock)
#include "tst_changesdock.moc"
