// SPDX-License-Identifier: MIT
#include "records/grid/columndialog.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "testkit/windowtest.h"
#include "window/manualwindow.h"
#include "windowrig.h"

#include <QDialog>
#include <QLineEdit>
#include <QPointer>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// F1: the manual opens at what is in front.
class TestWindowHelp final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<WindowRig>();
    }
    void cleanup() { m_rig.reset(); }
    void f1ExplainsWhatIsInFront_data();
    void f1ExplainsWhatIsInFront();
    void f1ExplainsDialogs_data();
    void f1ExplainsDialogs();
    void f1ExplainsModalDialogs();
    void staysUsableOverTheOuterDialog();
    void goesWithTheWindow();

private:
    [[nodiscard]] QDialog *openExport();
    [[nodiscard]] static bool isInFront(QWidget *window);

    std::unique_ptr<WindowRig> m_rig;
};

void TestWindowHelp::f1ExplainsWhatIsInFront_data()
{
    QTest::addColumn<PageId>("place");
    QTest::addColumn<QString>("chapter");

    for (const PageId id :
         {PageId::Configuration, PageId::Schema, PageId::Scripts, PageId::Journal, PageId::Idm,
          PageId::Snapshots, PageId::Changes, PageId::Problems, PageId::Requests})
        QTest::newRow(qPrintable(nameOf(id))) << id << nameOf(id);
    QTest::newRow("overview") << PageId::Overview << u"first-steps"_s;
    QTest::newRow("contacts") << PageId::Contacts << u"records"_s;
}

void TestWindowHelp::f1ExplainsWhatIsInFront()
{
    QFETCH(PageId, place);
    QFETCH(QString, chapter);
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({place, {}});

    QTest::keyClick(m_rig->window.get(), Qt::Key_F1);

    auto *manual = m_rig->window->findChild<ManualWindow *>();
    QVERIFY(manual);
    QVERIFY2(manual->browser()->source().path().endsWith(chapter + u".md"_s),
             qPrintable(manual->browser()->source().toString()));
}

void TestWindowHelp::f1ExplainsDialogs_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("dialog");
    QTest::addColumn<QString>("chapter");
    QTest::newRow("repair") << u"repairRecords"_s << u"repairDialog"_s << u"repairs"_s;
    QTest::newRow("report") << u"reportRecords"_s << u"reportDialog"_s << u"report"_s;
    QTest::newRow("as of") << u"valuesAsOf"_s << u"asOfDialog"_s << u"history"_s;
    QTest::newRow("duplicates") << u"duplicateContacts"_s << u"duplicatesDialog"_s
                                << u"duplicates"_s;
}

/// Dialogs that leave the window usable: F1 is about them while they are in front.
void TestWindowHelp::f1ExplainsDialogs()
{
    QFETCH(const QString, action);
    QFETCH(const QString, dialog);
    QFETCH(const QString, chapter);
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Contacts, {}});
    auto *page = m_rig->page<RecordsPage>(PageId::Contacts);
    QTRY_VERIFY_WITH_TIMEOUT(page->isComplete() && page->model()->rowCount() == 60, 20'000);
    page->findChild<QAction *>(action)->trigger();
    auto *opened = page->findChild<QDialog *>(dialog);
    QVERIFY(opened && QTest::qWaitForWindowExposed(opened));
    opened->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), opened);
    QTest::keyClick(opened, Qt::Key_F1);
    auto *manual = m_rig->window->findChild<ManualWindow *>();
    QVERIFY(manual);
    QVERIFY2(manual->browser()->source().path().endsWith(u'/' + chapter + u".md"_s),
             qPrintable(manual->browser()->source().toString()));
    m_rig->window->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), m_rig->window.get());
    QTest::keyClick(m_rig->window.get(), Qt::Key_F1);
    QVERIFY(manual->browser()->source().path().endsWith(u"/records.md"_s));
}

/// Opens the dialog of an export, which stops the window; null where that fails.
QDialog *TestWindowHelp::openExport()
{
    if (!m_rig->openPractice())
        return nullptr;
    m_rig->window->showPlace({PageId::Contacts, {}});
    auto *page = m_rig->page<RecordsPage>(PageId::Contacts);
    if (!QTest::qWaitFor([page] { return page->isComplete(); }, 20'000))
        return nullptr;
    for (QAction *action : m_rig->window->findChildren<QAction *>(u"exportRecords"_s)) {
        if (action->isEnabled())
            action->trigger();
    }
    auto *opened = m_rig->window->findChild<QDialog *>(u"exportDialog"_s);
    return opened && opened->isModal() && isInFront(opened) ? opened : nullptr;
}

bool TestWindowHelp::isInFront(QWidget *window)
{
    if (!QTest::qWaitForWindowExposed(window))
        return false;
    window->activateWindow();
    return QTest::qWaitFor([window] { return QApplication::activeWindow() == window; });
}

/// A dialog that stops the window: the manual can be read beside it, and stays when it goes.
void TestWindowHelp::f1ExplainsModalDialogs()
{
    QDialog *opened = openExport();
    QVERIFY(opened);

    QTest::keyClick(opened, Qt::Key_F1);

    const QPointer<ManualWindow> manual = m_rig->window->findChild<ManualWindow *>();
    QVERIFY(manual);
    QTRY_COMPARE(QApplication::activeWindow(), manual); // The dialog does not keep it from that.
    QVERIFY(manual->browser()->source().path().endsWith(u"/export.md"_s));
    QTest::keySequence(manual, QKeySequence::Find);
    QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    opened->reject();
    QTRY_COMPARE(manual->parent(), m_rig->window.get());
    QVERIFY(manual->isVisible());
}

/// A dialog over a dialog: when the inner one goes, the outer one still stops the window.
void TestWindowHelp::staysUsableOverTheOuterDialog()
{
    QDialog *outer = openExport();
    QVERIFY(outer);
    const QPointer inner = new ColumnDialog({}, {}, outer);
    inner->setAttribute(Qt::WA_DeleteOnClose);
    inner->open();
    QVERIFY(isInFront(inner));
    QTest::keyClick(inner, Qt::Key_F1);
    const QPointer<ManualWindow> manual = m_rig->window->findChild<ManualWindow *>();
    QVERIFY(manual);
    QVERIFY(manual->browser()->source().path().endsWith(u"/views.md"_s));
    inner->reject();
    QTRY_VERIFY(!inner);
    QTRY_COMPARE(manual->parent(), outer);
    manual->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), manual);
}

/// The window is closed over it.
void TestWindowHelp::goesWithTheWindow()
{
    QDialog *opened = openExport();
    QVERIFY(opened);
    QTest::keyClick(opened, Qt::Key_F1);
    const QPointer<ManualWindow> manual = m_rig->window->findChild<ManualWindow *>();
    QVERIFY(manual);
    m_rig.reset();
    QVERIFY(!manual);
}

HUBKEEPER_WINDOW_TEST(TestWindowHelp)
#include "tst_windowhelp.moc"
