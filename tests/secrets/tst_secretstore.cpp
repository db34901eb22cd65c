// SPDX-License-Identifier: MIT
#include "secrets/keychainsecretstore.h"
#include "secrets/secretform.h"
#include "testkit/outcomeof.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <sys/socket.h>
#include <sys/un.h>

#include <unistd.h>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The store in memory, and the one in the keychain where there is no keychain.
class TestSecretStore : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void memoryKeeps();
    void memoryRefuses();
    void withoutKeychain();
    void formOfASecret_data();
    void formOfASecret();
    void silentBus();

private:
    QTemporaryDir m_home;
};

void TestSecretStore::initTestCase()
{
    // Before anything looks for a bus: there is none, and a file written in its place would be
    // found.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + m_home.filePath(u"no-bus"_s).toUtf8());
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", m_home.filePath(u"config"_s).toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(u"data"_s).toUtf8());
    qunsetenv("DISPLAY");
}

void TestSecretStore::memoryKeeps()
{
    MemorySecretStore store;
    const SecretId id {u"c1"_s, u"clientSecret"_s};
    const SecretId other {u"c2"_s, u"clientSecret"_s};

    QCOMPARE(secretOf(store.read(id, this)).value().error().kind, ErrorKind::NotFound);
    QVERIFY(outcomeOf(store.write(id, Secret(std::string_view("one")), this)).value());
    QVERIFY(outcomeOf(store.write(id, Secret(std::string_view("two")), this)).value());
    QVERIFY(outcomeOf(store.write(other, Secret(std::string_view("three")), this)).value());
    QCOMPARE(clearText(secretOf(store.read(id, this)).value().value()), "two");
    QVERIFY(outcomeOf(store.remove(id, this)).value());
    QVERIFY(outcomeOf(store.remove(id, this)).value());
    QCOMPARE(secretOf(store.read(id, this)).value().error().kind, ErrorKind::NotFound);
    QCOMPARE(clearText(secretOf(store.read(other, this)).value().value()), "three");
    QVERIFY(outcomeOf(store.probe(this)).value());
    QVERIFY(!store.backend().persistent);
}

void TestSecretStore::memoryRefuses()
{
    MemorySecretStore store;
    const SecretId id {u"c1"_s, u"clientSecret"_s};
    store.refuseWith = fail(ErrorKind::NoKeychain, u"It is locked."_s).value();

    QCOMPARE(secretOf(store.read(id, this)).value().error().what, u"It is locked."_s);
    QVERIFY(!outcomeOf(store.write(id, Secret(std::string_view("x")), this)).value());
    QVERIFY(!outcomeOf(store.remove(id, this)).value());
    QVERIFY(!outcomeOf(store.probe(this)).value());
    store.refuseWith.reset();
    QCOMPARE(secretOf(store.read(id, this)).value().error().kind, ErrorKind::NotFound);
}

void TestSecretStore::withoutKeychain()
{
    KeychainSecretStore store(u"Hubkeeper tests"_s);
    const SecretId id {u"c1"_s, u"clientSecret"_s};

    const auto read = secretOf(store.read(id, this)).value();
    const auto written =
        outcomeOf(store.write(id, Secret(std::string_view("do-not-keep-me")), this)).value();
    const auto removed = outcomeOf(store.remove(id, this)).value();
    const auto probed = outcomeOf(store.probe(this)).value();

    const std::array outcomes {read.error(), written.error(), removed.error(), probed.error()};
    for (const Error &error : outcomes) {
        QVERIFY2(error.kind == ErrorKind::NoKeychain, qPrintable(error.sentence()));
        QVERIFY(error.what.startsWith(u"No keychain answers on this desktop"_s));
        QVERIFY(error.remedy.contains(u"this session only"_s));
        QVERIFY(!error.sentence().contains(u"do-not-keep-me"_s));
    }
    for (QDirIterator it(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("do-not-keep-me"), qPrintable(file.fileName()));
    }
}

/// The last one: QtKeychain waits for its answer to the end.
void TestSecretStore::silentBus()
{
    const QByteArray path = m_home.filePath(u"silent"_s).toUtf8();
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    QVERIFY(size_t(path.size()) < sizeof address.sun_path);
    memcpy(address.sun_path, path.constData(), size_t(path.size()));
    const int bus = socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(bind(bus, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    QCOMPARE(listen(bus, 20), 0); // Takes connections, and never says a word.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + path);
    KeychainSecretStore store(u"Hubkeeper tests"_s, std::chrono::milliseconds(300));
    const SecretId id {u"c1"_s, u"clientSecret"_s};

    QElapsedTimer time;
    time.start();
    auto first = secretOf(store.read(id, this)).value();
    // GLib has one connection to the session bus: the failing one of the test before may last.
    for (int turn = 0; turn < 50 && first.error().what.contains(u"Could not connect"_s); ++turn) {
        QTest::qWait(100);
        time.restart();
        first = secretOf(store.read(id, this)).value();
    }
    const qint64 firstTook = time.restart();
    const auto second = outcomeOf(store.write(id, Secret(std::string_view("x")), this)).value();

    QCOMPARE(first.error().kind, ErrorKind::NoKeychain);
    QVERIFY2(first.error().what.contains(u"has not answered"_s), qPrintable(first.error().what));
    QVERIFY(first.error().remedy.contains(u"--secrets-stdin"_s));
    QCOMPARE(second.error().kind, ErrorKind::NoKeychain);
    QVERIFY2(firstTook < 20'000, qPrintable(QString::number(firstTook)));
    QVERIFY2(time.elapsed() < 2'000, qPrintable(QString::number(time.elapsed())));
    close(bus);
}

void TestSecretStore::formOfASecret_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("good") << "5f3c1a9e-77d2"_ba << QString();
    QTest::newRow("none") << ""_ba << QString();
    QTest::newRow("line break") << "5f3c\n"_ba << u"The client secret ends with a line break."_s;
    QTest::newRow("of Windows") << "5f3c\r\n"_ba << u"The client secret ends with a line break."_s;
    QTest::newRow("blank") << "5f3c "_ba << u"The client secret ends with a blank."_s;
    QTest::newRow("before it") << " 5f3c"_ba << u"The client secret begins with a blank."_s;
    QTest::newRow("inside") << "5f\t3c"_ba << u"The client secret has a tab in it."_s;
}

void TestSecretStore::formOfASecret()
{
    QFETCH(QByteArray, secret);
    QFETCH(QString, sentence);

    const auto usable = checkForm(u"client secret"_s, Secret(std::move(secret)));

    QCOMPARE(usable ? QString() : usable.error().what, sentence);
}

HUBKEEPER_TEST(TestSecretStore)
#include "tst_secretstore.moc"
