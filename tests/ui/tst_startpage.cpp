// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/file/newprovisionerdialog.h"
#include "configuration/text/jsoneditor.h"
#include "provisioner/document/newprovisioner.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "window/recentfiles.h"
#include "window/startpage.h"
#include "windowrig.h"

#include <QAbstractButton>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The ways in: what the empty window offers, the files opened last, a file that is dropped.
class TestStartPage final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnUnexpectedWarnings();
        m_rig = std::make_unique<WindowRig>();
    }
    void cleanup() { m_rig.reset(); }
    void offersWaysIn();
    void practiceIsOneClick();
    void newAsksForAName();
    void openAsksForAFile();
    void recentFilesAreOneKey();
    void theMenuHasThemToo();
    void reportsOfAMissingFile();
    void clearedListIsEmpty();
    void aDroppedFileIsOpened_data();
    void aDroppedFileIsOpened();
    void refusesSeveralFilesAndNoFile();

private:
    [[nodiscard]] StartPage *start() { return m_rig->window->findChild<StartPage *>(); }
    [[nodiscard]] QListWidget *list() { return start()->findChild<QListWidget *>(u"recentList"_s); }
    [[nodiscard]] RecentFiles *menu() { return m_rig->window->findChild<RecentFiles *>(); }
    void click(const QString &way)
    {
        auto *button = start()->findChild<QAbstractButton *>(way);
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    [[nodiscard]] QString writeFile(const QString &name)
    {
        const QString path = m_rig->folder.filePath(name);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(sampleProvisioner());
        return path;
    }
    [[nodiscard]] QString openPath()
    {
        const auto &connection = m_rig->window->keeper().connection();
        return connection ? connection->provisionerPath : QString();
    }
    [[nodiscard]] MessageBar *visibleMessage()
    {
        for (auto *bar : m_rig->window->findChildren<MessageBar *>()) {
            if (bar->isVisible())
                return bar;
        }
        return nullptr;
    }

    std::unique_ptr<WindowRig> m_rig;
};

void TestStartPage::offersWaysIn()
{
    QVERIFY(start()->isVisible());
    QVERIFY(!list()->isVisible()); // Nothing was opened yet, and nothing is said of it.
    for (const auto &way : {u"add-connection"_s, u"open"_s, u"new"_s, u"practice"_s}) {
        const auto *button = start()->findChild<QAbstractButton *>(way);
        QVERIFY2(button && button->isVisible() && button->isEnabled(), qPrintable(way));
        QVERIFY(!button->accessibleDescription().isEmpty());
    }
    QCOMPARE(menu()->actions().size(), 1);
    QVERIFY(!menu()->actions().first()->isEnabled());
}

void TestStartPage::practiceIsOneClick()
{
    auto *button = start()->findChild<QAbstractButton *>(u"practice"_s);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->window->keeper().session(), 10'000);
    QVERIFY(!start()->isVisible());
    QVERIFY(m_rig->window->currentPage());
}

void TestStartPage::newAsksForAName()
{
    click(u"new"_s);
    auto *dialog = m_rig->window->findChild<NewProvisionerDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
    QVERIFY(start()->isVisible());
}

void TestStartPage::openAsksForAFile()
{
    const QString path = writeFile(u"provisioner.openicf-hubspot.json"_s);
    click(u"open"_s);
    auto *dialog = m_rig->window->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    auto *name = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
    QVERIFY(name);
    name->setCompleter(nullptr); // Its list would take the key.
    dialog->setDirectory(m_rig->folder.path());
    QTest::keyClicks(name, QFileInfo(path).fileName());
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(openPath(), path);
    QVERIFY(!start()->isVisible());
}

void TestStartPage::recentFilesAreOneKey()
{
    const QString first = writeFile(u"provisioner.openicf-first.json"_s);
    const QString second = writeFile(u"provisioner.openicf-second.json"_s);
    m_rig->window->openFile(first);
    m_rig->window->openFile(second);
    m_rig->window->keeper().close();
    QVERIFY(start()->isVisible() && list()->isVisible());
    QCOMPARE(list()->count(), 2);
    QCOMPARE(list()->item(0)->data(Qt::UserRole).toString(), second); // The newest first.
    list()->setFocus();
    list()->setCurrentRow(0);
    QTest::keyClick(list(), Qt::Key_Down);
    QTest::keyClick(list(), Qt::Key_Return);
    QTRY_COMPARE(openPath(), first);
}

void TestStartPage::theMenuHasThemToo()
{
    const QString first = writeFile(u"provisioner.openicf-a&b.json"_s);
    const QString second = writeFile(u"provisioner.openicf-second.json"_s);
    m_rig->window->openFile(first);
    m_rig->window->openFile(second);
    QVERIFY(menu()->actions().at(1)->text().contains("a&&b"_L1)); // No access key of it.
    QTest::keyClick(menu(), Qt::Key_Down);
    menu()->setActiveAction(menu()->actions().at(1));
    QTest::keyClick(menu(), Qt::Key_Return);
    QTRY_COMPARE(openPath(), first);
    QCOMPARE(menu()->files().first(), first);
}

void TestStartPage::reportsOfAMissingFile()
{
    const QString path = writeFile(u"provisioner.openicf-gone.json"_s);
    m_rig->window->openFile(path);
    m_rig->window->keeper().close();
    QVERIFY(QFile::remove(path));
    list()->setFocus();
    list()->setCurrentRow(0);
    QTest::keyClick(list(), Qt::Key_Return);
    MessageBar *message = visibleMessage();
    QVERIFY(message && message->text().contains("provisioner.openicf-gone.json"_L1));
    QCOMPARE(openPath(), QString());
    QCOMPARE(menu()->files().size(), 1); // It may come back with its drive.

    QAbstractButton *remove = nullptr;
    for (auto *button : message->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == "Remove From &List"_L1)
            remove = button;
    }
    QVERIFY(remove);
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(menu()->files().isEmpty());
    QVERIFY(!list()->isVisible());
    QVERIFY(!visibleMessage());
    m_rig->makeWindow(); // It stays away.
    QVERIFY(menu()->files().isEmpty());
}

void TestStartPage::clearedListIsEmpty()
{
    m_rig->window->openFile(writeFile(u"provisioner.openicf-first.json"_s));
    m_rig->window->keeper().close();
    QVERIFY(list()->isVisible());
    menu()->actions().last()->trigger();
    QTRY_COMPARE(menu()->actions().size(), 1);
    QVERIFY(menu()->files().isEmpty());
    QVERIFY(!list()->isVisible());
}

void TestStartPage::aDroppedFileIsOpened_data()
{
    QTest::addColumn<bool>("onTheText");
    QTest::newRow("on the start page") << false;
    QTest::newRow("on a text that is edited") << true;
}

void TestStartPage::aDroppedFileIsOpened()
{
    QFETCH(bool, onTheText);
    const QString path = writeFile(u"provisioner.openicf-dropped.json"_s);
    QWidget *target = start();
    QByteArray before;
    auto *page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    if (onTheText) {
        m_rig->window->openFile(writeFile(u"provisioner.openicf-first.json"_s));
        m_rig->window->showPlace({PageId::Configuration, {}});
        page->focusFilter(); // The text in front.
        target = page->editor()->viewport();
    }
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    const QPoint at = target->rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
    QTRY_COMPARE(openPath(), path);
    QCOMPARE(page->document()->bytes(), sampleProvisioner()); // Opened, not pasted.
}

void TestStartPage::refusesSeveralFilesAndNoFile()
{
    QMimeData two;
    two.setUrls(
        {QUrl::fromLocalFile(writeFile(u"a.json"_s)), QUrl::fromLocalFile(writeFile(u"b.json"_s))});
    QMimeData page;
    page.setUrls({QUrl(u"https://example.com/provisioner.json"_s)});
    for (const QMimeData *mime : {&two, &page}) {
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, mime, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(m_rig->window.get(), &enter);
        QVERIFY(!enter.isAccepted());
    }
    QCOMPARE(openPath(), QString());
}

HUBKEEPER_WINDOW_TEST(TestStartPage)
#include "tst_startpage.moc"
