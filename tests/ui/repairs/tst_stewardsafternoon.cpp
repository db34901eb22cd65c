// SPDX-License-Identifier: MIT
#include "../windowrig.h"
#include "changes/changesdock.h"
#include "changes/changesmodel.h"
#include "journal/journalpage.h"
#include "practice/state/portalstate.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "window/commandpalette.h"
#include "workbench/duplicates/duplicatesdialog.h"
#include "workbench/duplicates/mergegroupdialog.h"
#include "workbench/repairs/recordsrepair.h"
#include "workbench/repairs/repairdialog.h"
#include "workbench/snapshots/snapshotgrid.h"
#include "workbench/snapshots/snapshotspage.h"
#include "workbench/snapshots/textrowsmodel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

// Numbers reserved for fiction.
const auto typedNumber = u"030 23125042"_s;
const auto repairedNumber = u"+493023125042"_s;
const auto otherTypedNumber = u"030 23125077"_s;
const auto otherRepairedNumber = u"+493023125077"_s;
const auto exception = u"030 23125099"_s;
const auto doubtfulNumber = u"ask Tom"_s;
const auto twinAddress = u"ada.lovelace@engines.example"_s;

QString nthId(int place)
{
    return QString::number(150'000'000'001 + place);
}

} // namespace

/// What a data steward does in an afternoon of repairs, with keys and mouse: a copy first, a repair
/// by recipe, a rehearsal that fails and one that does not, the run, two records that are one,
/// second thoughts about it, and values put back as they were. After each step the portal itself is
/// asked.
class TestStewardsAfternoon final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_rig.reset(); }
    void init()
    {
        if (m_isOver)
            QSKIP("A step before has failed.");
    }
    void cleanup() { m_isOver = m_isOver || QTest::currentTestFailed(); }
    void aCopyFirst();
    void repairedByRecipe();
    void oneEditTooMany();
    void aRehearsalThatFails();
    void theRowIsDropped();
    void sent();
    void twoRecordsThatAreOne();
    void takenApartAgain();
    void putBackAsOfThen();
    void theJournalHasItAll();

private:
    enum Contact { Ada, Twin, Doubtful, Exception, Other, Clashing, Taken, ContactCount };

    void makeContacts();
    void activate()
    {
        m_rig->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_rig->window.get()));
    }
    /// By the palette of commands, as somebody who knows the name and no menu.
    void command(const QString &name);
    template <typename T>
    [[nodiscard]] static T *part(const QWidget *parent, const char *name)
    {
        auto *found = parent->findChild<T *>(QLatin1StringView(name));
        if (!found)
            qFatal("%s is not there", name);
        return found;
    }
    static void press(const QWidget *parent, const char *name)
    {
        auto *button = part<QPushButton>(parent, name);
        QTRY_VERIFY2_WITH_TIMEOUT(button->isEnabled(), name, 20'000);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    static void pressChoice(const MessageBar *message, Choice choice)
    {
        auto *button = message->findChild<QAbstractButton *>(nameOf(choice));
        QVERIFY(button);
        QTRY_VERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    static void click(QAbstractItemView *view, const QModelIndex &index,
                      Qt::KeyboardModifiers modifiers = {})
    {
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers,
                          view->visualRect(index).center());
    }
    [[nodiscard]] static QModelIndex cellOf(RecordTable *table, const QString &id,
                                            const QString &property)
    {
        const auto *model = qobject_cast<RecordTableModel *>(table->model());
        for (int row = 0; model && row < model->rowCount(); ++row) {
            if (model->idAt(row) == id)
                return model->index(row, int(model->columns().indexOf(property)) + 1);
        }
        return {};
    }
    /// Of the portal itself, whatever the program believes.
    [[nodiscard]] QString live(const QString &id, const QString &property)
    {
        return m_rig->portal.inPortal([&](practice::PracticePortal &portal) {
            const auto record =
                portal.state().store(practice::ObjectType::Contact).find(id.toLongLong());
            return record ? record->values.value(property) : u"(not there)"_s;
        });
    }
    /// The record with that address, or nothing.
    [[nodiscard]] QString liveWith(const QString &address)
    {
        ReadOptions options;
        options.properties = {u"email"_s};
        options.idProperty = u"email"_s;
        const auto record = outcomeOf(m_rig->session().portal().read(ObjectType::Contacts, address,
                                                                     options, m_rig->window.get()));
        return record && *record && (*record)->text(u"email"_s) == address ? (*record)->id
                                                                           : QString();
    }
    void showTab(int tab);
    void rehearse();
    void apply();
    [[nodiscard]] ChangeSet &changes() { return m_rig->session().changes(); }
    [[nodiscard]] MessageBar *said(const QWidget *page) const
    {
        return page->findChild<MessageBar *>();
    }

    std::unique_ptr<WindowRig> m_rig;
    RecordsPage *m_page = nullptr;
    SnapshotsPage *m_snapshots = nullptr;
    JournalPage *m_journal = nullptr;
    ChangesDock *m_dock = nullptr;
    bool m_isOver = false;
};

void TestStewardsAfternoon::makeContacts()
{
    m_rig->portal.inPortal([](practice::PracticePortal &portal) {
        auto &store = portal.state().store(practice::ObjectType::Contact);
        const QStringList phones {typedNumber,      repairedNumber, doubtfulNumber, exception,
                                  otherTypedNumber, QString(),      QString()};
        for (int place = 0; place < ContactCount; ++place) {
            auto record = *store.find(nthId(place).toLongLong());
            record.values.insert(u"phone"_s, phones[place]);
            record.values.insert(u"email"_s, u"contact%1@example.org"_s.arg(place));
            if (place <= Twin) {
                record.values.insert(u"firstname"_s, u"Ada"_s);
                record.values.insert(u"lastname"_s, u"Lovelace"_s);
                record.values.insert(u"company"_s, u"Analytical Engines"_s);
                record.values.insert(u"city"_s, place == Twin ? u"London"_s : QString());
            }
            if (place == Twin) { // Typed again by somebody else.
                const auto first = *store.find(nthId(Ada).toLongLong());
                for (const QString &same : {u"address"_s, u"zip"_s, u"state"_s, u"country"_s,
                                            u"jobtitle"_s, u"website"_s, u"mobilephone"_s})
                    record.values.insert(same, first.values.value(same));
                record.values.insert(u"email"_s, twinAddress);
                record.values.insert(u"lastname"_s, u"Lovelase"_s);
            }
            record.values.removeIf([](const auto &value) { return value->isEmpty(); });
            store.put(record, 0);
        }
    });
}

void TestStewardsAfternoon::initTestCase()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    makeContacts();
    QVERIFY(m_rig->openPractice());
    m_dock = m_rig->page<ChangesDock>(PageId::Changes);
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    m_snapshots = m_rig->page<SnapshotsPage>(PageId::Snapshots);
    m_journal = m_rig->page<JournalPage>(PageId::Journal);
}

void TestStewardsAfternoon::command(const QString &name)
{
    activate();
    QTest::keyClick(m_rig->window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QPointer<CommandPalette> palette;
    QTRY_VERIFY((palette = m_rig->window->findChild<CommandPalette *>()));
    QVERIFY(QTest::qWaitForWindowActive(palette));
    auto *field = palette->findChild<QLineEdit *>();
    QTest::keyClicks(field, name);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!palette);
}

void TestStewardsAfternoon::showTab(int tab)
{
    auto *bar = part<QTabWidget>(m_snapshots, "snapshotTabs")->tabBar();
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
}

void TestStewardsAfternoon::aCopyFirst()
{
    m_rig->window->showPlace({PageId::Snapshots, {}});
    press(m_snapshots, "takeSnapshot");
    QTRY_COMPARE_WITH_TIMEOUT(m_snapshots->list()->model()->rowCount(), 1, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(said(m_snapshots)->text().contains(u"complete"_s), 20'000);
}

void TestStewardsAfternoon::repairedByRecipe()
{
    m_rig->window->showPlace({PageId::Contacts, {}});
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && m_page->model()->rowCount() == 60, 30'000);
    click(m_page->table(), cellOf(m_page->table(), nthId(Ada), u"phone"_s));
    click(m_page->table(), cellOf(m_page->table(), nthId(Other), u"phone"_s), Qt::ShiftModifier);
    command(u"contacts repair"_s);
    QPointer<RepairDialog> dialog;
    QTRY_VERIFY((dialog = m_page->findChild<RepairDialog *>()));
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *recipe = part<QComboBox>(dialog, "repairRecipe");
    recipe->setFocus();
    QTest::keyClicks(recipe, u"Phone"_s);
    QVERIFY(recipe->currentText().startsWith(u"Phone numbers"_s));
    auto *country = part<QLineEdit>(dialog, "repairCountry");
    QTest::mouseClick(country, Qt::LeftButton);
    QTest::keyClicks(country, u"DE"_s);
    QTest::keyClick(dialog, Qt::Key_V, Qt::AltModifier);
    auto *pairs = part<QTableView>(dialog, "repairPairs");
    QTRY_COMPARE_WITH_TIMEOUT(pairs->model()->rowCount(), 3, 20'000);
    auto *doubtful = part<QTableView>(dialog, "repairDoubtful")->model();
    QStringList shown; // Left for the steward.
    for (int cell = 0; cell < doubtful->rowCount() * doubtful->columnCount(); ++cell)
        shown.append(doubtful->index(cell / doubtful->columnCount(), cell % doubtful->columnCount())
                         .data()
                         .toString());
    QVERIFY2(shown.contains(doubtfulNumber), qPrintable(shown.join(u'|')));
    QVERIFY2(!shown.contains(exception), qPrintable(shown.join(u'|')));
    for (int row = 0; row < pairs->model()->rowCount(); ++row) {
        if (pairs->model()->index(row, 1).data().toString() != exception)
            continue;
        pairs->setFocus();
        pairs->setCurrentIndex(pairs->model()->index(row, 0));
        QTest::keyClick(pairs, Qt::Key_Space);
    }
    QTest::keyClick(dialog, Qt::Key_S, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 20'000);
    QCOMPARE(changes().waiting(), 2);
    QCOMPARE(live(nthId(Ada), u"phone"_s), typedNumber); // Nothing was sent.
}

/// An address that another contact has.
void TestStewardsAfternoon::oneEditTooMany()
{
    m_rig->window->showPlace({PageId::Contacts, {}});
    activate();
    click(m_page->table(), cellOf(m_page->table(), nthId(Clashing), u"email"_s));
    QTest::keyClick(m_page->table(), Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, live(nthId(Taken), u"email"_s));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(changes().waiting(), 3);
}

void TestStewardsAfternoon::rehearse()
{
    m_rig->window->showPlace({PageId::Snapshots, {}});
    activate();
    showTab(2);
    said(m_snapshots)->dismiss();
    press(m_snapshots, "rehearse");
    QTRY_VERIFY_WITH_TIMEOUT(said(m_snapshots)->isVisible(), 30'000);
    QVERIFY2(said(m_snapshots)->text().startsWith(u"Rehearsed"_s),
             qPrintable(said(m_snapshots)->text()));
}

void TestStewardsAfternoon::aRehearsalThatFails()
{
    rehearse();
    QCOMPARE(said(m_snapshots)->kind(), MessageBar::Warning);
    const TextRowsModel &rows = *m_snapshots->rehearsal();
    QStringList failed;
    for (int row = 0; row < rows.rowCount(); ++row) {
        if (rows.rowAt(row).value(0) == u"Failed"_s)
            failed.append(rows.rowAt(row).join(u'|'));
    }
    QCOMPARE(failed.size(), 1);
    QVERIFY2(failed.first().contains(live(nthId(Taken), u"email"_s)), qPrintable(failed.first()));
    QCOMPARE(changes().waiting(), 3);
    QCOMPARE(live(nthId(Ada), u"phone"_s), typedNumber);
}

void TestStewardsAfternoon::theRowIsDropped()
{
    pressChoice(said(m_snapshots), Choice::Changes);
    QTRY_VERIFY(m_dock->isVisible());
    QTreeView *tree = m_dock->tree();
    for (int row = 0; row < tree->model()->rowCount(); ++row) {
        const QModelIndex record = tree->model()->index(row, 0);
        if (record.data(ChangesModel::RecordRole).toString() == nthId(Clashing))
            click(tree, record);
    }
    for (auto *button : m_dock->findChildren<QToolButton *>()) {
        if (button->text().remove(u'&') == u"Revert Selected"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(changes().waiting(), 2);
    rehearse();
    QCOMPARE(said(m_snapshots)->kind(), MessageBar::Good);
    QCOMPARE(live(nthId(Ada), u"phone"_s), typedNumber);
}

void TestStewardsAfternoon::apply()
{
    activate();
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    QTest::keyClick(m_rig->window.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_dock->isVisible());
    QTest::keyClick(m_dock->tree(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
    QCOMPARE(changes().waiting(), 0);
}

void TestStewardsAfternoon::sent()
{
    apply();
    QCOMPARE(live(nthId(Ada), u"phone"_s), repairedNumber);
    QCOMPARE(live(nthId(Other), u"phone"_s), otherRepairedNumber);
    QCOMPARE(live(nthId(Exception), u"phone"_s), exception);
    QCOMPARE(live(nthId(Doubtful), u"phone"_s), doubtfulNumber);
    QCOMPARE(live(nthId(Clashing), u"email"_s), u"contact5@example.org"_s);
}

void TestStewardsAfternoon::twoRecordsThatAreOne()
{
    command(u"find duplicate contacts"_s);
    QPointer<DuplicatesDialog> duplicates;
    QTRY_VERIFY((duplicates = m_page->findChild<DuplicatesDialog *>()));
    QVERIFY(QTest::qWaitForWindowActive(duplicates));
    QTest::keyClick(duplicates, Qt::Key_F, Qt::AltModifier);
    const QAbstractItemModel *groups = part<QTableView>(duplicates, "duplicateGroups")->model();
    QTRY_COMPARE_WITH_TIMEOUT(groups->rowCount(), 1, 20'000);
    QTRY_COMPARE(part<QTableView>(duplicates, "sideBySide")->model()->columnCount(), 2);
    QTest::keyClick(duplicates, Qt::Key_M, Qt::AltModifier);
    QPointer<MergeGroupDialog> merge;
    QTRY_VERIFY((merge = duplicates->findChild<MergeGroupDialog *>()));
    QVERIFY(QTest::qWaitForWindowActive(merge));
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(merge, "mergeNow")->isEnabled(), 20'000);
    QTest::keyClick(merge, Qt::Key_M, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(said(merge)->kind(), MessageBar::Good, 30'000);
    QTRY_VERIFY(said(merge)->isVisible());
    const QString survivor = liveWith(u"contact0@example.org"_s);
    QVERIFY(!survivor.isEmpty());
    QCOMPARE(live(survivor, u"city"_s), u"London"_s); // A gap that the twin fills.
    QCOMPARE(live(survivor, u"hs_additional_emails"_s), twinAddress);
    QTRY_COMPARE(groups->rowCount(), 0);
    pressChoice(said(merge), Choice::ShowJournal);
    QTRY_VERIFY(m_journal->isVisible());
    QTRY_VERIFY(!merge);
    duplicates->activateWindow();
    QTest::keyClick(duplicates, Qt::Key_Escape);
    QTRY_VERIFY(!duplicates);
}

/// From where the merge has led: its run is selected.
void TestStewardsAfternoon::takenApartAgain()
{
    const QString survivor = liveWith(u"contact0@example.org"_s);
    press(m_journal, "revertRun");
    QTRY_VERIFY_WITH_TIMEOUT(changes().waiting() > 0, 20'000);
    const QString said = this->said(m_journal)->text();
    QVERIFY2(said.contains(u"does not return"_s), qPrintable(said));
    const QAbstractItemModel *staged = m_dock->tree()->model(); // Nothing of it looks wrong.
    const auto faults = staged->match(staged->index(0, ChangesModel::StateColumn), Qt::DisplayRole,
                                      u"refused"_s, 1, Qt::MatchContains | Qt::MatchRecursive);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.value(0).data().toString()));
    apply();
    const QString rebuilt = liveWith(twinAddress);
    QVERIFY(!rebuilt.isEmpty() && rebuilt != survivor);
    QCOMPARE(live(rebuilt, u"lastname"_s), u"Lovelase"_s);
    QCOMPARE(live(rebuilt, u"city"_s), u"London"_s);
    QCOMPARE(live(rebuilt, u"phone"_s), repairedNumber);
    QCOMPARE(live(survivor, u"city"_s), QString());
    QCOMPARE(live(survivor, u"hs_additional_emails"_s), QString());
}

/// Of two chosen records one was merged since: that is said, and the other one is put back.
void TestStewardsAfternoon::putBackAsOfThen()
{
    m_rig->window->showPlace({PageId::Snapshots, {}});
    activate();
    showTab(0);
    press(m_snapshots, "openSnapshot");
    RecordTable *grid = m_snapshots->grid()->table();
    QTRY_VERIFY_WITH_TIMEOUT(!m_snapshots->grid()->isReading() && grid->model()
                                 && grid->model()->rowCount() == 60,
                             20'000);
    click(grid, cellOf(grid, nthId(Ada), u"phone"_s));
    click(grid, cellOf(grid, nthId(Other), u"phone"_s), Qt::ControlModifier);
    press(m_snapshots, "putBack");
    QTRY_COMPARE_WITH_TIMEOUT(changes().waiting(), 1, 20'000);
    QTRY_COMPARE(said(m_snapshots)->kind(), MessageBar::Warning); // Ada has another id now.
    apply();
    QCOMPARE(live(nthId(Other), u"phone"_s), otherTypedNumber);
    QCOMPARE(live(nthId(Exception), u"phone"_s), exception);
}

void TestStewardsAfternoon::theJournalHasItAll()
{
    m_rig->window->showPlace({PageId::Journal, {}});
    QTRY_COMPARE(m_journal->runs()->model()->rowCount(), 4); // Repair, merge, undoing, put back.
    said(m_journal)->dismiss();
    activate();
    QTest::keyClick(m_rig->window.get(), Qt::Key_I, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(said(m_journal)->isVisible(), 20'000);
    const QString verdict = said(m_journal)->text(); // Not sealed: this window has no keychain.
    QVERIFY2(verdict.startsWith(u"The journal's chain is intact"_s), qPrintable(verdict));
}

HUBKEEPER_WINDOW_TEST(TestStewardsAfternoon)
#include "tst_stewardsafternoon.moc"
