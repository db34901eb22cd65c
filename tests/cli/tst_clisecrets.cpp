// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <sys/resource.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray secret = "5f3c1a9e-77d2-4b06-9c1f-0a6d2e8b4c35";

/// The faultless file with this instead of its client secret's member.
QByteArray fileWith(const QByteArray &member)
{
    QByteArray text = faultlessProvisioner();
    const qsizetype begin = text.indexOf("\"clientSecret\"");
    const qsizetype end = text.indexOf(',', begin);
    return text.replace(begin, end - begin, member);
}

} // namespace

/// What the verbs show and leave behind of secrets, as processes, with no keychain.
class TestCliSecrets : public QObject
{
    Q_OBJECT

private slots:
    void noVerbShowsASecret_data();
    void noVerbShowsASecret();
    void strayCharactersAreSaidBeforeAnythingIsSent_data();
    void strayCharactersAreSaidBeforeAnythingIsSent();
    void aConnectionIsForgottenWithThem_data();
    void aConnectionIsForgottenWithThem();
    void leavesNoCore_data();
    void leavesNoCore();
};

void TestCliSecrets::noVerbShowsASecret_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray quoted = '"' + secret + '"';
    QTest::newRow("lost quote") << fileWith("\"clientSecret: " + quoted);
    QTest::newRow("lost opening quote") << fileWith("\"clientSecret\": " + secret + '"');
    QTest::newRow("doubled quote") << fileWith("\"clientSecret\": \"" + quoted);
    QTest::newRow("line break") << fileWith("\"clientSecret\": \"\n" + secret + '"');
    QTest::newRow("two values") << fileWith("\"clientSecret\": \"\", " + quoted);
    QTest::newRow("in an object") << fileWith("\"clientSecret\": {\"value\": " + quoted + '}');
    QTest::newRow("broken $crypto") << fileWith(
        "\"clientSecret\": {\"$crypto\": {\"type\": \"x-simple-encryption\", \"value\": " + quoted
        + "}}");
    QTest::newRow("comment") << fileWith("/* \"clientSecret\": " + quoted
                                         + " */ \"clientSecret\": null");
    QTest::newRow("prose") << fileWith("// clientSecret " + secret + "\n\"clientSecret\": null");
}

void TestCliSecrets::noVerbShowsASecret()
{
    QFETCH(QByteArray, text);
    const Program program;
    const QString file = program.write(u"provisioner.openicf-a.json"_s, text);
    const QString whole = program.write(u"whole.json"_s, faultlessProvisioner());
    const QString copy = program.path(u"copy.json"_s);
    QList<QStringList> verbs {{u"fix"_s, file, u"--dry-run"_s, u"--unsafe"_s},
                              {u"--json"_s, u"fix"_s, file, u"--dry-run"_s, u"--unsafe"_s},
                              {u"diff"_s, whole, file},
                              {u"diff"_s, file, whole, u"--text"_s},
                              {u"--json"_s, u"diff"_s, whole, file},
                              {u"new"_s, copy, u"--from"_s, file}};
    for (const QString &format : {u"text"_s, u"json"_s, u"sarif"_s, u"junit"_s, u"github"_s})
        verbs.append({u"validate"_s, file, u"--format"_s, format});

    for (const QStringList &verb : verbs) {
        const Ended ended = program.run(verb);
        const QByteArray shown = ended.out + ended.err + program.content(u"copy.json"_s);
        QVERIFY(ended.code >= 0);
        for (qsizetype at = 0; at + 6 <= secret.size(); ++at) {
            QVERIFY2(!shown.contains(secret.mid(at, 6)),
                     verb.join(u' ').toUtf8() + '\n' + shown.left(2000));
        }
    }
}

void TestCliSecrets::strayCharactersAreSaidBeforeAnythingIsSent_data()
{
    QTest::addColumn<QString>("stray");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("line break") << u"\n"_s << "The client secret ends with a line break."_ba;
    QTest::newRow("blank") << u" "_s << "The client secret ends with a blank."_ba;
}

void TestCliSecrets::strayCharactersAreSaidBeforeAnythingIsSent()
{
    QFETCH(QString, stray);
    QFETCH(QByteArray, said);
    Program program;
    program.withoutKeychain();
    Practice practice(program);
    QVERIFY(practice.isServing());
    const QJsonObject input {{u"clientSecret"_s, QString::fromLatin1(secret) + stray},
                             {u"refreshToken"_s, u"na1-2b7e"_s}};

    const Ended ended = program.run({u"test"_s, program.path(u"p.json"_s), u"--secrets-stdin"_s},
                                    QJsonDocument(input).toJson());

    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(said), ended.err);
    QVERIFY(!ended.err.contains(secret));
    QCOMPARE(practice.requests().value("total"_L1).toInt(), 0);
}

void TestCliSecrets::leavesNoCore_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGSEGV") << SIGSEGV;
    QTest::newRow("SIGABRT") << SIGABRT;
}

void TestCliSecrets::aConnectionIsForgottenWithThem_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("by label") << u"gone"_s;
    QTest::newRow("by the path of a file that is gone") << u"p.json"_s;
}

/// No keychain answers: what may be in it is not stranded, unless that is wanted.
void TestCliSecrets::aConnectionIsForgottenWithThem()
{
    QFETCH(const QString, name);
    Program program;
    program.withoutKeychain();
    const QString file = program.write(u"p.json"_s, faultlessProvisioner());
    QCOMPARE(program.run({u"connections"_s, u"set"_s, file, u"--label"_s, u"gone"_s}).code, 0);
    QVERIFY(QFile::remove(file));
    const auto known = [&program] {
        return program.run({u"connections"_s, u"list"_s, u"--json"_s}).list().size();
    };
    const QStringList forget {u"connections"_s, u"forget"_s, name};
    const Ended silent = program.run(forget);
    QCOMPARE(silent.code, 3);
    QVERIFY2(silent.err.contains("--keep-secrets"), silent.err);
    for (const QString &option :
         {u"--secrets-stdin"_s, u"--timeout=5"_s}) // They mean nothing here.
        QCOMPARE(program.run(forget + QStringList {option}).code, 2);
    QCOMPARE(known(), 1);
    QCOMPARE(program.run(forget + QStringList {u"--keep-secrets"_s}).code, 0);
    QCOMPARE(known(), 0);
}

/// Whether a core would be written here at all is the system's affair, so the limit counts too.
void TestCliSecrets::leavesNoCore()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("A sanitizer's leak check reads the memory from outside");
#endif
    QFETCH(int, number);
    const Program program;
    QProcess process;
    program.prepare(process, {u"practice"_s});
    process.start();
    QVERIFY(process.waitForReadyRead(20'000));
    rlimit limit {RLIM_INFINITY, RLIM_INFINITY};
    const auto pid = pid_t(process.processId());
    QCOMPARE(prlimit(pid, RLIMIT_CORE, nullptr, &limit), 0);
    QCOMPARE(limit.rlim_cur, rlim_t(0));
    QCOMPARE(limit.rlim_max, rlim_t(0));

    ::kill(pid, number);

    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    QCOMPARE(QDir(program.path(u"."_s)).entryList({u"core*"_s, u"*.core"_s}), QStringList());
}

HUBKEEPER_TEST(TestCliSecrets)
#include "tst_clisecrets.moc"
