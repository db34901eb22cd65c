// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "connect/connectassistant.h"
#include "practice/practiceconnection.h"
#include "practice/server/practicethread.h"
#include "provisioner/document/document.h"
#include "session/connections/secretvault.h"
#include "session/signin/revocation.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/secretoutcome.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"

#include <QAccessible>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>
#include <QUrlQuery>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

/// A user's browser: follows the redirects of the authorize page as a real one does.
class Browser final : public QObject
{
public:
    bool isBroken = false; ///< Cannot be opened.
    bool staysAway = false; ///< Opens, but never answers.
    int opened = 0;

    bool open(const QUrl &url)
    {
        ++opened;
        if (isBroken)
            return false;
        if (!staysAway)
            m_network.get(QNetworkRequest(url));
        return true;
    }

    /// The address the authorize page sends the browser to.
    QByteArray whereTo(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::ManualRedirectPolicy);
        QNetworkReply *reply = m_network.get(request);
        (void)QTest::qWaitFor([&] { return reply->isFinished(); }, 5000);
        return reply->rawHeader("Location");
    }

private:
    QNetworkAccessManager m_network;
};

} // namespace

/// The assistant against the practice portal's authorize page, with a real HTTP client as the
/// browser, through real key and mouse events.
class TestConnectAssistant : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void goesFromClientToTestedToken();
    void everyWidgetHasAName();
    void asksForTheScopesThatAreTicked();
    void aDeclineCanBeRepeated();
    void aPastedAddressServesAsWell();
    void aForeignAddressIsToldAndTheWaitGoesOn();
    void aCodeWorksOnce();
    void aTakenPortOffersPasting();
    void waitingEnds();
    void aWrongSecretIsAskedForAgain();
    void missingScopesAreNamed();
    void withoutAKeychainTheSessionServes();
    void putsSubstitutionsIntoTheFile();
    void putsPlainTextIntoTheFile();
    void writesTheClientId();
    void endsTheOldToken();
    void aKnownSecretNeedNotBeTyped();

private:
    void startPortal(practice::PracticeOptions options);
    void openAssistant(Clock &clock);
    void openAssistant() { openAssistant(m_clock); }
    void next();
    void goTo(ConnectAssistant::PageId page);
    void typeCredentials(const QByteArray &secret = {});
    [[nodiscard]] bool isAt(ConnectAssistant::PageId page, int patience = 5000) const;
    [[nodiscard]] MessageBar *message() const;
    [[nodiscard]] bool says(const QString &words) const;
    void press(const QString &messageButton);
    template <typename T>
    [[nodiscard]] T *find(const QString &name) const
    {
        return m_assistant->currentPage()->findChild<T *>(name);
    }
    [[nodiscard]] QByteArray stored(const QString &name);
    [[nodiscard]] QByteArray file() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::PracticeThread> m_portal;
    SystemClock m_clock;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<SecretVault> m_vault;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<Browser> m_browser;
    Connection m_connection;
    std::unique_ptr<ConnectAssistant> m_assistant;
};

void TestConnectAssistant::init()
{
    failOnUnexpectedWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_unique<MemorySecretStore>();
    m_vault = std::make_unique<SecretVault>(*m_keychain);
    m_browser = std::make_unique<Browser>();
    startPortal({});
}

void TestConnectAssistant::cleanup()
{
    m_assistant.reset();
    m_document.reset();
    m_portal.reset();
}

void TestConnectAssistant::startPortal(practice::PracticeOptions options)
{
    options.contacts = 5;
    options.companies = 2;
    m_portal = std::make_unique<practice::PracticeThread>(options);
    QVERIFY(m_portal->start());
    m_folder = std::make_unique<QTemporaryDir>();
    auto book = ConnectionBook::load(Paths::below(m_folder->path()));
    QVERIFY(book);
    const auto written =
        writePracticeConnection(m_folder->filePath(u"provisioner.openicf-eu.json"_s),
                                {m_portal->url(), m_portal->clientId(), m_portal->clientSecret(),
                                 m_portal->refreshToken(), u"ACME EU"_s},
                                *book);
    QVERIFY(written);
    m_connection = *written;
    m_document = std::move(*Document::open(m_connection.provisionerPath));
    for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s})
        QVERIFY(m_document->setRaw(u"/configurationProperties/"_s + name, "null", name));
    QVERIFY(m_document->save(false));
}

void TestConnectAssistant::openAssistant(Clock &clock)
{
    const SessionServices session {clock, *m_vault, Paths::below(m_folder->path())};
    m_assistant = std::make_unique<ConnectAssistant>(
        m_connection,
        ConnectServices {session, m_vault.get(), m_document.get(),
                         [this](const QUrl &url) { return m_browser->open(url); }},
        nullptr);
    m_assistant->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_assistant.get()));
    auto *port = find<QSpinBox>(u"port"_s);
    port->setValue(freePort());
    QTRY_VERIFY(m_assistant->button(QWizard::NextButton)->isEnabled());
}

void TestConnectAssistant::next()
{
    QTRY_VERIFY(m_assistant->button(QWizard::NextButton)->isEnabled());
    QTest::mouseClick(m_assistant->button(QWizard::NextButton), Qt::LeftButton);
}

void TestConnectAssistant::typeCredentials(const QByteArray &secret)
{
    next();
    QVERIFY(isAt(ConnectAssistant::Credentials));
    auto *field = find<QLineEdit>(u"clientSecret"_s);
    field->setFocus();
    const QByteArray text = secret.isEmpty() ? clearText(m_portal->clientSecret()) : secret;
    QTest::keyClicks(field, QString::fromUtf8(text));
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    next();
    QVERIFY(isAt(ConnectAssistant::Scopes));
}

void TestConnectAssistant::goTo(ConnectAssistant::PageId page)
{
    openAssistant();
    typeCredentials();
    next();
    if (page == ConnectAssistant::Browser)
        return;
    QVERIFY(isAt(ConnectAssistant::Grant));
    if (page == ConnectAssistant::Grant)
        return;
    next();
    QVERIFY(isAt(ConnectAssistant::Store));
    if (page == ConnectAssistant::Store)
        return;
    next();
    QVERIFY(isAt(ConnectAssistant::Finish));
}

bool TestConnectAssistant::isAt(ConnectAssistant::PageId page, int patience) const
{
    return QTest::qWaitFor([&] { return m_assistant->currentId() == page; }, patience);
}

MessageBar *TestConnectAssistant::message() const
{
    return m_assistant->currentPage()->findChild<MessageBar *>();
}

bool TestConnectAssistant::says(const QString &words) const
{
    return QTest::qWaitFor([&] {
        if (!message()->isVisible())
            return false;
        const QList<QLabel *> labels = message()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(words); });
    });
}

void TestConnectAssistant::press(const QString &messageButton)
{
    auto *button = message()->findChild<QPushButton *>(messageButton);
    QVERIFY2(button, qPrintable(messageButton));
    QTest::mouseClick(button, Qt::LeftButton);
}

QByteArray TestConnectAssistant::stored(const QString &name)
{
    const auto secret = secretOf(m_vault->read({m_connection.id, name}, this));
    return secret && *secret ? clearText(**secret) : QByteArray();
}

QByteArray TestConnectAssistant::file() const
{
    return readFile(m_connection.provisionerPath, 1 << 20).value_or(QByteArray());
}

void TestConnectAssistant::goesFromClientToTestedToken()
{
    goTo(ConnectAssistant::Finish);

    QCOMPARE(m_browser->opened, 1);
    QCOMPARE(stored(u"clientSecret"_s), clearText(m_portal->clientSecret()));
    QVERIFY(!stored(u"refreshToken"_s).isEmpty());
    QVERIFY(stored(u"refreshToken"_s) != clearText(m_portal->refreshToken()));
    QVERIFY(m_assistant->hasStored());
    const QByteArray before = file();
    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);
    QCOMPARE(m_assistant->result(), int(QDialog::Accepted));
    QCOMPARE(file(), before); // Nothing goes into the file unasked.
}

void TestConnectAssistant::everyWidgetHasAName()
{
    goTo(ConnectAssistant::Finish);

    const QList<QWidget *> widgets = m_assistant->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!(widget->focusPolicy() & Qt::TabFocus)
            || widget->objectName() == "qt_spinbox_lineedit"_L1)
            continue;
        QAccessibleInterface *seen =
            QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        QVERIFY2(seen && !seen->text(QAccessible::Name).isEmpty(),
                 qPrintable(u"%1 %2"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
                                           widget->objectName())));
    }
}

void TestConnectAssistant::asksForTheScopesThatAreTicked()
{
    openAssistant();
    m_browser->staysAway = true;
    typeCredentials();
    auto *list = find<QTreeWidget>(u"scopes"_s);
    const auto owners = list->findItems(u"crm.objects.owners.read"_s, Qt::MatchExactly);
    const auto oauth = list->findItems(u"oauth"_s, Qt::MatchExactly);
    QCOMPARE(owners.size(), 1);
    list->setFocus();
    for (QTreeWidgetItem *item : {owners.first(), oauth.first()}) {
        list->setCurrentItem(item);
        QTest::keyClick(list, Qt::Key_Space);
    }

    next();

    const QString link = find<QLineEdit>(u"link"_s)->text();
    QVERIFY(!link.contains(u"crm.objects.owners.read"_s)); // Optional: left out.
    QVERIFY(link.contains(u"scope=oauth"_s)); // Needed: cannot be left out.
}

void TestConnectAssistant::aDeclineCanBeRepeated()
{
    m_portal->inPortal([](practice::PracticePortal &portal) {
        portal.setAuthorizeMode(practice::AuthorizeMode::Decline);
    });
    goTo(ConnectAssistant::Browser);

    QVERIFY(says(u"declined"_s));
    QCOMPARE(m_assistant->currentId(), int(ConnectAssistant::Browser));
    QVERIFY(!m_assistant->button(QWizard::NextButton)->isEnabled());

    m_portal->inPortal([](practice::PracticePortal &portal) {
        portal.setAuthorizeMode(practice::AuthorizeMode::Redirect);
    });
    press(u"again"_s);

    QVERIFY(isAt(ConnectAssistant::Grant));
}

void TestConnectAssistant::aPastedAddressServesAsWell()
{
    m_browser->isBroken = true;
    goTo(ConnectAssistant::Browser);
    QVERIFY(says(u"could not be opened"_s));

    const QByteArray address = m_browser->whereTo(m_assistant->link());
    auto *field = find<QLineEdit>(u"pasted"_s);
    field->setFocus();
    QTest::keyClicks(field, QString::fromUtf8(address));
    QTest::mouseClick(find<QPushButton>(u"usePasted"_s), Qt::LeftButton);

    QVERIFY(isAt(ConnectAssistant::Grant));
}

void TestConnectAssistant::aForeignAddressIsToldAndTheWaitGoesOn()
{
    m_browser->staysAway = true;
    goTo(ConnectAssistant::Browser);

    find<QLineEdit>(u"pasted"_s)->setText(u"http://localhost:1/?code=x&state=another"_s);
    QTest::mouseClick(find<QPushButton>(u"usePasted"_s), Qt::LeftButton);

    QVERIFY(says(u"another sign-in"_s));
    QVERIFY(!m_assistant->link().isEmpty()); // Still waiting.
}

void TestConnectAssistant::aCodeWorksOnce()
{
    m_browser->staysAway = true;
    goTo(ConnectAssistant::Browser);
    const QUrl back = QUrl::fromEncoded(m_browser->whereTo(m_assistant->link()));
    const QString code = QUrlQuery(back).queryItemValue(u"code"_s, QUrl::FullyDecoded);
    const auto paste = [&] {
        find<QLineEdit>(u"pasted"_s)->setText(code);
        QTest::mouseClick(find<QPushButton>(u"usePasted"_s), Qt::LeftButton);
    };
    paste();
    QVERIFY(isAt(ConnectAssistant::Grant));
    m_assistant->back();
    QTest::mouseClick(find<QPushButton>(u"startAgain"_s), Qt::LeftButton);

    paste();

    QVERIFY(says(u"refused"_s));
    QCOMPARE(m_assistant->currentId(), int(ConnectAssistant::Browser));
    QVERIFY(!m_assistant->button(QWizard::NextButton)->isEnabled());
}

void TestConnectAssistant::aTakenPortOffersPasting()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    openAssistant();
    find<QSpinBox>(u"port"_s)->setValue(other.serverPort());
    typeCredentials();
    next();

    QVERIFY(says(u"is taken by another program"_s));
    QCOMPARE(m_browser->opened, 0); // Nobody would hear it come back.
    press(u"paste"_s);
    find<QLineEdit>(u"pasted"_s)
        ->setText(QString::fromUtf8(m_browser->whereTo(m_assistant->link())));
    QTest::mouseClick(find<QPushButton>(u"usePasted"_s), Qt::LeftButton);

    QVERIFY(isAt(ConnectAssistant::Grant));
}

void TestConnectAssistant::waitingEnds()
{
    ManualClock clock;
    m_browser->staysAway = true;
    openAssistant(clock);
    typeCredentials();
    next();
    QVERIFY(find<QLabel>(u"signInState"_s)->text().contains(u"5:00"_s));

    clock.advance(std::chrono::minutes(5));

    QVERIFY(says(u"No answer came back"_s));
    press(u"again"_s);
    QVERIFY(!m_assistant->link().isEmpty());
    m_assistant.reset(); // Before its clock.
}

void TestConnectAssistant::aWrongSecretIsAskedForAgain()
{
    openAssistant();
    typeCredentials("not-the-secret");
    next();

    QVERIFY(isAt(ConnectAssistant::Credentials));
    QVERIFY(says(u"refused"_s));
    QVERIFY(find<QLineEdit>(u"clientSecret"_s)->text().isEmpty());
    QTest::keyClicks(find<QLineEdit>(u"clientSecret"_s),
                     QString::fromUtf8(clearText(m_portal->clientSecret())));
    next();
    next();

    QVERIFY(isAt(ConnectAssistant::Grant));
}

void TestConnectAssistant::missingScopesAreNamed()
{
    practice::PracticeOptions options;
    options.grantedScopes = ScopeChoice::forConnector().required;
    startPortal(options);
    goTo(ConnectAssistant::Grant);

    const auto *list = find<QTreeWidget>(u"granted"_s);
    const auto owners = list->findItems(u"crm.objects.owners.read"_s, Qt::MatchExactly);
    const auto contacts = list->findItems(u"crm.objects.contacts.read"_s, Qt::MatchExactly);
    QCOMPARE(owners.first()->text(1), u"missing"_s);
    QVERIFY(!owners.first()->text(2).isEmpty());
    QCOMPARE(contacts.first()->text(1), u"granted"_s);
    QVERIFY(says(u"optional scopes"_s));
}

void TestConnectAssistant::withoutAKeychainTheSessionServes()
{
    m_keychain->refuseWith = Error {};
    m_keychain->refuseWith->kind = ErrorKind::NoKeychain;
    m_keychain->refuseWith->what = u"No keychain answers on this desktop."_s;
    goTo(ConnectAssistant::Store);

    QVERIFY(says(u"No keychain answers"_s));
    QVERIFY(!m_assistant->button(QWizard::NextButton)->isEnabled());
    press(u"session-only"_s);

    QTRY_VERIFY(m_assistant->button(QWizard::NextButton)->isEnabled());
    QVERIFY(m_vault->isSessionOnly());
    QVERIFY(find<QLabel>(u"storedState"_s)->text().contains(u"this session only"_s));
    QVERIFY(!stored(u"refreshToken"_s).isEmpty());
}

void TestConnectAssistant::putsSubstitutionsIntoTheFile()
{
    goTo(ConnectAssistant::Finish);
    const QByteArray before = file();
    QTest::mouseClick(find<QRadioButton>(u"fileChoice2"_s), Qt::LeftButton, {}, QPoint(8, 8));
    find<QLineEdit>(u"secretName"_s)->setText(u"no name"_s);
    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);
    QVERIFY(says(u"no name that a server can fill in"_s));

    find<QLineEdit>(u"secretName"_s)->setText(u"esv.hub.secret"_s);
    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);

    QCOMPARE(m_assistant->result(), int(QDialog::Accepted));
    QVERIFY(file().contains("\"clientSecret\": \"&{esv.hub.secret}\""));
    QVERIFY(file().contains("\"refreshToken\": \"&{esv.eu.refresh.token}\""));
    m_document->undo();
    m_document->undo();
    QCOMPARE(m_document->bytes(), before);
}

void TestConnectAssistant::putsPlainTextIntoTheFile()
{
    QVERIFY(m_document->setValue(u"/enabled"_s, false, u"enabled"_s)); // Somebody's unsaved edit.
    goTo(ConnectAssistant::Finish);
    const QByteArray before = file();
    QTest::mouseClick(find<QRadioButton>(u"fileChoice1"_s), Qt::LeftButton, {}, QPoint(8, 8));

    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);

    QCOMPARE(file(), before); // Left to the user, whose edit is not ours to save.
    QVERIFY(m_document->bytes().contains('"' + clearText(m_portal->clientSecret()) + '"'));
    QVERIFY(m_document->bytes().contains('"' + stored(u"refreshToken"_s) + '"'));
}

void TestConnectAssistant::writesTheClientId()
{
    QVERIFY(m_document->setRaw(u"/configurationProperties/clientId"_s, "null", u"x"_s));
    QVERIFY(m_document->save(false));
    openAssistant();
    next();
    QTest::keyClicks(find<QLineEdit>(u"clientId"_s), m_portal->clientId());
    find<QLineEdit>(u"clientSecret"_s)
        ->setText(QString::fromUtf8(clearText(m_portal->clientSecret())));
    next();
    next();
    QVERIFY(isAt(ConnectAssistant::Grant));
    next();
    next();
    QVERIFY(isAt(ConnectAssistant::Finish));
    QVERIFY(find<QCheckBox>(u"writeClientId"_s)->isChecked());

    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);

    QVERIFY(file().contains("\"clientId\": \"" + m_portal->clientId().toUtf8() + '"'));
    QVERIFY(m_document->canUndo());
}

void TestConnectAssistant::endsTheOldToken()
{
    const SecretId id {m_connection.id, u"refreshToken"_s};
    QVERIFY(outcomeOf(m_vault->write(id, m_portal->refreshToken(), this)).has_value());
    goTo(ConnectAssistant::Finish);
    auto *revoke = find<QCheckBox>(u"revokeOld"_s);
    QVERIFY(revoke->isVisible());
    QVERIFY(!revoke->isChecked());
    QTest::mouseClick(revoke, Qt::LeftButton, {}, QPoint(8, 8));

    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);

    QTRY_COMPARE(m_assistant->result(), int(QDialog::Accepted));
    TransportOptions transport;
    transport.base = m_portal->url();
    QnamTransport wire(transport);
    const auto asked = [&](const Secret &token) {
        const OAuthCredentials app {m_portal->clientId(), m_portal->clientSecret(), token.clone()};
        const auto reply =
            outcomeOf(wire.send(refreshRequest(u"/oauth/v3/token"_s, app), {}, this));
        return reply && *reply ? (*reply)->status : 0;
    };
    QCOMPARE(asked(m_portal->refreshToken()), 400);
    QCOMPARE(asked(Secret(stored(u"refreshToken"_s))), 200);
}

void TestConnectAssistant::aKnownSecretNeedNotBeTyped()
{
    const SecretId id {m_connection.id, u"clientSecret"_s};
    QVERIFY(outcomeOf(m_vault->write(id, m_portal->clientSecret(), this)).has_value());
    openAssistant();
    next();
    QVERIFY(isAt(ConnectAssistant::Credentials));
    QVERIFY(find<QLineEdit>(u"clientSecret"_s)->text().isEmpty()); // Never read back into a field.
    next();
    next();

    QVERIFY(isAt(ConnectAssistant::Grant));
}

HUBKEEPER_WINDOW_TEST(TestConnectAssistant)
#include "tst_connectassistant.moc"
