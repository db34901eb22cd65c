// SPDX-License-Identifier: MIT
#include "connectassistanttest.h"
#include "testkit/windowtest.h"

#include <QRadioButton>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The way to a tested refresh token, and what goes wrong on it.
class TestConnectAssistant final : public ConnectAssistantTest
{
    Q_OBJECT

private slots:
    void init() { ConnectAssistantTest::init(); }
    void cleanup() { ConnectAssistantTest::cleanup(); }
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
};

void TestConnectAssistant::goesFromClientToTestedToken()
{
    goTo(ConnectAssistant::Finish);

    QCOMPARE(m_browser->opened, 1);
    QCOMPARE(stored(u"clientSecret"_s), clearText(m_portal->clientSecret()));
    QVERIFY(!stored(u"refreshToken"_s).isEmpty());
    QVERIFY(stored(u"refreshToken"_s) != clearText(m_portal->refreshToken()));
    QVERIFY(m_assistant->hasStored());
    // The file has no secrets that IDM could read.
    QVERIFY(find<QRadioButton>(u"fileChoice2"_s)->text().contains("recommended"_L1));
    QVERIFY(!find<QRadioButton>(u"fileChoice0"_s)->text().contains("recommended"_L1));
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

HUBKEEPER_WINDOW_TEST(TestConnectAssistant)
#include "tst_connectassistant.moc"
