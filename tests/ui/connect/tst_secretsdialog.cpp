// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "connect/secretplacesmodel.h"
#include "connect/secretsdialog.h"
#include "provisioner/document/document.h"
#include "provisioner/document/draftfile.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/secretvault.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/secretoutcome.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray fileText = R"({
    "configurationProperties": {
        "clientId": "id",
        "clientSecret": "plain-text-secret",
        "refreshToken": null
    }
}
)";

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Where Are My Secrets, by mouse and keyboard, over stores in memory.
class TestSecretsDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void reportsEveryPlaceOfEveryConnection();
    void storesWhatIsTyped();
    void takesASecretOutOfTheFile();
    void takesASecretOutOfAFileThatIsNotOpen();
    void leavesAFileWithUnsavedEditsAlone();
    void leavesAFileThatIsOpenElsewhereAlone();
    void keepsOneForTheSession();
    void keepsOneThoughTheDialogGoes();
    void movesToAnotherConnection();
    void asksBeforeItReplacesAnotherConnections();
    void asksBeforeItReplacesTheKeychains();
    void forgetsAfterAsking();
    void asksOnlyAboutTheSelectedOne();
    void withoutAKeychainItSaysWhy();
    void findsALeak();
    void nothingIsCopied();

private:
    void open();
    [[nodiscard]] QString cell(int row, SecretPlacesModel::Column column) const;
    void select(int row);
    void click(const QString &name);
    [[nodiscard]] bool says(const QString &words) const;
    void write(const QString &connection, const QString &name, std::string_view text);

    std::unique_ptr<QTemporaryDir> m_folder;
    Paths m_paths;
    ManualClock m_clock;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<SecretVault> m_vault;
    BudgetRegistry m_budgets;
    ConnectionRegistry m_registry;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<SecretsDialog> m_dialog;
};

void TestSecretsDialog::init()
{
    failOnUnexpectedWarnings();
    m_dialog.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_paths = Paths::below(m_folder->path());
    m_keychain = std::make_unique<MemorySecretStore>();
    m_vault = std::make_unique<SecretVault>(*m_keychain);
    m_registry = std::move(*ConnectionRegistry::load(m_paths));
    for (const QString &id : {u"eu"_s, u"us"_s}) {
        Connection connection;
        connection.id = id;
        connection.label = u"ACME "_s + id.toUpper();
        connection.provisionerPath = m_folder->filePath(u"provisioner.openicf-%1.json"_s.arg(id));
        QVERIFY(saveFile(connection.provisionerPath, fileText, FileMode::KeepOrPrivate));
        QVERIFY(m_registry.keep(connection));
    }
    m_document = std::move(*Document::open(m_registry.byId(u"eu"_s)->provisionerPath));
    write(u"eu"_s, u"refreshToken"_s, "token-of-europe");
}

void TestSecretsDialog::open()
{
    m_dialog = std::make_unique<SecretsDialog>(
        *m_registry.byId(u"eu"_s),
        SecretsServices {
            m_registry, {m_clock, *m_vault, m_paths, m_budgets}, m_vault.get(), m_document.get()},
        nullptr);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    auto *table = m_dialog->findChild<QTreeView *>(u"secretPlaces"_s);
    new QAbstractItemModelTester(table->model(), m_dialog.get());
    QTRY_COMPARE(table->model()->rowCount(), 5); // Two of each connection, and the journal's.
}

QString TestSecretsDialog::cell(int row, SecretPlacesModel::Column column) const
{
    const auto *table = m_dialog->findChild<QTreeView *>(u"secretPlaces"_s);
    return table->model()->index(row, column).data().toString();
}

void TestSecretsDialog::select(int row)
{
    auto *table = m_dialog->findChild<QTreeView *>(u"secretPlaces"_s);
    const QRect place = table->visualRect(table->model()->index(row, 0));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place.center());
}

void TestSecretsDialog::click(const QString &name)
{
    const QList<QPushButton *> buttons = m_dialog->findChildren<QPushButton *>(name);
    const auto seen = std::find_if(buttons.begin(), buttons.end(),
                                   [](const QPushButton *button) { return button->isVisible(); });
    QVERIFY2(seen != buttons.end() && (*seen)->isEnabled(), qPrintable(name));
    QTest::mouseClick(*seen, Qt::LeftButton);
}

bool TestSecretsDialog::says(const QString &words) const
{
    const auto *message = m_dialog->findChild<MessageBar *>();
    return QTest::qWaitFor([&] {
        const QList<QLabel *> labels = message->findChildren<QLabel *>();
        return message->isVisible()
            && std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(words); });
    });
}

void TestSecretsDialog::write(const QString &connection, const QString &name, std::string_view text)
{
    QVERIFY(outcomeOf(m_vault->write({connection, name}, Secret(text), this)));
}

void TestSecretsDialog::reportsEveryPlaceOfEveryConnection()
{
    open();

    QCOMPARE(cell(0, SecretPlacesModel::ConnectionLabel), u"ACME EU"_s);
    QCOMPARE(cell(0, SecretPlacesModel::Where), u"the file, as plain text"_s);
    QCOMPARE(cell(1, SecretPlacesModel::Where), u"keychain"_s);
    QCOMPARE(cell(1, SecretPlacesModel::LastUsed), u"never"_s);
    QCOMPARE(cell(3, SecretPlacesModel::Where), u"nowhere"_s);
    QCOMPARE(cell(4, SecretPlacesModel::SecretName), u"Key of the journal"_s);
}

void TestSecretsDialog::storesWhatIsTyped()
{
    open();
    QSignalSpy changed(m_dialog.get(), &SecretsDialog::secretsChanged);
    select(3); // Of the other connection.
    auto *field = m_dialog->findChild<QLineEdit *>(u"refreshToken"_s);
    QTest::keyClicks(field, u"token-of-america"_s);
    QTest::keyClick(field, Qt::Key_Return);

    QTRY_COMPARE(cell(3, SecretPlacesModel::Where), u"keychain"_s);
    QVERIFY(field->text().isEmpty());
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QCOMPARE(changed.size(), 1);
    const auto stored = secretOf(m_keychain->read({u"us"_s, u"refreshToken"_s}, this));
    QVERIFY(stored && *stored);
    QCOMPARE(clearText(**stored), "token-of-america"_ba);
}

void TestSecretsDialog::takesASecretOutOfTheFile()
{
    open();
    select(0);
    click(u"takeOut"_s);

    QVERIFY(says(u"undo brings it back"_s));
    const auto stored = secretOf(m_keychain->read({u"eu"_s, u"clientSecret"_s}, this));
    QVERIFY(stored && *stored);
    QCOMPARE(clearText(**stored), "plain-text-secret"_ba);
    QVERIFY(m_document->bytes().contains("\"clientSecret\": null"));
    m_document->undo();
    QCOMPARE(m_document->bytes(), fileText);
}

void TestSecretsDialog::takesASecretOutOfAFileThatIsNotOpen()
{
    const QString path = m_registry.byId(u"us"_s)->provisionerPath;
    open();
    select(2);
    click(u"takeOut"_s);
    QVERIFY(says(u"cannot be undone here"_s));
    QCOMPARE(contentsOf(path), fileText); // Not before the answer.
    click(u"take-out"_s);

    QTRY_COMPARE(cell(2, SecretPlacesModel::Where), u"keychain"_s);
    const auto stored = secretOf(m_keychain->read({u"us"_s, u"clientSecret"_s}, this));
    QVERIFY(stored && *stored);
    QCOMPARE(clearText(**stored), "plain-text-secret"_ba);
    QCOMPARE(contentsOf(path), QByteArray(fileText).replace("\"plain-text-secret\"", "null"));
    QCOMPARE(m_document->bytes(), fileText);
    QVERIFY(!DraftFile(draftFolder(m_paths.state), path).isTaken()); // Free for the next.
}

void TestSecretsDialog::leavesAFileWithUnsavedEditsAlone()
{
    const QString path = m_registry.byId(u"us"_s)->provisionerPath;
    {
        DraftFile drafts(draftFolder(m_paths.state), path);
        const auto edited = Document::fromBytes(QByteArray(fileText).replace("\"id\"", "\"new\""));
        QVERIFY(drafts.write(edited->text(), fileText));
    }
    open();
    select(2);
    click(u"takeOut"_s);
    click(u"take-out"_s);

    QTRY_VERIFY(says(u"Unsaved edits"_s));
    QCOMPARE(contentsOf(path), fileText);
    const auto stored = secretOf(m_keychain->read({u"us"_s, u"clientSecret"_s}, this));
    QVERIFY(stored && !*stored);
}

void TestSecretsDialog::leavesAFileThatIsOpenElsewhereAlone()
{
    const QString path = m_registry.byId(u"us"_s)->provisionerPath;
    const DraftFile held(draftFolder(m_paths.state), path);
    open();
    select(2);
    click(u"takeOut"_s);
    click(u"take-out"_s);

    QTRY_VERIFY(says(u"open in another window"_s));
    QCOMPARE(contentsOf(path), fileText);
}

void TestSecretsDialog::keepsOneForTheSession()
{
    open();
    select(1);
    click(u"keepForSession"_s);

    QTRY_COMPARE(cell(1, SecretPlacesModel::Where), u"memory, for this session"_s);
    const auto stored = secretOf(m_keychain->read({u"eu"_s, u"refreshToken"_s}, this));
    QVERIFY(stored && !*stored);
}

void TestSecretsDialog::keepsOneThoughTheDialogGoes()
{
    open();
    select(1);
    click(u"keepForSession"_s);
    m_dialog.reset(); // Before the keychain has said a word.

    const SecretId id {u"eu"_s, u"refreshToken"_s};
    QTRY_VERIFY(m_vault->isForSession(id));
    const auto kept = secretOf(m_vault->read(id, this));
    QVERIFY(kept && *kept);
    QCOMPARE(clearText(**kept), "token-of-europe"_ba);
    const auto stored = secretOf(m_keychain->read(id, this));
    QVERIFY(stored && !*stored);
}

void TestSecretsDialog::movesToAnotherConnection()
{
    open();
    select(1);
    auto *menu = m_dialog->findChild<QPushButton *>(u"moveSecret"_s)->menu();
    emit menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    menu->actions().first()->trigger();

    QTRY_COMPARE(cell(3, SecretPlacesModel::Where), u"keychain"_s);
    QCOMPARE(cell(1, SecretPlacesModel::Where), u"nowhere"_s);
}

void TestSecretsDialog::asksBeforeItReplacesAnotherConnections()
{
    write(u"us"_s, u"refreshToken"_s, "token-of-america");
    const SecretId there {u"us"_s, u"refreshToken"_s};
    open();
    select(1);
    auto *menu = m_dialog->findChild<QPushButton *>(u"moveSecret"_s)->menu();
    emit menu->aboutToShow();
    menu->actions().first()->trigger();

    QVERIFY(says(u"Replace the refresh token of ACME US?"_s));
    QCOMPARE(clearText(*secretOf(m_keychain->read(there, this)).value()), "token-of-america"_ba);
    QCOMPARE(cell(1, SecretPlacesModel::Where), u"keychain"_s);
    click(u"replace"_s);

    QTRY_COMPARE(cell(1, SecretPlacesModel::Where), u"nowhere"_s);
    QCOMPARE(clearText(*secretOf(m_keychain->read(there, this)).value()), "token-of-europe"_ba);
}

void TestSecretsDialog::asksBeforeItReplacesTheKeychains()
{
    write(u"eu"_s, u"clientSecret"_s, "secret-in-the-keychain");
    const SecretId id {u"eu"_s, u"clientSecret"_s};
    open();
    select(0);
    click(u"takeOut"_s);

    QVERIFY(says(u"The keychain holds one already."_s));
    QCOMPARE(m_document->bytes(), fileText);
    QCOMPARE(clearText(*secretOf(m_keychain->read(id, this)).value()), "secret-in-the-keychain"_ba);
    click(u"take-out-open"_s);

    QTRY_VERIFY(m_document->bytes().contains("\"clientSecret\": null"));
    QCOMPARE(clearText(*secretOf(m_keychain->read(id, this)).value()), "plain-text-secret"_ba);
}

void TestSecretsDialog::forgetsAfterAsking()
{
    open();
    select(1);
    click(u"forgetSecret"_s);
    QVERIFY(says(u"cannot be brought back"_s));
    QCOMPARE(cell(1, SecretPlacesModel::Where), u"keychain"_s);

    click(u"forget"_s);

    QTRY_COMPARE(cell(1, SecretPlacesModel::Where), u"nowhere"_s);
    select(4);
    QVERIFY(!m_dialog->findChild<QPushButton *>(u"forgetSecret"_s)->isEnabled());
}

void TestSecretsDialog::asksOnlyAboutTheSelectedOne()
{
    open();
    select(1);
    click(u"forgetSecret"_s);
    QVERIFY(says(u"cannot be brought back"_s));

    select(0);

    QVERIFY(m_dialog->findChild<MessageBar *>()->isHidden());
    QCOMPARE(cell(1, SecretPlacesModel::Where), u"keychain"_s);
}

void TestSecretsDialog::withoutAKeychainItSaysWhy()
{
    m_keychain->refuseWith = Error {};
    m_keychain->refuseWith->kind = ErrorKind::NoKeychain;
    m_keychain->refuseWith->what = u"No keychain answers on this desktop."_s;
    open();
    QSignalSpy wanted(m_dialog.get(), &SecretsDialog::sessionOnlyWanted);

    QVERIFY(says(u"gnome-keyring"_s));
    const auto labels = m_dialog->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().startsWith(u"No keychain answers"_s);
    }));
    QVERIFY(cell(1, SecretPlacesModel::Where).contains(u"does not answer"_s));
    click(u"session-only"_s);
    QCOMPARE(wanted.size(), 1);
    m_vault->useSessionOnly();
    m_dialog->retry();

    QTRY_COMPARE(cell(1, SecretPlacesModel::Where), u"nowhere"_s);
}

void TestSecretsDialog::findsALeak()
{
    open();
    click(u"checkForLeaks"_s);
    QVERIFY(says(u"No secret was found in what Hubkeeper wrote."_s));
    QVERIFY(makePrivateFolder(m_paths.state));
    QVERIFY(
        saveFile(m_paths.state + u"/window.ini"_s, "a=token-of-europe", FileMode::KeepOrPrivate));

    click(u"checkForLeaks"_s);

    QVERIFY(says(u"byte 2: refreshToken of ACME EU"_s));
}

void TestSecretsDialog::nothingIsCopied()
{
    QGuiApplication::clipboard()->clear();
    open();
    auto *field = m_dialog->findChild<QLineEdit *>(u"clientSecret"_s);
    QTest::keyClicks(field, u"typed-secret"_s);
    field->selectAll();
    QTest::keySequence(field, QKeySequence::Copy);
    QTest::keySequence(field, QKeySequence::Cut);

    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestSecretsDialog)
#include "tst_secretsdialog.moc"
