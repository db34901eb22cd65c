// SPDX-License-Identifier: MIT
#include "../windowrig.h"
#include "changes/changesdock.h"
#include "journal/journalpage.h"
#include "portal/portalwriter.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "workbench/import/importdialog.h"
#include "workbench/import/recordsimport.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What a data steward does in an afternoon, with keys and mouse: imports a table, changes many
/// records, reviews, applies while HubSpot fails three times and a colleague edits, proves it, and
/// takes everything back.
class TestStewardsStory final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void importChangeApplyAndTakeBack();

private:
    [[nodiscard]] QString table() const;
    void import(const QString &path, const QString &stage);
    void changeMany();
    void failThreeTimes();
    void apply();
    void keepMine();
    void takeBack(int run);
    [[nodiscard]] QModelIndex cell(int row, const QString &property) const
    {
        return m_page->model()->index(row, int(m_page->model()->columns().indexOf(property)) + 1);
    }
    [[nodiscard]] QString email(int row) const
    {
        return cell(row, u"email"_s).data(RecordTableModel::RawTextRole).toString();
    }
    void click(const QModelIndex &index, Qt::KeyboardModifiers modifiers = {})
    {
        m_page->table()->scrollTo(index);
        QTest::mouseClick(m_page->table()->viewport(), Qt::LeftButton, modifiers,
                          m_page->table()->visualRect(index).center());
    }
    void activate()
    {
        m_rig->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_rig->window.get()));
    }
    [[nodiscard]] ChangeSet &changes() { return m_rig->session().changes(); }

    std::unique_ptr<WindowRig> m_rig;
    RecordsPage *m_page = nullptr;
    ChangesDock *m_dock = nullptr;
};

void TestStewardsStory::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_dock = m_rig->page<ChangesDock>(PageId::Changes);
    m_page = m_rig->page<RecordsPage>(PageId::Contacts);
    m_rig->window->showPlace({PageId::Contacts, {}});
    QTRY_VERIFY_WITH_TIMEOUT(m_page->isComplete() && m_page->model()->rowCount() == 60, 30'000);
}

/// Three contacts that are there, two new ones, one that is wrong.
QString TestStewardsStory::table() const
{
    QFile file(m_rig->folder.filePath(u"steward.csv"_s));
    QByteArray csv = "Email;City;Lifecycle Stage\r\n";
    for (int row = 0; row < 3; ++row)
        csv += email(row).toUtf8() + ";Thun;\r\n";
    csv += "new.one@example.com;Chur;lead\r\n"
           "new.two@example.com;Chur;lead\r\n"
           "wrong@example.com;Chur;no such stage\r\n";
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("cannot write the table");
    return file.fileName();
}

/// Through all three steps; `stage` is what the last button says then. Stages if it can.
void TestStewardsStory::import(const QString &path, const QString &stage)
{
    m_page->findChild<RecordsImport *>()->importFile(path);
    QPointer<ImportDialog> dialog(m_page->findChild<ImportDialog *>());
    QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
    dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *next = dialog->findChild<QPushButton *>(u"importNext"_s);
    auto *again = dialog->findChild<QPushButton *>(u"importCheckAgain"_s);
    for (const QString &step : {u"importStep2"_s, u"importStep3"_s}) {
        QTRY_VERIFY_WITH_TIMEOUT(next->isEnabled(), 20'000);
        QTest::keyClick(dialog, Qt::Key_N, Qt::AltModifier);
        auto *reached = dialog->findChild<QAbstractButton *>(step);
        QVERIFY2(QTest::qWaitFor([reached] { return reached->isChecked(); }, 20'000),
                 qPrintable(step));
    }
    QTRY_VERIFY_WITH_TIMEOUT(again->isEnabled(), 30'000);
    auto *groups = dialog->findChild<QTreeWidget *>(u"importGroups"_s);
    QTRY_VERIFY(groups->topLevelItemCount() > 0);
    QCOMPARE(groups->topLevelItem(0)->text(1), u"1"_s); // The one that is wrong.
    QCOMPARE(next->text(), stage);
    if (!next->isEnabled())
        return dialog->reject();
    QTest::keyClick(dialog, Qt::Key_S, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 20'000);
}

/// One telephone number for four contacts.
void TestStewardsStory::changeMany()
{
    m_rig->window->showPlace({PageId::Contacts, {}});
    activate();
    click(cell(10, u"phone"_s));
    click(cell(13, u"phone"_s), Qt::ShiftModifier);
    QTest::keyClick(m_page->table(), Qt::Key_E, Qt::ControlModifier);
    QPointer<QDialog> dialog;
    QTRY_VERIFY((dialog = m_rig->window->findChild<QDialog *>(u"setValueDialog"_s)));
    dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTRY_VERIFY(dialog->isAncestorOf(QApplication::focusWidget())); // The editor of the property.
    QWidget *text = QApplication::focusWidget();
    QTest::keyClicks(text, u"+41 44 668 18 00"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_VERIFY(!dialog);
    activate();
}

void TestStewardsStory::failThreeTimes()
{
    const std::pair<practice::FaultKind, QString> kinds[] {
        {practice::FaultKind::Status, u"contacts/batch/read$"_s},
        {practice::FaultKind::RateSecondly, u"contacts/batch/update$"_s},
        {practice::FaultKind::CloseAfterWork, u"contacts(/batch/create)?$"_s}};
    m_rig->portal.inPortal([&](practice::PracticePortal &portal) {
        for (const auto &[kind, path] : kinds) {
            practice::Fault fault;
            fault.kind = kind;
            fault.method = "POST";
            fault.status = 502;
            fault.path = QRegularExpression(path);
            portal.addFault(fault);
        }
    });
}

/// Ctrl+Shift+Return shows what is staged, Ctrl+Return sends it.
void TestStewardsStory::apply()
{
    activate();
    QSignalSpy ended(m_dock, &ChangesDock::runEnded);
    QTest::keyClick(m_rig->window.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_dock->isVisible());
    QTest::keyClick(m_dock->tree(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
}

void TestStewardsStory::keepMine()
{
    for (int row = 0; row < changes().count(); ++row) {
        if (changes().at(row).state == RowState::Conflicting)
            m_dock->tree()->setCurrentIndex(m_dock->tree()->model()->index(row, 0));
    }
    for (auto *button : m_dock->findChildren<QToolButton *>()) {
        if (button->text().remove(u'&') == u"Keep Mine"_s) {
            QVERIFY(button->isEnabled());
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    QCOMPARE(changes().count(RowState::Conflicting), 0);
}

void TestStewardsStory::takeBack(int run)
{
    m_rig->window->showPlace({PageId::Journal, {}});
    auto *journal = m_rig->page<JournalPage>(PageId::Journal);
    QTRY_VERIFY(journal->runs()->model()->rowCount() > run);
    journal->runs()->setCurrentIndex(journal->runs()->model()->index(run, 0));
    auto *revert = journal->findChild<QPushButton *>(u"revertRun"_s);
    QTRY_VERIFY(revert->isEnabled());
    QTest::mouseClick(revert, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(changes().count(RowState::Staged) > 0, 20'000);
    apply();
    QCOMPARE(changes().waiting(), 0);
}

void TestStewardsStory::importChangeApplyAndTakeBack()
{
    const QString path = table();
    QStringList ids;
    QStringList cities;
    for (int row = 0; row < 3; ++row) {
        ids.append(m_page->model()->idAt(row));
        cities.append(m_rig->portalText(ids[row], u"city"_s));
    }
    const QString called = m_page->model()->idAt(11);
    const QString number = m_rig->portalText(called, u"phone"_s);

    import(path, u"&Stage 5 Change(s)"_s);
    QCOMPARE(changes().count(), 5);
    changeMany();
    QTRY_COMPARE(changes().count(), 9);
    PortalReader &portal = m_rig->session().portal(); // A colleague.
    const auto theirs = outcomeOf(PortalWriter(portal.client(), portal.version())
                                      .update(ObjectType::Contacts, ids[0],
                                              {{u"city"_s, u"Elsewhere"_s}}, m_rig->window.get()));
    QVERIFY(theirs && *theirs);

    failThreeTimes();
    apply();
    QCOMPARE(changes().count(RowState::Applied), 8);
    QCOMPARE(changes().count(RowState::Conflicting), 1);
    QCOMPARE(m_rig->portalText(ids[0], u"city"_s), u"Elsewhere"_s);
    keepMine();
    apply();
    QCOMPARE(changes().count(RowState::Applied), 9);
    for (const QString &id : std::as_const(ids))
        QCOMPARE(m_rig->portalText(id, u"city"_s), u"Thun"_s);
    QCOMPARE(m_rig->portalText(called, u"phone"_s), u"+41 44 668 18 00"_s);
    import(path,
           u"&Stage Changes"_s); // The same table: nothing is left to do, nothing was doubled.
    QCOMPARE(changes().waiting(), 0);

    takeBack(0);
    QCOMPARE(m_rig->portalText(ids[0], u"city"_s), u"Elsewhere"_s);
    takeBack(2); // The revert, what it reverted, the first.
    QCOMPARE(m_rig->portalText(ids[1], u"city"_s), cities[1]);
    QCOMPARE(m_rig->portalText(ids[2], u"city"_s), cities[2]);
    QCOMPARE(m_rig->portalText(called, u"phone"_s), number);
    m_rig->window->showPlace({PageId::Contacts, {}});
    activate();
    QTest::keyClick(m_page->table(), Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->model()->rowCount(), 60,
                              20'000); // The new ones are archived.
}

HUBKEEPER_WINDOW_TEST(TestStewardsStory)
#include "tst_stewardsstory.moc"
