// SPDX-License-Identifier: MIT
#include "secrets/keychainsecretstore.h"
#include "testkit/outcomeof.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QProcess>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Runs inside with-keyring.sh only: against a real Secret Service.
class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void entriesAreKeptApart();
    void removeOfNothing();
    void probe();
    void destroyedWhileRunning();
    void cancelled();
    void backend();
    void locked(); // The last: nobody unlocks it again.

private:
    KeychainSecretStore m_store {u"Hubkeeper tests"_s};
};

void TestKeychain::roundTrip_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a refresh token") << QByteArray("na1-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
    QTest::newRow("long") << QByteArray(4000, 'x');
    QTest::newRow("not only ASCII") << QByteArray("Grüße, 秘密\n\"'\\ $HOME");
}

void TestKeychain::roundTrip()
{
    QFETCH(QByteArray, text);
    const SecretId id {u"c1"_s, u"refreshToken"_s};

    const auto written =
        outcomeOf(m_store.write(id, Secret(std::string_view(text.constData(), size_t(text.size()))),
                                this))
            .value();
    QVERIFY2(written, written ? "" : qPrintable(written.error().sentence()));
    KeychainSecretStore sameService(u"Hubkeeper tests"_s);
    QCOMPARE(clearText(secretOf(sameService.read(id, this)).value().value()), text);
    QVERIFY(outcomeOf(m_store.remove(id, this)).value());
    QCOMPARE(secretOf(m_store.read(id, this)).value().error().kind, ErrorKind::NotFound);
}

void TestKeychain::entriesAreKeptApart()
{
    const SecretId one {u"c1"_s, u"clientSecret"_s};
    const SecretId two {u"c2"_s, u"clientSecret"_s};
    KeychainSecretStore otherService(u"Somebody else"_s);
    QVERIFY(outcomeOf(m_store.write(one, Secret(std::string_view("1")), this)).value());
    QVERIFY(outcomeOf(m_store.write(two, Secret(std::string_view("2")), this)).value());
    QVERIFY(outcomeOf(m_store.write(one, Secret(std::string_view("1b")), this)).value());

    QCOMPARE(clearText(secretOf(m_store.read(one, this)).value().value()), "1b");
    QCOMPARE(clearText(secretOf(m_store.read(two, this)).value().value()), "2");
    QCOMPARE(secretOf(otherService.read(one, this)).value().error().kind, ErrorKind::NotFound);
    QVERIFY(outcomeOf(m_store.remove(one, this)).value());
    QCOMPARE(clearText(secretOf(m_store.read(two, this)).value().value()), "2");
    QVERIFY(outcomeOf(m_store.remove(two, this)).value());
}

void TestKeychain::removeOfNothing()
{
    const auto removed = outcomeOf(m_store.remove({u"c9"_s, u"journalKey"_s}, this)).value();
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().sentence()));
}

void TestKeychain::probe()
{
    const auto probed = outcomeOf(m_store.probe(this)).value();
    QVERIFY2(probed, probed ? "" : qPrintable(probed.error().sentence()));
    QCOMPARE(secretOf(m_store.read({u"probe"_s, u"probe"_s}, this)).value().error().kind,
             ErrorKind::NotFound);
}

void TestKeychain::destroyedWhileRunning()
{
    const SecretId id {u"c1"_s, u"staticToken"_s};
    {
        QObject page;
        (void)m_store.write(id, Secret(std::string_view("kept")), &page);
        (void)m_store.read(id, &page);
        QCoreApplication::processEvents(); // The first job is under way now.
    }
    // Jobs run one after the other, so this one sees what the forgotten ones did.
    QCOMPARE(clearText(secretOf(m_store.read(id, this)).value().value()), "kept");
    QVERIFY(outcomeOf(m_store.remove(id, this)).value());
}

void TestKeychain::cancelled()
{
    Call<Secret> *call = m_store.read({u"c1"_s, u"staticToken"_s}, this);
    call->cancel();
    QCOMPARE(secretOf(call).value().error().kind, ErrorKind::Cancelled);
    QVERIFY(outcomeOf(m_store.probe(this)).value());
}

void TestKeychain::backend()
{
    const SecretBackend backend = m_store.backend();
    QCOMPARE(backend.name, u"Secret Service"_s);
    QVERIFY(backend.persistent);
    QCOMPARE(backend.service, u"Hubkeeper tests"_s);
}

void TestKeychain::locked()
{
    const SecretId id {u"c1"_s, u"clientSecret"_s};
    QVERIFY(outcomeOf(m_store.write(id, Secret(std::string_view("under lock")), this)).value());
    QCOMPARE(QProcess::execute(u"dbus-send"_s,
                               {u"--session"_s, u"--print-reply=literal"_s,
                                u"--dest=org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                u"org.freedesktop.Secret.Service.Lock"_s,
                                u"array:objpath:/org/freedesktop/secrets/collection/login"_s}),
             0);

    const auto read = secretOf(m_store.read(id, this)).value();
    const auto written = outcomeOf(m_store.write(id, Secret(std::string_view("x")), this)).value();
    const auto removed = outcomeOf(m_store.remove(id, this)).value();
    const auto probed = outcomeOf(m_store.probe(this)).value();

    // Not "there is none": the program would ask for the secret again, or forget it is there.
    const auto kindOf = [](const auto &outcome) {
        return outcome ? u"success"_s : nameOf(outcome.error().kind);
    };
    const QStringList kinds {kindOf(read), kindOf(written), kindOf(removed), kindOf(probed)};
    QCOMPARE(kinds, QStringList(4, u"noKeychain"_s));
}

HUBKEEPER_TEST(TestKeychain)
#include "tst_keychain.moc"
