// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "session/connections/secretuse.h"
#include "session/connections/secretvault.h"
#include "session/secrets/leakcheck.h"
#include "session/secrets/secretplaces.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/secretoutcome.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

// With characters that every encoding changes.
const QByteArray clear = "s3cr+t/va\"lue \xC3\xA4 0123456789";

std::vector<KnownSecret> known(const QByteArray &text = clear)
{
    std::vector<KnownSecret> secrets;
    secrets.push_back({u"clientSecret of ACME"_s, Secret(std::string_view(text))});
    return secrets;
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

/// Where secrets are, and where they must not be.
class TestLeakCheck : public QObject
{
    Q_OBJECT

private slots:
    void findsEveryForm_data();
    void findsEveryForm();
    void findsAcrossTheSeamOfTwoPieces();
    void leavesExpectedFilesOut();
    void shortSecretsAreNotLookedFor();
    void neverTellsTheSecret();
    void canBeStopped();
    void knowsTheSecretsOfAllConnections();
    void reportsEveryPlace();
    void lastUseIsKept();
    void oneSecretCanBeKeptForTheSession();
    void nothingIsLostOnTheWay_data();
    void nothingIsLostOnTheWay();
};

void TestLeakCheck::findsEveryForm_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QString>("form");
    const QString text = QString::fromUtf8(clear);
    const QByteArray wide(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    QByteArray escaped = clear;
    escaped.replace('"', "\\\"").replace('/', "\\/");

    // clang-format off
    QTest::newRow("plain text")          << "token=" + clear + ";"                    << 6LL << u"plain text"_s;
    QTest::newRow("percent-encoded")     << "a=" + clear.toPercentEncoding()          << 2LL << u"percent-encoded"_s;
    QTest::newRow("JSON-escaped")        << "{\"a\":\"" + escaped + "\"}"             << 6LL << u"JSON-escaped"_s;
    QTest::newRow("UTF-16")              << "xx" + wide + "yy"                        << 2LL << u"UTF-16"_s;
    QTest::newRow("base64")              << clear.toBase64()                          << 0LL << u"base64"_s;
    QTest::newRow("base64, one before")  << ("x" + clear + "yz").toBase64()           << 4LL << u"base64"_s;
    QTest::newRow("base64, two before")  << ("xy" + clear + "z").toBase64()           << 4LL << u"base64"_s;
    QTest::newRow("base64 for a URL")    << ("id:" + clear).toBase64(QByteArray::Base64UrlEncoding) << 4LL << u"base64"_s;
    QTest::newRow("another text")        << "s3cr+t/va but no more"_ba                << -1LL << QString();
    QTest::newRow("nothing")             << ""_ba                                     << -1LL << QString();
    // clang-format on
}

void TestLeakCheck::findsEveryForm()
{
    QFETCH(QByteArray, content);
    QFETCH(qint64, offset);
    QFETCH(QString, form);
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"deep/.hidden"_s));
    const QString path = folder.filePath(u"deep/.hidden/file.bin"_s);
    write(path, content);

    const auto report = outcomeOf(searchForLeaks(known(), {folder.path()}, {}, this));

    QVERIFY(report && *report);
    QCOMPARE((*report)->files, 1);
    QCOMPARE((*report)->bytes, qint64(content.size()));
    QCOMPARE((*report)->secrets, 1);
    if (offset < 0) {
        QVERIFY((*report)->leaks.isEmpty());
        return;
    }
    QVERIFY(!(*report)->leaks.isEmpty());
    const Leak &leak = (*report)->leaks.first();
    QCOMPARE(leak.path, path);
    QCOMPARE(leak.offset, offset);
    QCOMPARE(leak.form, form);
    QCOMPARE(leak.secret, u"clientSecret of ACME"_s);
}

void TestLeakCheck::findsAcrossTheSeamOfTwoPieces()
{
    const QTemporaryDir folder;
    const QByteArray before((1 << 20) - 7, 'x');
    write(folder.filePath(u"long.log"_s), before + clear + QByteArray(3 << 20, 'y') + clear);

    const auto report = outcomeOf(searchForLeaks(known(), {folder.path()}, {}, this));

    QVERIFY(report && *report);
    QCOMPARE((*report)->leaks.size(), 2); // Each once, though pieces overlap.
    QCOMPARE((*report)->leaks.first().offset, qint64(before.size()));
}

void TestLeakCheck::leavesExpectedFilesOut()
{
    const QTemporaryDir folder;
    const QString provisioner = folder.filePath(u"provisioner.json"_s);
    write(provisioner, clear);
    write(folder.filePath(u"other.json"_s), clear);

    const auto report = outcomeOf(searchForLeaks(known(), {folder.path()}, {provisioner}, this));

    QVERIFY(report && *report);
    QCOMPARE((*report)->leaks.size(), 1);
    QVERIFY((*report)->leaks.first().path.endsWith("other.json"_L1));
}

void TestLeakCheck::shortSecretsAreNotLookedFor()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_s), "abc abc abc");

    const auto report = outcomeOf(searchForLeaks(known("abc"), {folder.path()}, {}, this));

    QVERIFY(report && *report);
    QCOMPARE((*report)->secrets, 0);
    QVERIFY((*report)->leaks.isEmpty());
}

void TestLeakCheck::neverTellsTheSecret()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_s), clear);

    const auto report = outcomeOf(searchForLeaks(known(), {folder.path()}, {}, this));

    QVERIFY(report && *report);
    for (const Leak &leak : (*report)->leaks)
        QVERIFY(!(leak.path + leak.secret + leak.form).contains(QString::fromUtf8(clear)));
}

void TestLeakCheck::canBeStopped()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"large"_s), QByteArray(32 << 20, 'x'));

    auto *call = searchForLeaks(known(), {folder.path()}, {}, this);
    call->cancel();
    const auto report = outcomeOf(call);

    QVERIFY(report && !*report);
    QCOMPARE(report->error().kind, ErrorKind::Cancelled);
}

void TestLeakCheck::knowsTheSecretsOfAllConnections()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    ManualClock clock;
    MemorySecretStore store;
    QList<Connection> connections;
    for (const QString &id : {u"a"_s, u"b"_s}) {
        Connection connection;
        connection.id = id;
        connection.label = id.toUpper();
        connection.provisionerPath = folder.filePath(u"provisioner.openicf-%1.json"_s.arg(id));
        connections.append(connection);
    }
    write(connections[0].provisionerPath,
          R"({"configurationProperties":{"clientId":"x","clientSecret":"plain-in-the-file"}})");
    write(connections[1].provisionerPath, R"({"configurationProperties":{}})");
    QVERIFY(outcomeOf(store.write({u"b"_s, u"refreshToken"_s},
                                  Secret(std::string_view("token-in-the-keychain")), this)));
    QVERIFY(makePrivateFolder(paths.state));
    QVERIFY(makePrivateFolder(paths.cache));
    write(paths.state + u"/window.ini"_s, "recent=token-in-the-keychain");
    write(paths.cache + u"/records"_s, "plain-in-the-file");

    BudgetRegistry budgets;
    const auto report =
        outcomeOf(checkForLeaks(connections, {clock, store, paths, budgets}, {}, this));

    QVERIFY(report && *report);
    QStringList found;
    for (const Leak &leak : (*report)->leaks)
        found.append(leak.secret);
    found.sort();
    QCOMPARE(found, QStringList({u"clientSecret of A"_s, u"refreshToken of B"_s}));
}

void TestLeakCheck::reportsEveryPlace()
{
    const QTemporaryDir folder;
    ManualClock clock;
    MemorySecretStore store;
    SecretVault vault(store);
    BudgetRegistry budgets;
    Connection connection;
    connection.id = u"c"_s;
    connection.label = u"ACME"_s;
    connection.provisionerPath = folder.filePath(u"p.json"_s);
    write(connection.provisionerPath,
          R"({"configurationProperties":{"clientSecret":"&{esv.x}","refreshToken":"plain"}})");
    QVERIFY(outcomeOf(
        vault.write({u"c"_s, u"refreshToken"_s}, Secret(std::string_view("kept")), this)));

    const auto places = outcomeOf(lookForSecrets(
        {connection}, {clock, vault, Paths::below(folder.path()), budgets}, &vault, this));

    QVERIFY(places && *places);
    QCOMPARE((*places)->size(), 3); // Two and the journal key.
    QCOMPARE((*places)->at(0).inFile, SecretForm::Substituted);
    QVERIFY(!(*places)->at(0).stored);
    QCOMPARE((*places)->at(1).inFile, SecretForm::PlainText);
    QVERIFY((*places)->at(1).stored);
    QVERIFY(!(*places)->at(1).sessionOnly);
    QVERIFY(!(*places)->at(2).stored);
}

void TestLeakCheck::lastUseIsKept()
{
    const QTemporaryDir folder;
    const Paths paths = Paths::below(folder.path());
    const QDateTime when = QDateTime::fromString(u"2026-11-24T09:30:00Z"_s, Qt::ISODate);

    QVERIFY(SecretUse::load(paths).note({{u"c"_s, u"clientSecret"_s}}, when));
    QVERIFY(SecretUse::load(paths).note({{u"d"_s, u"clientSecret"_s}}, when.addDays(1)));

    const SecretUse use = SecretUse::load(paths);
    QCOMPARE(use.lastUse({u"c"_s, u"clientSecret"_s}), when);
    QVERIFY(!use.lastUse({u"c"_s, u"refreshToken"_s}).isValid());
    write(paths.state + u"/secret-use.json"_s, "{ damaged");
    QVERIFY(!SecretUse::load(paths).lastUse({u"c"_s, u"clientSecret"_s}).isValid());
}

void TestLeakCheck::oneSecretCanBeKeptForTheSession()
{
    MemorySecretStore keychain;
    SecretVault vault(keychain);
    const SecretId id {u"c"_s, u"refreshToken"_s};
    QVERIFY(outcomeOf(vault.write(id, Secret(std::string_view("t")), this)));

    const auto kept = outcomeOf(vault.keepForSession(id, this));

    QVERIFY(kept && *kept);
    QVERIFY(vault.isForSession(id));
    QVERIFY(!vault.isSessionOnly());
    const auto inKeychain = secretOf(keychain.read(id, this));
    QVERIFY(inKeychain && !*inKeychain);
    const auto inVault = secretOf(vault.read(id, this));
    QVERIFY(inVault && *inVault);
    QCOMPARE(clearText(**inVault), "t"_ba);
    QVERIFY(outcomeOf(vault.remove(id, this)));
    QVERIFY(!vault.isForSession(id)); // What is entered next goes into the keychain again.
}

void TestLeakCheck::nothingIsLostOnTheWay_data()
{
    QTest::addColumn<int>("turns"); // Of the event loop, before it is broken off.
    QTest::addColumn<bool>("parentGoes");
    QTest::addColumn<bool>("isRefused"); // By the keychain, from then on.
    for (int turns = 0; turns <= 4; ++turns) {
        QTest::addRow("cancelled after %d", turns) << turns << false << false;
        QTest::addRow("dialog closed after %d", turns) << turns << true << false;
        QTest::addRow("keychain locked after %d", turns) << turns << false << true;
    }
}

/// The secret was taken out of the keychain before it was anywhere else.
void TestLeakCheck::nothingIsLostOnTheWay()
{
    QFETCH(const int, turns);
    QFETCH(const bool, parentGoes);
    QFETCH(const bool, isRefused);
    MemorySecretStore keychain;
    SecretVault vault(keychain);
    const SecretId id {u"c"_s, u"refreshToken"_s};
    QVERIFY(outcomeOf(vault.write(id, Secret(std::string_view("t")), this)));
    auto dialog = std::make_unique<QObject>();
    const QPointer<Call<void>> call = vault.keepForSession(id, dialog.get());
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents();

    if (isRefused)
        keychain.refuseWith = fail(ErrorKind::NoKeychain, u"It is locked."_s).value();
    else if (parentGoes)
        dialog.reset();
    else if (call)
        call->cancel();
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();

    keychain.refuseWith.reset();
    const auto kept = secretOf(vault.read(id, this));
    QVERIFY(kept && *kept);
    QCOMPARE(clearText(**kept), "t"_ba);
    const auto inKeychain = secretOf(keychain.read(id, this));
    QVERIFY(inKeychain);
    QCOMPARE(vault.isForSession(id), !*inKeychain); // In one place, once it is over.
}

HUBKEEPER_TEST(TestLeakCheck)
#include "tst_leakcheck.moc"
