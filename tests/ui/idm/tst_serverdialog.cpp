// SPDX-License-Identifier: MIT
#include "idm/servers/accountkeyfield.h"
#include "idm/servers/logindialog.h"
#include "idm/servers/serverdialog.h"
#include "idmrig.h"
#include "testkit/amstub.h"
#include "testkit/secretoutcome.h"
#include "testkit/windowtest.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDirIterator>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// A server whose login is a service account of the cloud, with its key.
class TestServerDialog final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void addsAServiceAccount();
    void takesAKeyFromAFile();
    void takesADroppedFile();
    void refusesWhatIsNoKey_data();
    void refusesWhatIsNoKey();
    void aWrongKeyIsTakenBack();
    void switchingKindsLosesNothing();
    void settingsKeepTheAccount();
    void asksForTheKeyAlone();

private:
    [[nodiscard]] ServerDialog *newDialog(const Server &server = {});
    [[nodiscard]] bool isAnywhere(const QByteArray &text) const;
    [[nodiscard]] QByteArray keptKeyOf(const Server &server);

    std::unique_ptr<IdmRig> m_rig;
};

namespace {

const QString account = u"449d7e27-7889-47af-a736-83b6bbf97ec5"_s;

/// Made once: it takes a moment.
const ServiceKey &ownKey()
{
    static const ServiceKey key;
    return key;
}

/// What nobody may find anywhere.
QByteArray privatePart()
{
    return ownKey().jwk()["d"_L1].toString().toLatin1();
}

WireAnswer administrator(const WireRequest &request)
{
    if (request.target.startsWith("/openidm/info/login"))
        return AmStub::json(R"({"authenticationId":"account","authorization":{
            "id":"account","component":"internal/user","roles":["internal/role/openidm-admin"]}})");
    return AmStub::json(R"({"_id":"","state":"ACTIVE_READY","shortDesc":"IDM ready"})");
}

QPushButton *okButtonOf(const QDialog *dialog)
{
    return dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
}

void typeInto(QDialog *dialog, const QString &field, const QString &text)
{
    auto *line = dialog->findChild<QLineEdit *>(field);
    QVERIFY(line);
    QTRY_VERIFY(line->isVisible());
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

/// With the keyboard, as somebody does in the list.
void chooseLogin(QDialog *dialog, LoginKind kind)
{
    auto *box = dialog->findChild<QComboBox *>(u"login"_s);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < box->count() && box->currentData().toInt() != int(kind); ++i)
        QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentData().toInt(), int(kind));
}

QPlainTextEdit *keyEdit(const QDialog *dialog)
{
    return dialog->findChild<QPlainTextEdit *>(u"key"_s);
}

void pasteKey(const QDialog *dialog, const QByteArray &text)
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    keyEdit(dialog)->setFocus();
    QTest::keySequence(keyEdit(dialog), QKeySequence::Paste);
}

QString said(const QDialog *dialog)
{
    auto *label = dialog->findChild<QLabel *>(u"keySaid"_s);
    return label->isVisible() ? label->text() : QString();
}

} // namespace

void TestServerDialog::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<IdmRig>();
    QVERIFY(m_rig->openPracticeFile());
    m_rig->window->showPlace({PageId::Idm, {}});
}

void TestServerDialog::cleanup()
{
    QGuiApplication::clipboard()->clear();
    m_rig.reset();
}

/// Shown; deletes itself when it is closed.
ServerDialog *TestServerDialog::newDialog(const Server &server)
{
    auto *dialog = new ServerDialog(m_rig->server(), server, m_rig->page());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    dialog->activateWindow();
    (void)QTest::qWaitForWindowActive(dialog);
    return dialog;
}

/// In any file that the program has written.
bool TestServerDialog::isAnywhere(const QByteArray &text) const
{
    QDirIterator files(m_rig->folder.path(), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QFile::ReadOnly) && file.readAll().contains(text))
            return true;
    }
    return false;
}

QByteArray TestServerDialog::keptKeyOf(const Server &server)
{
    const auto secret = secretOf(m_rig->keychain.read(secretIdOf(server), this));
    if (!secret || !secret->has_value())
        return {};
    return (*secret)->withClearText(
        [](std::string_view text) { return QByteArray(text.data(), qsizetype(text.size())); });
}

void TestServerDialog::addsAServiceAccount()
{
    AmStub tenant(ownKey(), account, &administrator);
    QPointer<ServerDialog> dialog(newDialog());
    typeInto(dialog, u"label"_s, u"Tenant"_s);
    typeInto(dialog, u"address"_s, tenant.server.url().toString());
    QVERIFY(!keyEdit(dialog)->isVisible());
    chooseLogin(dialog, LoginKind::ServiceAccount);
    QVERIFY(keyEdit(dialog)->isVisible());
    QVERIFY(!dialog->findChild<QLineEdit *>(u"user"_s)->isVisible());
    QVERIFY(!dialog->findChild<QLineEdit *>(u"secret"_s)->isVisible());
    QVERIFY(!okButtonOf(dialog)->isEnabled()); // Whose key?
    typeInto(dialog, u"account"_s, account);
    QTest::keyClicks(keyEdit(dialog), u"{"_s);
    QVERIFY2(said(dialog).contains(u"not typed"_s), qPrintable(said(dialog)));
    pasteKey(dialog, ownKey().jwkText());
    QVERIFY2(said(dialog).contains(u"good"_s), qPrintable(said(dialog)));
    QCOMPARE(keyEdit(dialog)->toPlainText(), QString()); // Nothing of it in pictures.

    click(dialog->findChild<QPushButton *>(u"testServer"_s));
    auto *message = dialog->findChild<MessageBar *>();
    QTRY_VERIFY2(message->isVisible(), qPrintable(tenant.fault));
    QCOMPARE(message->kind(), MessageBar::Good);
    QCOMPARE(tenant.handedOut.size(), 1);
    QVERIFY(m_rig->server().registry().servers().isEmpty()); // A test saves nothing.
    click(okButtonOf(dialog));
    QTRY_VERIFY(!dialog);

    const Server server = ServerRegistry::load(m_rig->paths)->servers().value(0);
    QCOMPARE(server.login.kind, LoginKind::ServiceAccount);
    QCOMPARE(server.login.userName, account);
    const QByteArray kept = keptKeyOf(server);
    QVERIFY(kept.contains(privatePart()) && !kept.contains("kid")); // kept(), not the whole.
    QVERIFY(isAnywhere("Tenant") && !isAnywhere(privatePart()));
    m_rig->server().open(server.id); // With what was stored.
    QTRY_VERIFY(m_rig->server().session());
}

void TestServerDialog::takesAKeyFromAFile()
{
    QTemporaryDir elsewhere;
    QFile file(elsewhere.filePath(u"account.jwk"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(QJsonDocument(QJsonObject {{u"jwk"_s, ownKey().jwk()}}).toJson());
    file.close();
    QPointer<ServerDialog> dialog(newDialog());
    typeInto(dialog, u"label"_s, u"Tenant"_s);
    typeInto(dialog, u"address"_s, u"https://tenant.example.com"_s);
    chooseLogin(dialog, LoginKind::ServiceAccount);
    typeInto(dialog, u"account"_s, account);
    click(dialog->findChild<QPushButton *>(u"chooseKey"_s));
    auto *files = dialog->findChild<QFileDialog *>();
    QVERIFY(files);
    QTRY_VERIFY(files->isVisible());
    auto *name = files->findChild<QLineEdit *>(u"fileNameEdit"_s);
    QVERIFY(name);
    name->setCompleter(nullptr); // Its list would take the key.
    files->setDirectory(elsewhere.path());
    QTest::keyClicks(name, u"account.jwk"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY2(said(dialog).contains(u"good"_s), qPrintable(said(dialog)));
    dialog->findChild<QAbstractButton *>(u"keeps"_s)->setChecked(false);
    click(okButtonOf(dialog));
    QTRY_VERIFY(!dialog);
    const Server server = ServerRegistry::load(m_rig->paths)->servers().value(0);
    QCOMPARE(server.login.userName, account);
    QCOMPARE(keptKeyOf(server), QByteArray()); // For this session only.
    QVERIFY(!isAnywhere(privatePart()));
}

void TestServerDialog::takesADroppedFile()
{
    QTemporaryDir elsewhere;
    QFile file(elsewhere.filePath(u"account.jwk"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(ownKey().jwkText());
    file.close();
    QPointer<ServerDialog> dialog(newDialog());
    chooseLogin(dialog, LoginKind::ServiceAccount);
    auto *data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(file.fileName())});
    QGuiApplication::clipboard()->setMimeData(data); // As a file manager copies one.
    keyEdit(dialog)->setFocus();
    QTest::keySequence(keyEdit(dialog), QKeySequence::Paste);
    QVERIFY2(said(dialog).contains(u"good"_s), qPrintable(said(dialog)));
    dialog->reject();
    QTRY_VERIFY(!dialog);
}

void TestServerDialog::refusesWhatIsNoKey_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("not JSON") << QByteArray("hello") << u"not JSON"_s;
    QTest::newRow("PEM") << QByteArray("-----BEGIN PRIVATE KEY-----\nMIIE") << u"PEM"_s;
    QTest::newRow("a password") << QByteArray(R"({"password":"x"})") << u"not a JWK"_s;
    QJsonObject open = ownKey().jwk();
    open.remove(u"d"_s);
    QTest::newRow("public") << QJsonDocument(open).toJson() << u"public key"_s;
    QJsonObject mixed = ownKey().jwk();
    mixed.insert(u"d"_s, ServiceKey().jwk()["d"_L1]);
    QTest::newRow("of two keys") << QJsonDocument(mixed).toJson() << u"belong together"_s;
}

/// Beside the field, and nothing is sent or saved; from a file and pasted.
void TestServerDialog::refusesWhatIsNoKey()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, says);
    QTemporaryDir elsewhere;
    QFile file(elsewhere.filePath(u"file"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text);
    file.close();
    QPointer<ServerDialog> dialog(newDialog());
    typeInto(dialog, u"label"_s, u"Tenant"_s);
    typeInto(dialog, u"address"_s, u"https://tenant.example.com"_s);
    chooseLogin(dialog, LoginKind::ServiceAccount);
    typeInto(dialog, u"account"_s, account);
    QVERIFY(okButtonOf(dialog)->isEnabled()); // The key may come later, as a password may.
    pasteKey(dialog, text);
    QVERIFY2(said(dialog).contains(says), qPrintable(said(dialog)));
    QCOMPARE(keyEdit(dialog)->toPlainText(), QString());
    QVERIFY(!okButtonOf(dialog)->isEnabled());
    QVERIFY(!dialog->findChild<QWidget *>(u"testServer"_s)->isEnabled());
    pasteKey(dialog, ownKey().jwkText());
    QVERIFY(okButtonOf(dialog)->isEnabled());
    dialog->findChild<AccountKeyField *>()->takeFile(file.fileName());
    QVERIFY2(said(dialog).contains(says), qPrintable(said(dialog)));
    QVERIFY(!okButtonOf(dialog)->isEnabled()); // The good one before is gone as well.
    dialog->reject();
    QTRY_VERIFY(!dialog);
    QVERIFY(ServerRegistry::load(m_rig->paths)->servers().isEmpty());
}

void TestServerDialog::aWrongKeyIsTakenBack()
{
    QPointer<ServerDialog> dialog(newDialog());
    typeInto(dialog, u"label"_s, u"Tenant"_s);
    typeInto(dialog, u"address"_s, u"https://tenant.example.com"_s);
    chooseLogin(dialog, LoginKind::ServiceAccount);
    typeInto(dialog, u"account"_s, account);
    dialog->findChild<AccountKeyField *>()->takeFile(u"/nowhere/key.jwk"_s);
    QVERIFY2(said(dialog).contains(u"key.jwk"_s), qPrintable(said(dialog)));
    QVERIFY(!okButtonOf(dialog)->isEnabled());
    click(dialog->findChild<QPushButton *>(u"removeKey"_s));
    QCOMPARE(said(dialog), QString());
    QVERIFY(okButtonOf(dialog)->isEnabled());
    dialog->reject();
    QTRY_VERIFY(!dialog);
}

void TestServerDialog::switchingKindsLosesNothing()
{
    QPointer<ServerDialog> dialog(newDialog());
    typeInto(dialog, u"label"_s, u"Tenant"_s);
    typeInto(dialog, u"address"_s, u"https://tenant.example.com"_s);
    typeInto(dialog, u"user"_s, u"somebody"_s);
    typeInto(dialog, u"secret"_s, u"a password"_s);
    chooseLogin(dialog, LoginKind::ServiceAccount);
    typeInto(dialog, u"account"_s, account);
    pasteKey(dialog, ownKey().jwkText());
    chooseLogin(dialog, LoginKind::Basic);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"user"_s)->text(), u"somebody"_s);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"secret"_s)->text(), u"a password"_s);
    QCOMPARE(dialog->server()->login, (ServerLogin {LoginKind::Basic, u"somebody"_s}));
    chooseLogin(dialog, LoginKind::ServiceAccount);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"account"_s)->text(), account);
    QVERIFY2(said(dialog).contains(u"good"_s), qPrintable(said(dialog)));
    QCOMPARE(dialog->server()->login, (ServerLogin {LoginKind::ServiceAccount, account}));
    chooseLogin(dialog, LoginKind::StaticUser); // A wrong key is not in the way of a password.
    click(okButtonOf(dialog));
    QTRY_VERIFY(!dialog);
    const Server server = ServerRegistry::load(m_rig->paths)->servers().value(0);
    QCOMPARE(keptKeyOf(server), QByteArray("a password"));
}

/// Another label, and nothing else.
void TestServerDialog::settingsKeepTheAccount()
{
    Server server;
    server.label = u"Tenant"_s;
    server.address = QUrl(u"https://tenant.example.com/openidm"_s);
    server.login = {LoginKind::ServiceAccount, account};
    server.kind = ConnectionKind::Sandbox;
    const auto added = m_rig->server().add(server);
    QVERIFY(added);
    QPointer<ServerDialog> dialog(newDialog(*added));
    QCOMPARE(keyEdit(dialog)->placeholderText(), u"as it is"_s);
    typeInto(dialog, u"label"_s, u"Other"_s);
    click(okButtonOf(dialog));
    QTRY_VERIFY(!dialog);
    const Server after = ServerRegistry::load(m_rig->paths)->servers().value(0);
    QCOMPARE(after.label, u"Other"_s);
    QCOMPARE(after.login, server.login);
    QCOMPARE(keptKeyOf(after), QByteArray());
}

void TestServerDialog::asksForTheKeyAlone()
{
    AmStub tenant(ownKey(), account, &administrator);
    Server server;
    server.label = u"Tenant"_s;
    server.address = *serverAddressFrom(tenant.server.url().toString());
    server.login = {LoginKind::ServiceAccount, account};
    const auto added = m_rig->server().add(server);
    QVERIFY(added);
    m_rig->server().open(added->id);
    QTRY_VERIFY(m_rig->server().failure());
    auto *messages = m_rig->page()->findChild<MessageBar *>();
    click(messages->findChild<QPushButton *>(nameOf(Choice::EnterLogin)));
    auto *dialog = m_rig->page()->findChild<LoginDialog *>();
    QVERIFY(dialog);
    pasteKey(dialog, "{}");
    QVERIFY2(said(dialog).contains(u"not a JWK"_s), qPrintable(said(dialog)));
    QVERIFY(!okButtonOf(dialog)->isEnabled());
    pasteKey(dialog, ownKey().jwkText());
    click(okButtonOf(dialog));
    QTRY_VERIFY(m_rig->server().session());
    QCOMPARE(tenant.handedOut.size(), 1);
    QVERIFY(!isAnywhere(privatePart()));
}

HUBKEEPER_WINDOW_TEST(TestServerDialog)
#include "tst_serverdialog.moc"
