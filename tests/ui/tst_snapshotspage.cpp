// SPDX-License-Identifier: MIT
#include "practice/rehearsalportal.h"
#include "practice/server/practicethread.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "secrets/secretstore.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "session/writing/applychanges.h"
#include "testkit/outcomeof.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "workbench/snapshots/snapshotgrid.h"
#include "workbench/snapshots/snapshotspage.h"
#include "workbench/snapshots/textrowsmodel.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// The page in a window of its own, on a session with a practice portal.
struct PageRig
{
    PageRig()
        : portal(options())
        , page(masking, paths, &startRehearsalPortal, nullptr)
    {
        if (const auto started = portal.start(); !started)
            qFatal("%s", qUtf8Printable(started.error().sentence()));
        SessionParts parts;
        parts.connection.id = u"practice"_s;
        parts.connection.label = u"Practice"_s;
        parts.connection.kind = ConnectionKind::Practice;
        parts.connection.policy.mode = WriteMode::Free;
        parts.connection.baseUrl = portal.url();
        parts.provisioner = std::make_shared<ProvisionerFacts>();
        parts.transport.base = portal.url();
        parts.permitsPerSecond = 1000;
        parts.credentials = {portal.clientId(), portal.clientSecret(), portal.refreshToken()};
        auto journal = Journal::open(folder.filePath(u"journal.sqlite"_s), clock, Secret());
        if (!journal)
            qFatal("%s", qUtf8Printable(journal.error().sentence()));
        parts.journal = std::move(*journal);
        session = std::make_shared<Session>(std::move(parts),
                                            SessionServices {clock, secrets, paths, budgets});
        page.resize(1000, 700);
        page.show();
        page.setSession(session);
    }
    ~PageRig()
    {
        page.setSession(nullptr);
        session.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    static practice::PracticeOptions options()
    {
        practice::PracticeOptions options;
        options.contacts = 40;
        options.companies = 10;
        options.indexDelay = std::chrono::milliseconds(0);
        options.limits = {0, 0, 0, 0, 0};
        return options;
    }
    [[nodiscard]] int live(practice::ObjectType type)
    {
        return portal.inPortal(
            [type](practice::PracticePortal &served) { return served.liveCount(type); });
    }
    [[nodiscard]] int calls()
    {
        return portal.inPortal(
            [](practice::PracticePortal &served) { return int(served.log().total()); });
    }

    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    SystemClock clock;
    MemorySecretStore secrets;
    BudgetRegistry budgets;
    practice::PracticeThread portal;
    Masking masking;
    std::shared_ptr<Session> session;
    SnapshotsPage page;
};

} // namespace

/// The page of snapshots, with real keys and clicks.
class TestSnapshotsPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void saysWhatToDoFirst();
    void showsWhatIsOfTheSelectedSnapshot();
    void takesAndOpensOffline();
    void filtersOffline();
    void stagesEditsOnTheSnapshot();
    void takesAgainAndCompares();
    void putsSelectedValuesBack();
    void rehearsesStagedChanges();
    void rehearsesWithFaults();
    void deletesAfterAQuestion();
    void showsWhatCannotBeRead();
    void modelsAreSound();

private:
    template <typename T>
    T *find(const char *name)
    {
        auto *widget = m_page->findChild<T *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("%s is not there", name);
        return widget;
    }
    void click(const char *name)
    {
        auto *button = find<QPushButton>(name);
        QTRY_VERIFY2(button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void showTab(int tab) { find<QTabWidget>("snapshotTabs")->setCurrentIndex(tab); }
    void take(const char *button = "takeSnapshot")
    {
        const int before = m_page->list()->model()->rowCount();
        click(button);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->list()->model()->rowCount(), before + 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("openSnapshot")->isEnabled(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), 20'000);
    }
    void open()
    {
        click("openSnapshot");
        QTRY_VERIFY_WITH_TIMEOUT(m_page->grid()->table()->model(), 5'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->grid()->isReading(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 0, 5'000);
    }
    [[nodiscard]] int rows() { return m_page->grid()->table()->model()->rowCount(); }
    [[nodiscard]] MessageBar *message() { return m_page->findChild<MessageBar *>(); }
    [[nodiscard]] RecordTableModel *model()
    {
        return qobject_cast<RecordTableModel *>(m_page->grid()->table()->model());
    }
    [[nodiscard]] QModelIndex cell(int row, const QString &property)
    {
        return model()->index(row, int(model()->columns().indexOf(property)) + 1);
    }

    std::unique_ptr<PageRig> m_rig;
    SnapshotsPage *m_page = nullptr;
};

void TestSnapshotsPage::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<PageRig>();
    m_page = &m_rig->page;
    QVERIFY(QTest::qWaitForWindowExposed(m_page));
    QVERIFY(outcomeOf(m_rig->session->account(m_page)));
}

void TestSnapshotsPage::saysWhatToDoFirst()
{
    QVERIFY(!m_page->list()->isVisible());
    QVERIFY(find<QPushButton>("takeSnapshot")->isEnabled());
    for (const char *name : {"takeSnapshotAgain", "openSnapshot", "compareSnapshot", "putBack",
                             "rehearse", "deleteSnapshot"})
        QVERIFY2(!find<QPushButton>(name)->isEnabled(), name);
}

void TestSnapshotsPage::showsWhatIsOfTheSelectedSnapshot()
{
    take();
    QVERIFY(!m_page->grid()->isVisible());
    QPushButton *openSnapshot = nullptr;
    for (auto *button : m_page->findChildren<QPushButton *>()) {
        if (button->text() == u"Open &Snapshot"_s)
            openSnapshot = button;
    }
    QVERIFY(openSnapshot);
    QTest::mouseClick(openSnapshot, Qt::LeftButton);
    QTRY_VERIFY(m_page->grid()->isVisible());
    const QString path = m_page->grid()->path();
    m_page->hide(); // The list is read again.
    m_page->show();
    QCOMPARE(m_page->grid()->path(), path);
    take(); // Another one is selected.
    QVERIFY(!m_page->grid()->isVisible());
}

void TestSnapshotsPage::takesAndOpensOffline()
{
    take();
    QCOMPARE(m_page->list()->model()->index(0, SnapshotListModel::StateColumn).data().toString(),
             u"Complete"_s);
    QVERIFY(message()->text().contains(u"complete"_s));
    const int calls = m_rig->calls();
    open();
    QCOMPARE(rows(), m_rig->live(practice::ObjectType::Contact));
    auto *types = find<QComboBox>("snapshotType");
    types->setFocus();
    QTest::keyClick(types, Qt::Key_Down);
    QTRY_COMPARE(rows(), m_rig->live(practice::ObjectType::Company));
    QCOMPARE(m_rig->calls(), calls);
}

void TestSnapshotsPage::filtersOffline()
{
    take();
    open();
    const QString email = cell(0, u"email"_s).data(RecordTableModel::RawTextRole).toString();
    auto *filter = find<QLineEdit>("snapshotFilter");
    m_page->focusFilter();
    QTest::keyClicks(filter, email);
    QTRY_COMPARE(rows(), 1);
    filter->clear();
    QTRY_VERIFY(rows() > 1);
}

void TestSnapshotsPage::stagesEditsOnTheSnapshot()
{
    take();
    open();
    const QModelIndex city = cell(0, u"firstname"_s);
    QVERIFY(city.isValid());
    const QString before = city.data(RecordTableModel::OriginalTextRole).toString();
    auto *table = m_page->grid()->table();
    table->setCurrentIndex(city);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, u"Zoe"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    const QString id = model()->idAt(0);
    QTRY_VERIFY((*m_rig->session).changes().row(ObjectType::Contacts, id));
    const auto row = (*m_rig->session).changes().row(ObjectType::Contacts, id);
    QCOMPARE(row->cells.value(u"firstname"_s).before, before);
    QCOMPARE(row->cells.value(u"firstname"_s).after, u"Zoe"_s);
}

void TestSnapshotsPage::takesAgainAndCompares()
{
    take();
    (*m_rig->session)
        .changes()
        .addCreate(ObjectType::Contacts, {{u"email"_s, u"fresh@example.com"_s}}, u"fresh"_s);
    RunOptions options;
    options.reviewed = options.confirmed = true;
    const auto run = outcomeOf(applyChanges((*m_rig->session), options, m_page));
    QVERIFY(run && *run && (*run)->applied == 1);
    showTab(1);
    click("compareSnapshot");
    QTRY_VERIFY_WITH_TIMEOUT(m_page->differences()->rowCount() > 0, 20'000);
    QCOMPARE(m_page->differences()->rowAt(0).value(0), u"Added"_s);
    QVERIFY(m_page->differences()->rowAt(0).value(1).contains(u"fresh"_s));
    QTRY_VERIFY(find<QPushButton>("takeSnapshotAgain")->isEnabled());
    take("takeSnapshotAgain");
    QCOMPARE(find<QComboBox>("compareWith")->count(), 2);
}

void TestSnapshotsPage::putsSelectedValuesBack()
{
    take();
    open();
    const QString id = model()->idAt(0);
    const QString former = cell(0, u"firstname"_s).data(RecordTableModel::RawTextRole).toString();
    ReadOptions wanted;
    wanted.properties = {u"firstname"_s};
    const auto now =
        outcomeOf((*m_rig->session).portal().read(ObjectType::Contacts, id, wanted, m_page));
    QVERIFY(now && *now);
    (*m_rig->session)
        .changes()
        .setText(ObjectType::Contacts, **now, u"x"_s, u"firstname"_s, u"Other"_s);
    RunOptions options;
    options.reviewed = options.confirmed = true;
    QVERIFY(*outcomeOf(applyChanges((*m_rig->session), options, m_page)));
    (*m_rig->session).changes().removeApplied();
    auto *table = m_page->grid()->table();
    table->setFocus();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(cell(0, u"firstname"_s)).center());
    click("putBack");
    QTRY_VERIFY((*m_rig->session).changes().row(ObjectType::Contacts, id));
    const auto row = (*m_rig->session).changes().row(ObjectType::Contacts, id);
    QCOMPARE(row->cells.value(u"firstname"_s).before, u"Other"_s);
    QCOMPARE(row->cells.value(u"firstname"_s).after, former);
    QTRY_VERIFY(message()->text().contains(u"staged"_s));
}

void TestSnapshotsPage::rehearsesStagedChanges()
{
    take();
    open();
    const Record record = model()->recordAt(0);
    (*m_rig->session)
        .changes()
        .setText(ObjectType::Contacts, record, u"x"_s, u"firstname"_s, u"Tried"_s);
    const int waiting = (*m_rig->session).changes().waiting();
    showTab(2);
    click("rehearse");
    QTRY_VERIFY_WITH_TIMEOUT(m_page->rehearsal()->rowCount() > 0, 20'000);
    const QStringList row = m_page->rehearsal()->rowAt(0);
    QCOMPARE(row.value(0), u"Applied"_s);
    QCOMPARE(row.value(4), u"Tried"_s);
    QCOMPARE((*m_rig->session).changes().waiting(), waiting);
    ReadOptions wanted;
    wanted.properties = {u"firstname"_s};
    const auto now =
        outcomeOf(m_rig->session->portal().read(ObjectType::Contacts, record.id, wanted, m_page));
    QVERIFY(now && *now && (*now)->text(u"firstname"_s) != u"Tried"_s);
}

/// An answer is lost: it is found out what became of the write. The other fault never comes, and
/// that is said.
void TestSnapshotsPage::rehearsesWithFaults()
{
    take();
    open();
    (*m_rig->session)
        .changes()
        .setText(ObjectType::Contacts, model()->recordAt(0), u"x"_s, u"firstname"_s, u"Tried"_s);
    showTab(2);
    auto *weather = m_page->findChild<QToolButton *>(u"badWeather"_s);
    QVERIFY(weather && weather->isEnabled());
    QCOMPARE(weather->text(), u"No Faults"_s);
    const auto detail = [this] {
        QStringList texts;
        for (const QLabel *label : message()->findChildren<QLabel *>())
            texts.append(label->text());
        return texts.join(u' ');
    };
    const auto toggle = [weather](const QString &part) {
        for (QAction *action : weather->menu()->actions()) {
            if (action->text().contains(part))
                action->trigger();
        }
    };
    toggle(u"is lost"_s);
    QVERIFY(weather->text().contains(u"1 Fault"_s));
    click("rehearse");
    QTRY_VERIFY_WITH_TIMEOUT(m_page->rehearsal()->rowCount() > 0, 20'000);
    QCOMPARE(m_page->rehearsal()->rowAt(0).value(0), u"Applied"_s);
    QTRY_VERIFY(message()->text().contains(u"1 applied"_s));
    QVERIFY(!detail().contains(u"did not happen"_s));
    QVERIFY2(detail().contains(u"second"_s), qPrintable(detail())); // Not "1 minute".

    toggle(u"is lost"_s);
    toggle(u"before the second write"_s);
    click("rehearse");
    QTRY_VERIFY_WITH_TIMEOUT(detail().contains(u"did not happen"_s), 20'000);
    QVERIFY(detail().contains(u"breaks before the second write"_s));
}

void TestSnapshotsPage::deletesAfterAQuestion()
{
    take();
    click("deleteSnapshot");
    QCOMPARE(m_page->list()->model()->rowCount(), 1);
    auto *confirm = message()->findChild<QAbstractButton *>(nameOf(Choice::Confirm));
    QVERIFY(confirm);
    QTRY_VERIFY(confirm->isVisible());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_COMPARE(m_page->list()->model()->rowCount(), 0);
    QVERIFY(!m_page->list()->isVisible());
}

void TestSnapshotsPage::showsWhatCannotBeRead()
{
    const QString folder = snapshotFolder(m_rig->paths, (*m_rig->session).connection().id);
    QVERIFY(makePrivateFolder(folder));
    QFile file(folder + u"/2026.hubsnapshot"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("not one") > 0);
    file.close();
    m_page->reload();
    QCOMPARE(m_page->list()->model()->index(0, SnapshotListModel::StateColumn).data().toString(),
             u"Cannot be read"_s);
    QVERIFY(!find<QPushButton>("openSnapshot")->isEnabled());
    QVERIFY(!m_page->list()->model()->index(0, 0).data(Qt::ToolTipRole).toString().isEmpty());
}

void TestSnapshotsPage::modelsAreSound()
{
    SnapshotListModel list(nullptr);
    TextRowsModel texts({u"a"_s, u"b"_s}, nullptr);
    const QAbstractItemModelTester listTester(&list);
    const QAbstractItemModelTester textTester(&texts);
    KeptSnapshot one;
    one.path = u"x"_s;
    list.setSnapshots({one, one});
    texts.append({{u"1"_s, u"2"_s}, {u"3"_s}});
    texts.append({});
    QCOMPARE(texts.index(1, 1).data().toString(), QString());
    texts.clear();
    list.setSnapshots({});
    QCOMPARE(list.rowOf(u"x"_s), -1);
}

HUBKEEPER_WINDOW_TEST(TestSnapshotsPage)
#include "tst_snapshotspage.moc"
