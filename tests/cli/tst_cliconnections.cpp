// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray fullProvisioner = R"({"name": "hubspot", "configurationProperties": {
    "clientId": "x", "clientSecret": "s3cret-in-the-file", "refreshToken": null}})";

} // namespace

/// `connections set`, `show`, `list`, `forget`: what the settings of a connection in the window
/// have, in processes of their own.
class TestCliConnections : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void eachSetting_data();
    void eachSetting();
    void badValues_data();
    void badValues();
    void badValuesStoreNothing();
    void notGivenStaysAsItIs();
    void protectsAndUnprotects();
    void addressesAndTheirPermission();
    void showsByLabelIdAndPath();
    void showsNoSecret();
    void showOfWhatIsNotThere();
    void showOfTwoOfOneLabel();
    void forgets();
    void damagedBookIsLeftAlone();
    void allowingMoreAsksForTheLabel_data();
    void allowingMoreAsksForTheLabel();
    void aTerminalIsAsked();
    void theLabelIsTheOneOfTheConnection();
    void becomingProductionIsReadOnly();
    void tenWritersAtOnceLoseNothing();

private:
    /// connections VERB provisioner REST, as JSON.
    Ended json(const QString &verb, const QStringList &rest = {})
    {
        return m_program->run(QStringList {u"connections"_s, verb, m_file} + rest
                              + QStringList {u"--json"_s});
    }

    /// Allowing more needs no word then.
    void makeSandbox()
    {
        QCOMPARE(
            json(u"set"_s,
                 {u"--label"_s, u"S"_s, u"--kind"_s, u"sandbox"_s, u"--confirm-label"_s, u"S"_s})
                .code,
            0);
    }

    std::unique_ptr<Program> m_program;
    QString m_file;
};

void TestCliConnections::init()
{
    m_program = std::make_unique<Program>();
    m_program->withoutKeychain();
    m_file = m_program->write(u"provisioner.openicf-hubspot.json"_s, fullProvisioner);
}

void TestCliConnections::eachSetting_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *name, const QStringList &options, const QString &member,
                        const QJsonValue &value) {
        QTest::newRow(name) << options << member << value;
    };
    row("label", {u"--label"_s, u"  Übung \"1\" "_s}, u"label"_s, u"Übung \"1\""_s);
    row("kind", {u"--kind"_s, u"sandbox"_s, u"--confirm-label"_s, u"hubspot"_s}, u"kind"_s,
        u"sandbox"_s);
    row("colour", {u"--colour"_s, u"#C01C28"_s}, u"colour"_s, u"#c01c28"_s);
    row("color", {u"--color"_s, u"#000000"_s}, u"colour"_s, u"#000000"_s);
    row("no colour", {u"--colour"_s, u"none"_s}, u"colour"_s, QString(u""_s));
    row("mode", {u"--mode"_s, u"review"_s, u"--confirm-label"_s, u"hubspot"_s}, u"mode"_s,
        u"review"_s);
    row("2026-03", {u"--api-version"_s, u"2026-03"_s}, u"apiVersion"_s, u"2026-03"_s);
    row("v3", {u"--api-version"_s, u"v3"_s}, u"apiVersion"_s, u"v3"_s);
    row("address", {u"--base-url"_s, u"http://127.0.0.1:8123"_s}, u"baseUrl"_s,
        u"http://127.0.0.1:8123"_s);
    row("HubSpot's own", {u"--base-url"_s, u"none"_s}, u"baseUrl"_s, QString(u""_s));
    row("remote", {u"--allow-remote-base-url"_s, u"--confirm-label"_s, u"hubspot"_s},
        u"allowRemoteBaseUrl"_s, true);
    row("no remote", {u"--forbid-remote-base-url"_s}, u"allowRemoteBaseUrl"_s, false);
    row("reserve", {u"--reserve"_s, u"90"_s}, u"reserve"_s, 90);
    row("most rows", {u"--most-rows"_s, u"7"_s}, u"mostRows"_s, 7);
    row("no limit", {u"--most-rows"_s, u"0"_s, u"--confirm-label"_s, u"hubspot"_s}, u"mostRows"_s,
        0);
    row("no archiving", {u"--forbid-archive"_s}, u"archiveAllowed"_s, false);
    row("archiving", {u"--allow-archive"_s}, u"archiveAllowed"_s, true);
    row("most archives", {u"--most-archives"_s, u"1000000"_s, u"--confirm-label"_s, u"hubspot"_s},
        u"mostArchives"_s, 1'000'000);
    row("protected", {u"--protect"_s, u"email,phone"_s, u"--protect"_s, u"EMAIL"_s},
        u"protectedProperties"_s, QJsonArray {u"email"_s, u"phone"_s});
}

void TestCliConnections::eachSetting()
{
    QFETCH(QStringList, options);
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    const Ended set = json(u"set"_s, options);
    QCOMPARE(set.code, 0);
    QCOMPARE(set.json()[member], value);
    // Another process finds it again.
    QCOMPARE(json(u"show"_s).json()[member], value);
    const Ended list = m_program->run({u"connections"_s, u"list"_s, u"--json"_s});
    QCOMPARE(list.list().at(0)[member], value);
}

void TestCliConnections::badValues_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char *name, const QStringList &options, int code,
                        const QByteArray &sentence) {
        QTest::newRow(name) << options << code << sentence;
    };
    row("empty label", {u"--label"_s, u" "_s}, 2, "A label must not be empty.");
    row("kind", {u"--kind"_s, u"staging"_s}, 2, "--kind");
    row("colour by name", {u"--colour"_s, u"red"_s}, 2, "\"red\" is not a color.");
    row("short colour", {u"--colour"_s, u"#fff"_s}, 2, "\"#fff\" is not a color.");
    row("colour and line", {u"--colour"_s, u"#c01c28\n"_s}, 2, "is not a color.");
    row("mode", {u"--mode"_s, u"write"_s}, 2, "--mode");
    row("version", {u"--api-version"_s, u"v4"_s}, 2, "--api-version");
    row("no address", {u"--base-url"_s, u"nowhere"_s}, 2, "is not an address of a portal");
    row("ftp", {u"--base-url"_s, u"ftp://127.0.0.1"_s}, 2, "is not an address of a portal");
    row("user in it", {u"--base-url"_s, u"http://a:b@127.0.0.1"_s}, 2, "must hold no user");
    row("remote address", {u"--base-url"_s, u"https://example.com"_s}, 7,
        "neither HubSpot's address nor this machine");
    row("unencrypted", {u"--base-url"_s, u"http://example.com"_s, u"--allow-remote-base-url"_s}, 7,
        "without encryption");
    row("reserve", {u"--reserve"_s, u"91"_s}, 2, "--reserve");
    row("negative rows", {u"--most-rows"_s, u"-1"_s}, 2, "--most-rows");
    row("no number", {u"--most-archives"_s, u"many"_s}, 2, "--most-archives");
    row("name of two words", {u"--protect"_s, u"e mail"_s}, 2, "\"e mail\" is not the name");
    row("not protected", {u"--unprotect"_s, u"phone"_s}, 2, "\"phone\" is not protected.");
}

void TestCliConnections::badValues()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, sentence);
    const Ended ended = json(u"set"_s, options);
    QTEST(ended.code, "code");
    QVERIFY2(ended.err.contains(sentence), ended.err.constData());
    QVERIFY(!ended.error()["message"_L1].toString().isEmpty());
    QCOMPARE(ended.error()["exitCode"_L1].toInt(), ended.code);
}

void TestCliConnections::badValuesStoreNothing()
{
    QCOMPARE(json(u"set"_s, {u"--label"_s, u"kept"_s, u"--most-rows"_s, u"5"_s}).code, 0);
    const QByteArray before = m_program->content(u"config/hubkeeper/connections.json"_s);
    QVERIFY(!before.isEmpty());
    QCOMPARE(json(u"set"_s, {u"--label"_s, u"other"_s, u"--unprotect"_s, u"x"_s}).code, 2);
    QCOMPARE(m_program->content(u"config/hubkeeper/connections.json"_s), before);
}

void TestCliConnections::notGivenStaysAsItIs()
{
    const Ended all = json(u"set"_s,
                           {u"--label"_s,
                            u"Production"_s,
                            u"--confirm-label"_s,
                            u"Production"_s,
                            u"--kind"_s,
                            u"sandbox"_s,
                            u"--colour"_s,
                            u"#123456"_s,
                            u"--mode"_s,
                            u"confirm"_s,
                            u"--api-version"_s,
                            u"v3"_s,
                            u"--base-url"_s,
                            u"https://example.com"_s,
                            u"--allow-remote-base-url"_s,
                            u"--reserve"_s,
                            u"20"_s,
                            u"--most-rows"_s,
                            u"3"_s,
                            u"--forbid-archive"_s,
                            u"--most-archives"_s,
                            u"2"_s,
                            u"--protect"_s,
                            u"email"_s});
    QCOMPARE(all.code, 0);
    QJsonObject expected = all.json();
    const Ended one = json(u"set"_s, {u"--most-rows"_s, u"4"_s});
    expected.insert(u"mostRows"_s, 4);
    QCOMPARE(one.json(), expected);
    QCOMPARE(json(u"set"_s).json(), expected);
}

void TestCliConnections::protectsAndUnprotects()
{
    const auto kept = [](const Ended &ended) -> QJsonValue {
        return ended.json()["protectedProperties"_L1];
    };
    makeSandbox();
    QCOMPARE(json(u"set"_s, {u"--protect"_s, u"email,phone,city"_s}).code, 0);
    QCOMPARE(kept(json(u"set"_s, {u"--unprotect"_s, u"PHONE"_s, u"--protect"_s, u"zip"_s})),
             (QJsonArray {u"email"_s, u"city"_s, u"zip"_s}));
    QCOMPARE(kept(json(u"set"_s, {u"--unprotect-all"_s, u"--protect"_s, u"lastname"_s})),
             (QJsonArray {u"lastname"_s}));
    QCOMPARE(kept(json(u"set"_s, {u"--unprotect-all"_s})), QJsonArray());
}

/// The permission cannot be taken from below the address it was given for.
void TestCliConnections::addressesAndTheirPermission()
{
    makeSandbox();
    QCOMPARE(
        json(u"set"_s, {u"--base-url"_s, u"https://example.com"_s, u"--allow-remote-base-url"_s})
            .code,
        0);
    QCOMPARE(json(u"set"_s, {u"--label"_s, u"still"_s}).code, 0);
    QCOMPARE(json(u"set"_s, {u"--forbid-remote-base-url"_s}).code, 7);
    const Ended back = json(u"set"_s, {u"--base-url"_s, u"none"_s, u"--forbid-remote-base-url"_s});
    QCOMPARE(back.code, 0);
    QCOMPARE(back.json()["baseUrl"_L1].toString(), QString());
}

void TestCliConnections::showsByLabelIdAndPath()
{
    const Ended set = json(u"set"_s, {u"--label"_s, u"Two words"_s, u"--protect"_s, u"email"_s});
    const QString id = set.json()["id"_L1].toString();
    QVERIFY(!id.isEmpty());
    for (const QString &name : {u"Two words"_s, u"two WORDS"_s, id, m_file}) {
        const Ended shown =
            m_program->run({u"connections"_s, u"show"_s, name, u"--format"_s, u"json"_s});
        QCOMPARE(shown.code, 0);
        QCOMPARE(shown.json()["id"_L1].toString(), id);
        const Ended text = m_program->run({u"connections"_s, u"show"_s, name});
        QCOMPARE(text.code, 0);
        QVERIFY(text.out.startsWith("label "));
        for (const char *part : {"Two words", "read-only", "HubSpot's own", "protected", "email",
                                 "clientSecret", "refreshToken", "in the file as plain text"})
            QVERIFY2(text.out.contains(part), part);
    }
    QCOMPARE(m_program->run({u"connections"_s, u"show"_s, id, u"--format"_s, u"xml"_s}).code, 2);
}

void TestCliConnections::showsNoSecret()
{
    const Ended shown = json(u"show"_s);
    QCOMPARE(shown.code, 0); // No keychain answers; that is reported secret by secret.
    const QJsonArray secrets = shown.json()["secrets"_L1].toArray();
    QCOMPARE(secrets.size(), 2);
    QCOMPARE(secrets.at(0)["name"_L1].toString(), u"clientSecret"_s);
    QCOMPARE(secrets.at(0)["file"_L1].toString(), u"plainText"_s);
    QCOMPARE(secrets.at(1)["file"_L1].toString(), u"absent"_s);
    for (const QJsonValue &secret : secrets) {
        QCOMPARE(secret["keychain"_L1].toString(), u"unknown"_s);
        QVERIFY(!secret["keychainText"_L1].toString().isEmpty());
    }
    const Ended text = m_program->run({u"connections"_s, u"show"_s, m_file});
    QVERIFY(!(shown.out + shown.err + text.out + text.err).contains("s3cret-in-the-file"));
}

void TestCliConnections::showOfWhatIsNotThere()
{
    const Ended ended =
        m_program->run({u"connections"_s, u"show"_s, u"nobody"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"notFound"_s);
    QVERIFY(ended.err.contains("There is no connection or file \"nobody\"."));
}

void TestCliConnections::showOfTwoOfOneLabel()
{
    const QString other = m_program->write(u"other.json"_s, fullProvisioner);
    for (const QString &file : {m_file, other}) {
        QCOMPARE(m_program->run({u"connections"_s, u"set"_s, file, u"--label"_s, u"twin"_s}).code,
                 0);
    }
    const Ended ended = m_program->run({u"connections"_s, u"show"_s, u"twin"_s});
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.err.contains("2 connections are labeled \"twin\"."));
    QCOMPARE(m_program->run({u"connections"_s, u"show"_s, other}).code, 0);
}

void TestCliConnections::forgets()
{
    QCOMPARE(json(u"set"_s, {u"--label"_s, u"gone"_s}).code, 0);
    QCOMPARE(json(u"forget"_s, {u"--keep-secrets"_s}).code, 0);
    QCOMPARE(m_program->run({u"connections"_s, u"list"_s, u"--json"_s}).list().size(), 0);
    QVERIFY(m_program->run({u"connections"_s, u"list"_s}).err.contains("No connection is known"));
    QCOMPARE(m_program->run({u"connections"_s, u"show"_s, u"gone"_s}).code, 1);
    QCOMPARE(m_program->run({u"connections"_s, u"forget"_s, u"missing.json"_s}).code, 1);
}

void TestCliConnections::damagedBookIsLeftAlone()
{
    m_program->write(u"config/hubkeeper/connections.json"_s, "{\"version\": 1,");
    for (const QString &verb : {u"set"_s, u"show"_s, u"forget"_s}) {
        const Ended ended = json(verb);
        QCOMPARE(ended.code, 8);
        QVERIFY(ended.err.contains("connections.json"));
    }
    QCOMPARE(m_program->content(u"config/hubkeeper/connections.json"_s), "{\"version\": 1,");
}

void TestCliConnections::allowingMoreAsksForTheLabel_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("asks");
    const auto row = [](const char *name, const QStringList &options, bool asks) {
        QTest::newRow(name) << options << asks;
    };
    row("free", {u"--mode"_s, u"free"_s}, true);
    row("confirm", {u"--mode"_s, u"confirm"_s}, true);
    row("read-only", {u"--mode"_s, u"read-only"_s}, false);
    row("sandbox", {u"--kind"_s, u"sandbox"_s}, true);
    row("more rows", {u"--most-rows"_s, u"1001"_s}, true);
    row("no limit", {u"--most-rows"_s, u"0"_s}, true);
    row("more archives", {u"--most-archives"_s, u"51"_s}, true);
    row("archiving", {u"--allow-archive"_s}, true);
    row("less protected", {u"--unprotect"_s, u"email"_s}, true);
    row("more protected", {u"--protect"_s, u"phone"_s}, false);
    row("another host", {u"--allow-remote-base-url"_s}, true);
    row("another label", {u"--label"_s, u"Other"_s}, false);
}

void TestCliConnections::allowingMoreAsksForTheLabel()
{
    QFETCH(QStringList, options);
    QFETCH(bool, asks);
    QCOMPARE(json(u"set"_s,
                  {u"--label"_s, u"ACME EU"_s, u"--forbid-archive"_s, u"--protect"_s, u"email"_s,
                   u"--mode"_s, u"review"_s, u"--confirm-label"_s, u"ACME EU"_s})
                 .code,
             0);
    const QJsonObject before = json(u"show"_s).json();

    const Ended without = json(u"set"_s, options); // Nobody is there to be asked.
    const Ended wrong = json(u"set"_s, options + QStringList {u"--confirm-label"_s, u"acme eu"_s});

    QCOMPARE(without.code, asks ? 7 : 0);
    QCOMPARE(wrong.code, asks ? 7 : 0);
    if (!asks)
        return;
    QVERIFY2(without.err.contains("--confirm-label"), without.err.constData());
    QCOMPARE(json(u"show"_s).json(), before);
    const Ended right = json(u"set"_s, options + QStringList {u"--confirm-label"_s, u"ACME EU"_s});
    QCOMPARE(right.code, 0);
    QVERIFY(json(u"show"_s).json() != before);
}

void TestCliConnections::aTerminalIsAsked()
{
    QCOMPARE(json(u"set"_s, {u"--label"_s, u"ACME EU"_s}).code, 0);
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
    QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    const int other = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY);
    QVERIFY(other >= 0);
    for (const auto &[answer, code] : {std::pair("yes\n", 7), std::pair("ACME EU\n", 0)}) {
        QProcess process;
        m_program->prepare(process, {u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s});
        process.setChildProcessModifier([other] { ::dup2(other, STDIN_FILENO); });
        process.start();
        QVERIFY(::write(terminal, answer, strlen(answer)) > 0);
        const Ended ended = Program::ended(process);
        QCOMPARE(ended.code, code);
        QVERIFY2(ended.err.contains("type its label"), ended.err.constData());
    }
    ::close(other);
    ::close(terminal);
    QCOMPARE(json(u"show"_s).json()["mode"_L1].toString(), u"free"_s);
}

/// Of one that is known, not the one it gets in the same command.
void TestCliConnections::theLabelIsTheOneOfTheConnection()
{
    QCOMPARE(json(u"set"_s, {u"--label"_s, u"Old"_s}).code, 0);
    const QStringList rise {u"--label"_s, u"New"_s, u"--mode"_s, u"free"_s, u"--confirm-label"_s};
    QCOMPARE(json(u"set"_s, rise + QStringList {u"New"_s}).code, 7);
    QCOMPARE(json(u"set"_s, rise + QStringList {u"Old"_s}).code, 0);
}

void TestCliConnections::becomingProductionIsReadOnly()
{
    const QStringList sandbox {u"--label"_s, u"ACME"_s, u"--kind"_s,          u"sandbox"_s,
                               u"--mode"_s,  u"free"_s, u"--confirm-label"_s, u"ACME"_s};
    QCOMPARE(json(u"set"_s, sandbox).code, 0);
    const Ended free = json(u"set"_s, {u"--kind"_s, u"production"_s, u"--mode"_s, u"free"_s});
    QCOMPARE(free.code, 7);
    const Ended set = json(u"set"_s, {u"--kind"_s, u"production"_s});
    QCOMPARE(set.code, 0);
    QCOMPARE(set.json()["mode"_L1].toString(), u"read-only"_s);
}

void TestCliConnections::tenWritersAtOnceLoseNothing()
{
    constexpr int writers = 10;
    constexpr int rounds = 3;
    // Half of them on files of their own, half on one that is shared.
    const auto fileOf = [this](int writer) {
        return writer < writers / 2 ? m_program->path(u"p%1.json"_s.arg(writer)) : m_file;
    };
    for (int writer = 0; writer < writers / 2; ++writer)
        m_program->write(u"p%1.json"_s.arg(writer), fullProvisioner);
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int writer = 0; writer < writers; ++writer) {
            const QString name = u"w%1_%2"_s.arg(writer).arg(round);
            processes.push_back(std::make_unique<QProcess>());
            m_program->prepare(*processes.back(),
                               {u"connections"_s, u"set"_s, fileOf(writer), u"--protect"_s, name});
            processes.back()->start();
        }
        for (const auto &process : processes)
            QCOMPARE(Program::ended(*process).code, 0);
    }
    const QJsonArray list = m_program->run({u"connections"_s, u"list"_s, u"--json"_s}).list();
    QCOMPARE(list.size(), writers / 2 + 1);
    for (const QJsonValue &connection : list) {
        const bool isShared = connection["provisioner"_L1].toString().endsWith("-hubspot.json"_L1);
        QCOMPARE(connection["protectedProperties"_L1].toArray().size(),
                 isShared ? rounds * writers / 2 : rounds);
    }
}

HUBKEEPER_TEST(TestCliConnections)
#include "tst_cliconnections.moc"
