// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/failingdisk.h"
#include "testkit/mounts.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The verbs that use the keychain, against a real Secret Service (with-keyring.sh).
class TestCliKeychain : public QObject
{
    Q_OBJECT

private slots:
    void secretsComeFromTheKeychain();
    void moveTakesThemOutOfTheFile_data();
    void moveTakesThemOutOfTheFile();
    void asksForWhatIsNotPassed();
    void forgetsWhatIsChosen_data();
    void forgetsWhatIsChosen();
    void aConnectionGoesWithItsSecrets_data();
    void aConnectionGoesWithItsSecrets();
    void aNewPortalsSecretsCount();
    void checksFilesForSecrets();
    void replacesNothingUnasked();
    void storesReplacedTokens();
    void moveOnAFailingDisk_data();
    void moveOnAFailingDisk();
    void moveOnAFullDisk();
    void findsACutJournal();
    void logsToTheEnd();

private:
    /// The file with its secrets in the keychain.
    [[nodiscard]] static QString moved(const Program &program);
};

void TestCliKeychain::secretsComeFromTheKeychain()
{
    const Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    // The file's own secrets move to the keychain; the file is left without.
    QByteArray bytes = program.content(u"p.json"_s);
    const QJsonObject properties =
        QJsonDocument::fromJson(bytes).object()["configurationProperties"_L1].toObject();
    QJsonObject secrets;
    for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s}) {
        secrets.insert(name, properties[name]);
        bytes.replace('"' + properties[name].toString().toUtf8() + '"', "null");
    }
    const QString file = program.write(u"p.json"_s, bytes);
    const QByteArray input = QJsonDocument(secrets).toJson();

    const Ended before = program.run({u"test"_s, file, u"--json"_s});
    QCOMPARE(before.code, 3); // No access, not "findings".
    QVERIFY2(before.err.contains("secrets set"), before.err);
    const Ended set =
        program.run({u"secrets"_s, u"set"_s, file, u"--secrets-stdin"_s, u"--json"_s}, input);
    QCOMPARE(set.code, 0);
    QCOMPARE(set.json()["stored"_L1].toArray().size(), 2);
    const Ended where = program.run({u"secrets"_s, u"where"_s, file, u"--json"_s});
    QCOMPARE(where.code, 0);
    QVERIFY(where.json()["secrets"_L1].toArray().size() >= 2);
    const Ended after = program.run({u"test"_s, file, u"--json"_s});
    QCOMPARE(after.code, 0);

    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
    QVERIFY(program.run({u"test"_s, file, u"--json"_s}).code != 0);
    for (const Ended &ended : {set, where, after}) {
        for (const QJsonValue &secret : secrets)
            QVERIFY(!(ended.out + ended.err).contains(secret.toString().toUtf8()));
    }
    for (const QJsonValue &secret : secrets)
        QVERIFY(!program.content(u"config/hubkeeper/connections.json"_s)
                     .contains(secret.toString().toUtf8()));
}

void TestCliKeychain::moveTakesThemOutOfTheFile_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("as a server has it") << QByteArray() << QByteArray();
    QTest::newRow("as frodo keeps it")
        << "{\n  \"meta\": {},\n  \"idm\": {\n    \"provisioner.openicf/p\": "_ba
        << "\n  }\n}"_ba;
}

void TestCliKeychain::moveTakesThemOutOfTheFile()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    QByteArray expected = program.content(u"p.json"_s);
    const QJsonObject properties =
        QJsonDocument::fromJson(expected).object()["configurationProperties"_L1].toObject();
    expected = before + expected + after;
    const QString file = program.write(u"p.json"_s, expected);
    for (const QString &secret : {u"clientSecret"_s, u"refreshToken"_s})
        expected.replace('"' + properties[secret].toString().toUtf8() + '"', "null");

    const Ended moved = program.run({u"secrets"_s, u"move"_s, file, u"--json"_s});
    QCOMPARE(moved.code, 0);
    QCOMPARE(moved.json()["moved"_L1].toArray(),
             (QJsonArray {u"clientSecret"_s, u"refreshToken"_s}));
    QCOMPARE(program.content(u"p.json"_s), expected); // Not a byte more.
    QCOMPARE(program.run({u"test"_s, file, u"--json"_s}).code, 0);

    const Ended again = program.run({u"secrets"_s, u"move"_s, file});
    QCOMPARE(again.code, 0);
    QVERIFY(again.err.contains("No secret is in the file"));
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
    for (const QString &secret : {u"clientSecret"_s, u"refreshToken"_s})
        QVERIFY(!(moved.out + moved.err).contains(properties[secret].toString().toUtf8()));
}

void TestCliKeychain::asksForWhatIsNotPassed()
{
    const Program program;
    const QString file =
        program.write(u"q.json"_s, R"({"configurationProperties": {"clientId": "x"}})");
    const Ended ended =
        program.run({u"secrets"_s, u"set"_s, file, u"--json"_s}, "typed-secret\n\n");
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["stored"_L1].toArray(), (QJsonArray {u"clientSecret"_s}));
    QVERIFY(ended.err.contains("Client secret"));
    QVERIFY(!(ended.out + ended.err).contains("typed-secret"));
}

void TestCliKeychain::forgetsWhatIsChosen_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("gone");
    const QStringList both {u"clientSecret"_s, u"refreshToken"_s};
    QTest::newRow("client secret")
        << QStringList {u"--client-secret"_s} << QStringList {u"clientSecret"_s};
    QTest::newRow("refresh token")
        << QStringList {u"--refresh-token"_s} << QStringList {u"refreshToken"_s};
    QTest::newRow("both") << QStringList {u"--client-secret"_s, u"--refresh-token"_s} << both;
    QTest::newRow("nothing chosen") << QStringList() << both;
}

void TestCliKeychain::forgetsWhatIsChosen()
{
    QFETCH(QStringList, options);
    QFETCH(QStringList, gone);
    const Program program;
    const QString file =
        program.write(u"q.json"_s, R"({"configurationProperties": {"clientId": "x"}})");
    const QByteArray input = R"({"clientSecret": "first-secret", "refreshToken": "other-secret"})";
    QCOMPARE(program.run({u"secrets"_s, u"set"_s, file, u"--secrets-stdin"_s}, input).code, 0);
    const auto there = [&] {
        QStringList names;
        const QJsonArray secrets = program.run({u"connections"_s, u"show"_s, file, u"--json"_s})
                                       .json()["secrets"_L1]
                                       .toArray();
        for (const QJsonValue &secret : secrets) {
            if (secret["keychain"_L1].toString() == "stored"_L1)
                names.append(secret["name"_L1].toString());
        }
        return names;
    };
    QStringList left {u"clientSecret"_s, u"refreshToken"_s};
    QCOMPARE(there(), left);
    for (const QString &name : gone)
        left.removeAll(name);

    const QStringList forget = QStringList {u"secrets"_s, u"forget"_s, file} + options;
    const Ended first = program.run(forget + QStringList {u"--json"_s});
    QCOMPARE(first.code, 0);
    QCOMPARE(first.json()["forgotten"_L1].toArray(), QJsonArray::fromStringList(gone));
    QCOMPARE(first.json()["absent"_L1].toArray(), QJsonArray());
    for (const QString &name : gone)
        QVERIFY(first.err.contains("Forgot " + name.toUtf8() + " in "));
    QCOMPARE(there(), left);

    const Ended again = program.run(forget);
    QCOMPARE(again.code, 0);
    for (const QString &name : gone)
        QVERIFY(again.err.contains(name.toUtf8() + " was not in "));
    QCOMPARE(there(), left);
    const QByteArray said = first.out + first.err + again.out + again.err;
    for (const char *secret : {"first-secret", "other-secret"})
        QVERIFY(!said.contains(secret));
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

void TestCliKeychain::aConnectionGoesWithItsSecrets_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("left");
    QTest::newRow("with them") << QStringList() << 0;
    QTest::newRow("without them") << QStringList {u"--keep-secrets"_s} << 2;
}

/// Nobody knows its id any more once the list has forgotten it.
void TestCliKeychain::aConnectionGoesWithItsSecrets()
{
    QFETCH(const QStringList, options);
    QFETCH(const int, left);
    const Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    const QString file = moved(program);
    QVERIFY(!file.isEmpty());
    const QString book = u"config/hubkeeper/connections.json"_s;
    const QByteArray before = program.content(book);

    const Ended ended =
        program.run(QStringList {u"--json"_s, u"connections"_s, u"forget"_s, file} + options);
    QVERIFY2(ended.code == 0, ended.err);
    QCOMPARE(ended.json()["secrets"_L1].toArray().size(), 2 - left);
    QVERIFY2(ended.err.contains(left > 0 ? "stay there" : "Forgot refreshToken in "), ended.err);
    program.write(book, before);
    int there = 0;
    const QJsonArray secrets = program.run({u"connections"_s, u"show"_s, file, u"--json"_s})
                                   .json()["secrets"_L1]
                                   .toArray();
    for (const QJsonValue &secret : secrets)
        there += secret["keychain"_L1].toString() == "stored"_L1 ? 1 : 0;
    QCOMPARE(there, left);
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

/// Those in the keychain are of a portal that is gone, and would win over the file's.
void TestCliKeychain::aNewPortalsSecretsCount()
{
    const Program program;
    auto practice = std::make_unique<Practice>(program);
    QVERIFY(practice->isServing());
    const QString file = moved(program);
    QVERIFY(!file.isEmpty());
    practice = std::make_unique<Practice>(program, QStringList {u"--seed"_s, u"9"_s});
    QVERIFY(practice->isServing());
    const Ended tested = program.run({u"test"_s, file});
    QVERIFY2(tested.code == 0, tested.err);
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

void TestCliKeychain::checksFilesForSecrets()
{
    const Program program;
    const QString file =
        program.write(u"q.json"_s, R"({"configurationProperties": {"clientId": "x"}})");
    const QByteArray input =
        R"({"clientSecret": "leaked-secret-1", "refreshToken": "kept-secret-2"})";
    QCOMPARE(program.run({u"secrets"_s, u"set"_s, file, u"--secrets-stdin"_s}, input).code, 0);
    const Ended clean = program.run({u"secrets"_s, u"check"_s, u"--json"_s});
    QCOMPARE(clean.code, 0);
    QCOMPARE(clean.json()["leaks"_L1].toArray(), QJsonArray());
    QVERIFY(clean.json()["secrets"_L1].toInt() >= 2);

    const QString exported =
        program.write(u"export/list.csv"_s, "a,b\n1," + QByteArray("leaked-secret-1").toBase64());
    const Ended leaky =
        program.run({u"secrets"_s, u"check"_s, program.path(u"export"_s), u"--json"_s});
    QCOMPARE(leaky.code, 1);
    QCOMPARE(leaky.json()["leaks"_L1].toArray().size(), 1);
    QCOMPARE(leaky.json()["leaks"_L1][0]["path"_L1].toString(), exported);
    const Ended text = program.run({u"secrets"_s, u"check"_s, exported});
    QCOMPARE(text.code, 1);
    QVERIFY(text.out.contains("list.csv"));
    QVERIFY(!(leaky.out + text.out + text.err).contains("leaked-secret-1"));
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

void TestCliKeychain::replacesNothingUnasked()
{
    const Program program;
    const QByteArray inFile = R"({"configurationProperties": {"clientId": "x",
        "clientSecret": "secret-of-the-file"}})";
    const QString file = program.write(u"q.json"_s, inFile);
    const QStringList set {u"secrets"_s, u"set"_s, file, u"--secrets-stdin"_s};
    const QByteArray first = R"({"clientSecret": "first-secret", "refreshToken": "a-token-1"})";
    const QByteArray second = R"({"clientSecret": "other-secret", "refreshToken": "a-token-1"})";
    QCOMPARE(program.run(set, first).code, 0);
    QCOMPARE(program.run(set, first).code, 0); // The same once more.

    const Ended refused = program.run(set, second);
    const Ended notMoved = program.run({u"secrets"_s, u"move"_s, file});
    QVERIFY(refused.code > 0);
    QVERIFY2(refused.err.contains("--replace"), refused.err);
    QVERIFY(notMoved.code > 0);
    QCOMPARE(program.content(u"q.json"_s), inFile);
    QCOMPARE(program.run(set, first).code, 0); // It is still the first.

    QCOMPARE(program.run(set + QStringList {u"--replace"_s}, second).code, 0);
    QCOMPARE(program.run({u"secrets"_s, u"move"_s, file, u"--replace"_s}).code, 0);
    QVERIFY(!program.content(u"q.json"_s).contains("secret-of-the-file"));
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

QString TestCliKeychain::moved(const Program &program)
{
    const QString file = program.path(u"p.json"_s);
    return program.run({u"secrets"_s, u"move"_s, file}).code == 0 ? file : QString();
}

/// The portal ends each refresh token with its use: one that is not stored before the program ends
/// is lost, and so is the one that another program did not wait for.
void TestCliKeychain::storesReplacedTokens()
{
    const Program program;
    Practice practice(program, {u"--switch"_s, u"rotateRefreshTokens=true"_s});
    QVERIFY(practice.isServing());
    const QString file = moved(program);
    QVERIFY(!file.isEmpty());
    const QStringList read {u"search"_s, file, u"contact"_s, u"--page-size"_s, u"1"_s};

    for (int i = 0; i < 6; ++i) {
        const Ended ended = program.run(read);
        QVERIFY2(ended.code == 0, ended.err);
    }
    for (int round = 0; round < 2; ++round) {
        std::vector<std::unique_ptr<QProcess>> together;
        for (int i = 0; i < 4; ++i) {
            together.push_back(std::make_unique<QProcess>());
            program.prepare(*together.back(), read);
            together.back()->start();
        }
        for (const auto &process : together) {
            const Ended ended = Program::ended(*process);
            QVERIFY2(ended.code == 0, ended.err);
        }
    }
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

void TestCliKeychain::moveOnAFailingDisk_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    forEachDiskFault([](const QByteArray &call, int error, const QByteArray &name) {
        QTest::addRow("%s", name.constData()) << call << error;
    });
}

/// The file is whole, and with it the secret.
void TestCliKeychain::moveOnAFailingDisk()
{
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    Program program;
    const QByteArray before = R"({"configurationProperties": {"clientSecret": "in-the-file-1",
        "refreshToken": "in-the-file-2"}})";
    const QString file = program.write(u"conf/q.json"_s, before);
    preloadFailingDisk(program.environment(), call, program.path(u"conf"_s), error);
    const Ended failed = program.run({u"--json"_s, u"secrets"_s, u"move"_s, file});
    program.environment().remove(u"LD_PRELOAD"_s);
    QVERIFY2(failed.code == 9, failed.err);
    QCOMPARE(failed.error()["kind"_L1].toString(), u"notSaved"_s);
    QCOMPARE(program.content(u"conf/q.json"_s), before);
    QCOMPARE(program.run({u"secrets"_s, u"move"_s, file}).code, 0); // Once the disk is well.
    QVERIFY(!program.content(u"conf/q.json"_s).contains("in-the-file"));
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

void TestCliKeychain::moveOnAFullDisk()
{
    if (const auto here = amongOwnMounts("tst_clikeychain"); here != OwnMounts::Inside) {
        if (here == OwnMounts::Impossible)
            QSKIP("this user may not mount");
        return;
    }
    const Program program;
    QVERIFY(QDir().mkpath(program.path(u"conf"_s)));
    const Mounted mounted(program.path(u"conf"_s),
                          {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=64k,mode=700"_s, u"none"_s});
    QVERIFY(mounted);
    const QByteArray before = R"({"configurationProperties": {"clientSecret": "in-the-file-1"}})";
    const QString file = program.write(u"conf/q.json"_s, before);
    fillUp(program.path(u"conf/filler"_s));
    const Ended failed = program.run({u"secrets"_s, u"move"_s, file});
    if (failed.code == 3)
        QSKIP("the keyring does not answer in a namespace of this user");
    QVERIFY2(failed.code == 9, failed.err);
    QCOMPARE(program.content(u"conf/q.json"_s), before);
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

/// The keychain knows where it ended, whatever wrote the last run.
void TestCliKeychain::findsACutJournal()
{
    const Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    const QString file = moved(program);
    const QString id = u"150000000002"_s;
    const QStringList edit {u"update"_s, file, u"contact"_s, id, u"--set"_s, u"city=Thun"_s};
    const QStringList script {u"script"_s, file, u"--source"_s,
                              u"connector.update('contact', '%1', {city: 'Chur'}); 1"_s.arg(id)};
    const auto remove = [&program] {
        for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s})
            QFile::remove(program.path(u"data/hubkeeper/journal.sqlite"_s) + suffix);
    };
    const QStringList verify {u"journal"_s, u"verify"_s};
    QCOMPARE(program.run(edit).code, 0);
    const Ended whole = program.run(verify);
    QVERIFY2(whole.code == 0, whole.out);
    const QByteArray older = program.content(u"data/hubkeeper/journal.sqlite"_s);

    QCOMPARE(program.run(script).code, 0);
    QCOMPARE(program.run(verify).code, 0);
    remove();
    program.write(u"data/hubkeeper/journal.sqlite"_s, older); // As it was before the script.
    QCOMPARE(program.run(verify).code, 8);
    remove();
    QCOMPARE(program.run(verify).code, 8);
    QCOMPARE(program.run(edit).code, 0);
    QCOMPARE(program.run(verify).code, 8); // Nothing makes it whole again.
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

/// Qt and its plugins log while static objects are destroyed.
void TestCliKeychain::logsToTheEnd()
{
    Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    const QJsonObject properties = QJsonDocument::fromJson(program.content(u"p.json"_s))
                                       .object()["configurationProperties"_L1]
                                       .toObject();
    const QString file = moved(program);
    QVERIFY(!file.isEmpty());
    program.set(u"QT_LOGGING_RULES"_s, u"*=true"_s);

    for (int i = 0; i < 20; ++i) {
        const Ended ended = program.run({u"secrets"_s, u"where"_s, file});
        QVERIFY2(ended.code == 0, ended.err.right(500));
        QVERIFY(!ended.err.isEmpty());
        for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s})
            QVERIFY(!ended.err.contains(properties[name].toString().toUtf8()));
    }
    QCOMPARE(program.run({u"secrets"_s, u"forget"_s, file}).code, 0);
}

HUBKEEPER_TEST(TestCliKeychain)
#include "tst_clikeychain.moc"
