// SPDX-License-Identifier: MIT
#include "idm/deploy/deploytab.h"
#include "idm/servers/logindialog.h"
#include "idm/servers/serverdialog.h"
#include "idm/servers/serversdialog.h"
#include "idm/servers/serverswitcher.h"
#include "idmrig.h"
#include "testkit/secretoutcome.h"
#include "testkit/windowtest.h"
#include "widgets/emptystate.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QMenu>
#include <QTabBar>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The IDM page: which server, its dialogs, its password.
class TestIdmPage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void saysWhatToDoWithoutServers();
    void contactsNobodyUnasked();
    void addsAServer();
    void saysWhatIsWrongWithAnAddress();
    void asksForTheRightPassword();
    void asksForAPasswordThatIsNowhere();
    void opensThePracticeIdm();
    void aStoppedPracticeIdmIsOffered();
    void followsTheListOfOthers();
    void allowingMoreAsksForTheLabel();
    void forgetsAServerAndItsSecret();
    void worksWithoutAFile();

private:
    [[nodiscard]] MessageBar *messages() { return m_rig->page()->findChild<MessageBar *>(); }
    [[nodiscard]] QPushButton *offered(Choice choice)
    {
        return m_rig->page()->findChild<EmptyState *>()->findChild<QPushButton *>(nameOf(choice));
    }

    std::unique_ptr<IdmRig> m_rig;
};

namespace {

QPushButton *okOf(const QDialog *dialog)
{
    return dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
}

void type(QDialog *dialog, const QString &field, const QString &text)
{
    auto *line = dialog->findChild<QLineEdit *>(field);
    QVERIFY(line);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

} // namespace

void TestIdmPage::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<IdmRig>();
    QVERIFY(m_rig->openPracticeFile());
    m_rig->window->showPlace({PageId::Idm, {}});
}

void TestIdmPage::saysWhatToDoWithoutServers()
{
    QVERIFY(m_rig->server().registry().servers().isEmpty());
    QVERIFY(m_rig->page()->findChild<EmptyState *>()->isVisible());
    QVERIFY(offered(Choice::AddServer)->isVisible());
    QVERIFY(offered(Choice::PracticeServer)->isVisible());
    QCOMPARE(m_rig->find<QTabBar>(u"idmTabs"_s)->tabText(0), u"Status"_s);
    QVERIFY(m_rig->find<QWidget>(u"deploy"_s)->isVisible() == false);
}

/// A server in the list is not asked before the user opens it.
void TestIdmPage::contactsNobodyUnasked()
{
    const Server server = m_rig->addServer(ConnectionKind::Sandbox, WriteMode::Confirm);
    m_rig->makeWindow();
    QVERIFY(m_rig->openPracticeFile());
    m_rig->window->showPlace({PageId::Idm, {}});
    QTest::qWait(100);

    QVERIFY(!m_rig->server().server());
    QVERIFY(!m_rig->server().isOpening());
    click(offered(Choice::Confirm));
    QTRY_VERIFY(m_rig->server().session());
    QCOMPARE(m_rig->server().server()->id, server.id);
    QCOMPARE(m_rig->server().facts()->profile, IdmProfile::Community);
    auto *switcher = m_rig->page()->findChild<ServerSwitcher *>();
    QVERIFY2(switcher->text().contains(u"Test && more · sandbox · confirm"_s),
             qPrintable(switcher->text()));
}

void TestIdmPage::addsAServer()
{
    click(offered(Choice::AddServer));
    auto *dialog = m_rig->page()->findChild<ServerDialog *>();
    QVERIFY(dialog);
    QVERIFY(!okOf(dialog)->isEnabled());
    type(dialog, u"label"_s, u"Here"_s);
    type(dialog, u"address"_s, m_rig->idm.url().toString());
    type(dialog, u"secret"_s, u"openidm-admin"_s);
    click(dialog->findChild<QPushButton *>(u"testServer"_s));
    auto *message = dialog->findChild<MessageBar *>();
    QTRY_COMPARE(message->kind(), MessageBar::Good);
    QVERIFY2(wholeText(message).contains(u"openidm-admin"_s), qPrintable(wholeText(message)));
    QVERIFY(m_rig->server().registry().servers().isEmpty()); // A test saves nothing.
    QPointer<QDialog> open(dialog);
    click(okOf(dialog));
    QTRY_VERIFY(!open);

    const QList<Server> servers = ServerRegistry::load(m_rig->paths)->servers();
    QCOMPARE(servers.size(), 1);
    QCOMPARE(servers.first().mode, WriteMode::ReadOnly);
    const auto secret = secretOf(m_rig->keychain.read(secretIdOf(servers.first()), this));
    QVERIFY(secret && secret->has_value());
    QVERIFY(!m_rig->server().session()); // To add is not to open.
    click(offered(Choice::Confirm));
    QTRY_VERIFY(m_rig->server().session());
}

void TestIdmPage::saysWhatIsWrongWithAnAddress()
{
    click(offered(Choice::AddServer));
    auto *dialog = m_rig->page()->findChild<ServerDialog *>();
    type(dialog, u"label"_s, u"Here"_s);
    type(dialog, u"address"_s, u"http://idm.example.com"_s);
    click(okOf(dialog));
    auto *message = dialog->findChild<MessageBar *>();
    QVERIFY(message->isVisible());
    QCOMPARE(message->kind(), MessageBar::Failure);
    QVERIFY(m_rig->server().registry().servers().isEmpty());
}

void TestIdmPage::asksForTheRightPassword()
{
    const Server server =
        m_rig->addServer(ConnectionKind::Sandbox, WriteMode::Confirm, "something else");
    m_rig->server().open(server.id);
    QTRY_VERIFY(m_rig->server().failure());
    QCOMPARE(m_rig->server().failure()->kind, ErrorKind::Unauthorized);
    QVERIFY2(messages()->text().contains(u"refused the login"_s), qPrintable(messages()->text()));
    click(messages()->findChild<QPushButton *>(nameOf(Choice::EnterLogin)));
    auto *dialog = m_rig->page()->findChild<LoginDialog *>();
    QVERIFY(dialog);
    type(dialog, u"secret"_s, u"openidm-admin"_s);
    click(okOf(dialog));
    QTRY_VERIFY(m_rig->server().session());
    QVERIFY(!messages()->isVisible());
    // It was not to be stored, and serves again without the keychain.
    m_rig->server().close();
    m_rig->keychain.refuseWith = fail(ErrorKind::NoKeychain, u"locked"_s).value();
    m_rig->server().open(server.id);
    QTRY_VERIFY(m_rig->server().session());
}

void TestIdmPage::asksForAPasswordThatIsNowhere()
{
    const Server server = m_rig->addServer(ConnectionKind::Sandbox, WriteMode::Confirm);
    QVERIFY(outcomeOf(m_rig->keychain.remove(secretIdOf(server), this)));
    m_rig->server().open(server.id);
    QTRY_VERIFY(m_rig->server().failure());
    QVERIFY2(!wholeText(messages()).contains(u"hubkeeper-cli"_s),
             qPrintable(wholeText(messages())));
    QVERIFY(messages()->findChild<QPushButton *>(nameOf(Choice::EnterLogin))->isVisible());
}

void TestIdmPage::opensThePracticeIdm()
{
    m_rig->keychain.refuseWith = fail(ErrorKind::NoKeychain, u"none"_s).value();
    m_rig->window->openPractice();
    QTRY_VERIFY(m_rig->server().session());
    const Server server = *m_rig->server().server();
    QCOMPARE(server.kind, ConnectionKind::Practice);
    QCOMPARE(server.label, u"Practice IDM"_s);
    // Once more: the same server, no second entry.
    m_rig->page()->openPractice();
    QTRY_VERIFY(m_rig->server().session());
    QCOMPARE(m_rig->server().server()->id, server.id);
    QCOMPARE(m_rig->server().registry().servers().size(), 1);
}

/// An entry of the last time leads to nothing; the way on is offered.
void TestIdmPage::aStoppedPracticeIdmIsOffered()
{
    const auto kept = keepPracticeServer(QUrl(u"http://127.0.0.1:1"_s), u"openidm-admin"_s,
                                         u"Practice IDM"_s, m_rig->paths);
    QVERIFY(kept);
    QVERIFY(m_rig->server().readList());
    m_rig->server().openWith(kept->id, Secret(std::string_view("openidm-admin")));
    QTRY_VERIFY(m_rig->server().failure());
    click(messages()->findChild<QPushButton *>(nameOf(Choice::PracticeServer)));
    QTRY_VERIFY(m_rig->server().session());
    QCOMPARE(m_rig->server().server()->id, kept->id);
}

void TestIdmPage::followsTheListOfOthers()
{
    const Server server = m_rig->addServer(ConnectionKind::Sandbox, WriteMode::Confirm);
    m_rig->server().open(server.id);
    QTRY_VERIFY(m_rig->server().session());
    const auto session = m_rig->server().session();
    auto others = ServerRegistry::load(m_rig->paths);
    QVERIFY(others->edit(server.id, [](Server &one) -> Result<void> {
        one.mode = WriteMode::ReadOnly;
        return {};
    }));
    QTRY_COMPARE(m_rig->server().server()->mode, WriteMode::ReadOnly);
    QCOMPARE(m_rig->server().session(), session); // Nobody was asked anew for that.
    QVERIFY(others->remove(server.id));
    QTRY_VERIFY(!m_rig->server().session());
    QVERIFY2(wholeText(messages()).contains(u"forgotten"_s), qPrintable(wholeText(messages())));
}

void TestIdmPage::allowingMoreAsksForTheLabel()
{
    const Server server = m_rig->addServer(ConnectionKind::Production, WriteMode::ReadOnly);
    ServerDialog dialog(m_rig->server(), server, m_rig->page());
    dialog.show();
    auto *mode = dialog.findChild<QComboBox *>(u"mode"_s);
    mode->setCurrentIndex(mode->findData(int(WriteMode::Confirm)));
    QVERIFY(dialog.findChild<QLineEdit *>(u"confirmation"_s)->isVisible());
    QVERIFY(!okOf(&dialog)->isEnabled());
    type(&dialog, u"confirmation"_s, server.label);
    click(okOf(&dialog));
    QCOMPARE(ServerRegistry::load(m_rig->paths)->find(server.id)->mode, WriteMode::Confirm);
}

void TestIdmPage::forgetsAServerAndItsSecret()
{
    const Server server = m_rig->addServer(ConnectionKind::Sandbox, WriteMode::Confirm);
    m_rig->find<QAction>(u"manageServers"_s)->trigger();
    auto *dialog = m_rig->page()->findChild<ServersDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QTreeWidget *>()->topLevelItem(0)->setSelected(true);
    click(dialog->findChild<QPushButton *>(u"forgetServers"_s));
    QVERIFY(ServerRegistry::load(m_rig->paths)->find(server.id));
    click(dialog->findChild<MessageBar *>()->findChild<QPushButton *>(nameOf(Choice::Forget)));
    QTRY_VERIFY(!ServerRegistry::load(m_rig->paths)->find(server.id));
    const auto secret = secretOf(m_rig->keychain.read(secretIdOf(server), this));
    QVERIFY(secret && !secret->has_value());
    dialog->reject();
}

/// From the start page; what is deployed becomes the first file.
void TestIdmPage::worksWithoutAFile()
{
    m_rig->window->keeper().close();
    auto *start = m_rig->window->findChild<QWidget *>(u"start"_s);
    QVERIFY(start->isVisible() && !m_rig->page()->isVisible());
    click(start->findChild<QAbstractButton *>(nameOf(Choice::AddServer)));
    QVERIFY(m_rig->page()->isVisible());
    click(offered(Choice::PracticeServer));
    QTRY_VERIFY(m_rig->server().session());
    auto *deploy = m_rig->page()->findChild<DeployTab *>();
    m_rig->page()->showTab(deploy);
    QTRY_VERIFY(m_rig->find<QPushButton>(u"saveServers"_s)->isEnabled());
    QVERIFY(!m_rig->find<QPushButton>(u"deploy"_s)->isEnabled());
    const QString path = m_rig->folder.filePath(u"provisioner.openicf-hubspot.json"_s);
    QVERIFY(deploy->saveServersAs(path));
    emit deploy->fileWanted(path);
    QTRY_VERIFY(m_rig->window->page(PageId::Configuration)->document());
    QVERIFY(m_rig->server().session()); // The server stays open.
    m_rig->window->keeper().close();
    QVERIFY(start->isVisible());
}

HUBKEEPER_WINDOW_TEST(TestIdmPage)
#include "tst_idmpage.moc"
