// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/form/provisionerform.h"
#include "configuration/text/jsoneditor.h"
#include "configuration/text/textpane.h"
#include "overview/overviewpage.h"
#include "problems/problemsdock.h"
#include "provisioner/document/draftfile.h"
#include "testkit/provisionerfile.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QDir>
#include <QDockWidget>
#include <QListWidget>
#include <QPushButton>
#include <QStatusBar>
#include <QTabWidget>
#include <QTreeView>
#include <QTreeWidget>
#include <QWindow>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What a person sees first: after a file was opened, made, damaged, fixed or left by a crash.
class TestFirstLook final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<WindowRig>();
    }
    void cleanup() { m_rig.reset(); }
    void errorsOfAFileComeToTheFront();
    void aNewFileAsksForItsClientId();
    void whatIsMissingIsNoFailure();
    void theFaultOfATextIsSaidOnce();
    void typingAnInvalidTextMovesNothing();
    void savingTriesToConnectAgain();
    void emptyDocksTakeNoRoom();
    void docksComeBackAsTheyWereLeft();
    void thePracticePortalIsNoRecentFile();
    void thePracticePortalOpensClean();
    void anEditThatACrashLeftIsMarked();
    void undoSaysWhatItUndid();
    void aRefusedSaveIsSaid();
    void aTestIsRememberedAfterARestart();
    void secretsOfAFileCountAsUsed();
    void theStatusLineIsHeard();
    void theFocusIsSeenAndReturnWorks();
    void connectionsAreManaged();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_rig->folder.filePath(name);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path
                                                                                    : QString();
    }
    [[nodiscard]] ConfigurationPage *page()
    {
        return m_rig->page<ConfigurationPage>(PageId::Configuration);
    }
    void dragTheLineAbove(const QWidget &panel, int by);
    [[nodiscard]] QDockWidget *dock(const QString &panel)
    {
        return m_rig->window->findChild<QDockWidget *>(panel + u"Dock"_s);
    }
    [[nodiscard]] bool isInFront(const QString &panel)
    {
        return dock(panel)->isVisible() && !dock(panel)->visibleRegion().isEmpty();
    }
    /// What can be read on the Overview.
    [[nodiscard]] QString overviewText()
    {
        QStringList texts;
        for (const auto *label : m_rig->window->page(PageId::Overview)->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }
    [[nodiscard]] QStringList failures()
    {
        QStringList texts;
        for (const auto *bar : m_rig->window->findChildren<MessageBar *>()) {
            if (bar->isVisible() && bar->kind() == MessageBar::Failure)
                texts.append(bar->text());
        }
        return texts;
    }

    std::unique_ptr<WindowRig> m_rig;
};

void TestFirstLook::errorsOfAFileComeToTheFront()
{
    m_rig->window->openFile(write(
        u"provisioner.openicf-eu.json"_s,
        withTextAt(faultlessProvisioner(), u"/configurationProperties/permitsPerSecond"_s, "-6")));

    QCOMPARE(m_rig->window->currentPage()->id(), PageId::Configuration);
    QTRY_VERIFY(isInFront(u"problems"_s));
    const auto *table = m_rig->page<ProblemsDock>(PageId::Problems)->findChild<QTableView *>();
    QCOMPARE(table->model()->index(0, 0).data().toString(), u"Error"_s); // Whatever comes before.
}

void TestFirstLook::aNewFileAsksForItsClientId()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Schema, {}});
    m_rig->window->findChild<QAction *>(u"newProvisioner"_s)->trigger();
    auto *dialog = m_rig->window->findChild<QDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>(u"name"_s)->setText(u"newone"_s);
    dialog->findChild<QLineEdit *>(u"folder"_s)->setText(m_rig->folder.path());
    dialog->accept();
    m_rig->window->activateWindow(); // The offscreen platform leaves it to us.

    QTRY_COMPARE(m_rig->window->currentPage()->id(), PageId::Configuration);
    QTRY_COMPARE(page()->form()->focusedPointer(), u"/configurationProperties/clientId"_s);
    QTRY_VERIFY(m_rig->window->keeper().failure());
    QCOMPARE(failures(), QStringList());
}

void TestFirstLook::whatIsMissingIsNoFailure()
{
    m_rig->window->openFile(write(u"provisioner.openicf-eu.json"_s, faultlessProvisioner()));
    QTRY_VERIFY(m_rig->window->keeper().failure()); // It has substitutions only.
    m_rig->window->showPlace({PageId::Schema, {}});

    QCOMPARE(failures(), QStringList());
    const auto bars = m_rig->window->findChildren<MessageBar *>();
    QVERIFY(std::any_of(bars.begin(), bars.end(), [](const MessageBar *bar) {
        return bar->isVisible() && bar->text() == u"Not connected to HubSpot yet."_s;
    }));
    m_rig->window->showPlace({PageId::Overview, {}});
    QVERIFY(std::none_of(bars.begin(), bars.end(),
                         [](const MessageBar *bar) { return bar->isVisible(); }));
    const auto *summary =
        m_rig->window->page(PageId::Overview)->findChild<QLabel *>(u"readinessSummary"_s);
    QVERIFY(summary && summary->isVisible());
}

void TestFirstLook::theFaultOfATextIsSaidOnce()
{
    m_rig->window->openFile(
        write(u"provisioner.openicf-eu.json"_s, faultlessProvisioner().chopped(60)));
    QTRY_VERIFY(m_rig->window->keeper().failure());

    QCOMPARE(m_rig->window->currentPage()->id(), PageId::Configuration);
    QCOMPARE(failures(), QStringList {u"The text is not valid JSON."_s});
}

void TestFirstLook::typingAnInvalidTextMovesNothing()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Configuration, {}});
    page()->findChild<QTabWidget *>()->setCurrentWidget(page()->text());
    JsonEditor *editor = page()->editor();
    editor->setFocus();
    editor->goTo(2, 1);
    QCoreApplication::processEvents();
    const QPoint before = editor->mapTo(m_rig->window.get(), QPoint(0, 0));
    const int height = editor->height();

    QTest::keyClick(editor, Qt::Key_Comma);
    QTest::qWait(300); // Longer than the check waits.

    QVERIFY(page()->document()->firstFault());
    QCOMPARE(editor->mapTo(m_rig->window.get(), QPoint(0, 0)), before);
    QCOMPARE(editor->height(), height);
    QCOMPARE(failures(), QStringList());
}

void TestFirstLook::savingTriesToConnectAgain()
{
    QVERIFY(m_rig->openPractice());
    const QString path = m_rig->session().connection().provisionerPath;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    file.close();
    const QString damaged = write(u"provisioner.openicf-cut.json"_s, good.chopped(20));
    m_rig->window->openFile(damaged);
    QTRY_VERIFY(m_rig->window->keeper().failure());

    page()->document()->setBytes(good, u"Close what is open"_s);
    QVERIFY(page()->save());

    // Its secrets are in no keychain and it has another address: but it is not a broken file any
    // more.
    const auto isNoBrokenFile = [this] {
        const CurrentSession &keeper = m_rig->window->keeper();
        return keeper.session()
            || (keeper.failure() && !keeper.failure()->what.contains("no provisioner file"_L1));
    };
    QTRY_VERIFY(isNoBrokenFile());
    QCOMPARE(failures(), QStringList());
}

void TestFirstLook::emptyDocksTakeNoRoom()
{
    QVERIFY(QDir().mkpath(m_rig->paths.config)); // On a day on which nothing ends.
    QFile dates(m_rig->paths.config + u"/dated-rules.json"_s);
    QVERIFY(dates.open(QIODevice::WriteOnly) && dates.write(R"({"format": 1, "rules": []})") > 0);
    dates.close();
    m_rig->makeWindow();
    m_rig->window->openFile(write(u"provisioner.openicf-hubspot.json"_s, faultlessProvisioner()));
    QTRY_VERIFY(m_rig->window->keeper().failure());
    for (const QString &panel : {u"changes"_s, u"problems"_s, u"requests"_s})
        QVERIFY2(!dock(panel)->isVisible(), qPrintable(panel));

    m_rig->window->showPlace({PageId::Changes, {}}); // Asked for.
    QTRY_VERIFY(isInFront(u"changes"_s));
    QVERIFY(
        page()->document()->setRaw(u"/configurationProperties/permitsPerSecond"_s, "-6", u"x"_s));
    QTest::qWait(300);
    QVERIFY(isInFront(u"changes"_s)); // Nothing jumps in front of it.
}

/// By so many pixels upwards.
void TestFirstLook::dragTheLineAbove(const QWidget &panel, int by)
{
    QWindow *window = m_rig->window->windowHandle();
    const QPoint line = panel.mapTo(m_rig->window.get(), QPoint(panel.width() / 2, -1));
    QTest::mousePress(window, Qt::LeftButton, {}, line);
    QTest::mouseMove(window, line - QPoint(0, by / 2));
    QTest::mouseMove(window, line - QPoint(0, by));
    QCoreApplication::processEvents();
    QTest::mouseRelease(window, Qt::LeftButton, {}, line - QPoint(0, by));
    QCoreApplication::processEvents();
}

void TestFirstLook::docksComeBackAsTheyWereLeft()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Problems, {}});
    QTRY_VERIFY(isInFront(u"problems"_s));
    const int before = dock(u"problems"_s)->height();
    dragTheLineAbove(*dock(u"problems"_s), 40);
    const int height = dock(u"problems"_s)->height();
    QVERIFY2(height > before + 20, qPrintable(u"%1, then %2"_s.arg(before).arg(height)));
    QVERIFY(m_rig->window->close());

    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());

    QTRY_VERIFY(isInFront(u"problems"_s));
    QTRY_VERIFY2(std::abs(dock(u"problems"_s)->height() - height) <= 2,
                 qPrintable(QString::number(dock(u"problems"_s)->height())));
}

/// Nothing to worry about; the dates of HubSpot are information.
void TestFirstLook::thePracticePortalOpensClean()
{
    QVERIFY(m_rig->openPractice());
    const DocumentFindings &findings = *page()->findings();
    QStringList rules;
    for (const Finding &finding : findings.findings()) {
        QCOMPARE(finding.severity, Severity::Info);
        rules.append(finding.ruleId);
    }

    rules.sort();
    QCOMPARE(rules, (QStringList {u"HK801"_s, u"HK802"_s, u"HK803"_s, u"HK804"_s}));
    QCOMPARE(dock(u"problems"_s)->windowTitle(), u"Problems"_s); // Information is no problem.
}

void TestFirstLook::thePracticePortalIsNoRecentFile()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->findChild<QAction *>(u"closeConnection"_s)->trigger();
    QCOMPARE(m_rig->window->findChild<QListWidget *>(u"recentList"_s)->count(), 0);
}

void TestFirstLook::anEditThatACrashLeftIsMarked()
{
    const QByteArray bytes = faultlessProvisioner();
    const QString path = write(u"provisioner.openicf-hubspot.json"_s, bytes);
    m_rig->window->openFile(path);
    m_rig->window->findChild<QAction *>(u"closeConnection"_s)->trigger();
    {
        DraftFile draft(draftFolder(m_rig->paths.state), path);
        QVERIFY(draft.write(JsonText(withTextAt(bytes, u"/enabled"_s, "false")), bytes));
    }
    m_rig->makeWindow();
    const auto *recent = m_rig->window->findChild<QListWidget *>(u"recentList"_s);
    QVERIFY(recent->item(0)->text().contains("edits that were not saved"_L1));

    m_rig->window->openFile(path);
    m_rig->window->showPlace({PageId::Overview, {}});
    QTRY_VERIFY(overviewText().contains("ended unexpectedly"_L1));
}

void TestFirstLook::undoSaysWhatItUndid()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Configuration, {}});
    QVERIFY(page()->document()->setValue(u"/enabled"_s, false, u"Refresh token"_s));
    m_rig->window->findChild<QAction *>(u"undo"_s)->trigger();
    QCOMPARE(m_rig->window->statusBar()->currentMessage(), u"Undone: Refresh token"_s);
}

void TestFirstLook::aRefusedSaveIsSaid()
{
    const QByteArray bytes = faultlessProvisioner();
    const QString path = write(u"provisioner.openicf-hubspot.json"_s, bytes);
    m_rig->window->openFile(path);
    m_rig->window->showPlace({PageId::Configuration, {}});
    QVERIFY(page()->document()->setValue(u"/enabled"_s, false, u"Off"_s));
    QVERIFY(!write(u"provisioner.openicf-hubspot.json"_s, bytes + '\n').isEmpty());

    QVERIFY(!page()->save());

    QVERIFY2(m_rig->window->statusBar()->currentMessage().startsWith("Not saved"_L1),
             qPrintable(m_rig->window->statusBar()->currentMessage()));
}

void TestFirstLook::aTestIsRememberedAfterARestart()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Overview, {}});
    auto *overview = m_rig->page<OverviewPage>(PageId::Overview);
    QSignalSpy tested(overview, &OverviewPage::tested);
    overview->startTest();
    QTRY_COMPARE_WITH_TIMEOUT(tested.size(), 1, 10'000);
    QVERIFY(m_rig->window->close());
    m_rig->makeWindow();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Overview, {}});

    QTRY_VERIFY2(overviewText().contains("The test of"_L1), qPrintable(overviewText()));
    const QString all = overviewText();
    QVERIFY2(!all.contains("not tested yet"_L1, Qt::CaseInsensitive), qPrintable(all));
}

void TestFirstLook::secretsOfAFileCountAsUsed()
{
    QVERIFY(m_rig->openPractice()); // Its file holds them as plain text.
    m_rig->window->findChild<QAction *>(u"secrets"_s)->trigger();
    const auto *places = m_rig->window->findChild<QTreeView *>(u"secretPlaces"_s);
    QVERIFY(places);
    QTRY_VERIFY(places->model()->rowCount() > 1);
    for (int row = 0; row < 2; ++row) {
        const QString used = places->model()->index(row, 3).data().toString();
        QVERIFY2(used != u"never"_s, qPrintable(used));
    }
}

void TestFirstLook::theStatusLineIsHeard()
{
    QVERIFY(m_rig->openPractice());
    const auto parts = m_rig->window->statusBar()->findChildren<QLabel *>();
    int heard = 0;
    for (const QLabel *part : parts) {
        if (!part->isVisible() || part->objectName().isEmpty())
            continue;
        QVERIFY2(part->accessibleName().endsWith(part->text()), qPrintable(part->accessibleName()));
        QVERIFY(part->accessibleName().size() > part->text().size());
        ++heard;
    }
    QVERIFY(heard >= 3);
}

void TestFirstLook::theFocusIsSeenAndReturnWorks()
{
    auto *open = m_rig->window->findChild<QPushButton *>(u"open"_s);
    auto *practice = m_rig->window->findChild<QPushButton *>(u"practice"_s);
    QVERIFY(open && practice);
    open->setFocus(Qt::TabFocusReason);
    const QImage without = practice->grab().toImage();
    practice->setFocus(Qt::TabFocusReason);
    QVERIFY(practice->grab().toImage() != without);

    QTest::keyClick(practice, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->window->keeper().session(), 10'000);
}

void TestFirstLook::connectionsAreManaged()
{
    QVERIFY(m_rig->openPractice());
    m_rig->window->openFile(write(u"provisioner.openicf-look.json"_s, faultlessProvisioner()));
    QCOMPARE(m_rig->registry.connections().size(), 1); // To look makes none.
    m_rig->window->openFile(write(u"provisioner.openicf-keep.json"_s, faultlessProvisioner()));
    QVERIFY(m_rig->window->keeper().keep());
    QCOMPARE(m_rig->registry.connections().size(), 2);
    const QString kept = m_rig->window->keeper().connection()->id;

    m_rig->window->findChild<QAction *>(u"manageConnections"_s)->trigger();
    auto *dialog = m_rig->window->findChild<QDialog *>(u"connectionsDialog"_s);
    QVERIFY(dialog);
    auto *list = dialog->findChild<QTreeWidget *>();
    QCOMPARE(list->topLevelItemCount(), 2);
    dialog->findChild<QLineEdit *>()->setText(u"keep"_s);
    QTreeWidgetItem *row = nullptr;
    for (int at = 0; at < 2; ++at) {
        if (!list->topLevelItem(at)->isHidden())
            row = list->topLevelItem(at);
    }
    QVERIFY(row);
    list->setCurrentItem(row);
    row->setText(0, u"keep EU"_s); // As its editor does.
    QTRY_COMPARE(m_rig->registry.byId(kept)->label, u"keep EU"_s);
    QTRY_COMPARE(list->selectedItems().size(), 1);

    dialog->findChild<QPushButton *>(u"forgetConnections"_s)->click();
    QVERIFY(m_rig->registry.byId(kept)); // Asked first.
    for (auto *button : dialog->findChildren<QPushButton *>(nameOf(Choice::Forget)))
        button->click();
    QTRY_VERIFY(!m_rig->registry.byId(kept));
    QCOMPARE(list->topLevelItemCount(), 1);
}

HUBKEEPER_WINDOW_TEST(TestFirstLook)
#include "tst_firstlook.moc"
