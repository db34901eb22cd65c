// SPDX-License-Identifier: MIT
#include "connectassistanttest.h"
#include "testkit/windowtest.h"

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Where the assistant puts secrets and tokens at its end.
class TestConnectStoring final : public ConnectAssistantTest
{
    Q_OBJECT

private slots:
    void init() { ConnectAssistantTest::init(); }
    void cleanup() { ConnectAssistantTest::cleanup(); }
    void withoutAKeychainTheSessionServes();
    void putsSubstitutionsIntoTheFile();
    void putsPlainTextIntoTheFile();
    void writesTheClientId();
    void endsTheOldToken();
    void aKnownSecretNeedNotBeTyped();
};

void TestConnectStoring::withoutAKeychainTheSessionServes()
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

void TestConnectStoring::putsSubstitutionsIntoTheFile()
{
    goTo(ConnectAssistant::Finish);
    const QByteArray before = file();
    QTest::mouseClick(find<QRadioButton>(u"fileChoice2"_s), Qt::LeftButton, {}, QPoint(8, 8));
    find<QLineEdit>(u"secretName"_s)->setText(u"no name"_s);
    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);
    QVERIFY(says(u"not a name that a server can fill in"_s));

    find<QLineEdit>(u"secretName"_s)->setText(u"esv.hub.secret"_s);
    QTest::mouseClick(m_assistant->button(QWizard::FinishButton), Qt::LeftButton);

    QCOMPARE(m_assistant->result(), int(QDialog::Accepted));
    QVERIFY(file().contains("\"clientSecret\": \"&{esv.hub.secret}\""));
    QVERIFY(file().contains("\"refreshToken\": \"&{esv.eu.refresh.token}\""));
    m_document->undo();
    m_document->undo();
    QCOMPARE(m_document->bytes(), before);
}

void TestConnectStoring::putsPlainTextIntoTheFile()
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

void TestConnectStoring::writesTheClientId()
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

void TestConnectStoring::endsTheOldToken()
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

void TestConnectStoring::aKnownSecretNeedNotBeTyped()
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

HUBKEEPER_WINDOW_TEST(TestConnectStoring)
#include "tst_connectstoring.moc"
