// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/failingdisk.h"
#include "testkit/mounts.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QTest>

#include <sys/stat.h>

#include <unistd.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int notSaved = 9;

/// A verb that saves a file. Add a row to `savers` for every new one.
struct Saver
{
    const char *name;
    QStringList arguments;
    QString file; ///< What it saves, seen from the home.
    void (*prepare)(const Program &);
};

QByteArray withTwoFaults()
{
    QByteArray text = faultlessProvisioner();
    text.replace("\"maximumConnections\": 10", "\"maximumConnections\": \"10\"");
    return text;
}

QByteArray drifted()
{
    QFile sample(
        QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/provisioner.openicf-hubspot.json"));
    return sample.open(QIODevice::ReadOnly)
        ? sample.readAll().replace("\"firstname\"", "\"fristname\"")
        : QByteArray();
}

void writeFaulty(const Program &program)
{
    program.write(u"conf/p.json"_s, withTwoFaults());
}

void writeDrifted(const Program &program)
{
    program.write(u"conf/p.json"_s, drifted());
}

void makeFolder(const Program &program)
{
    program.write(u"conf/other"_s, {});
}

void writeBaseline(const Program &program)
{
    writeFaulty(program);
    QCOMPARE(program
                 .run(QStringList {u"validate"_s, u"conf/p.json"_s, u"--baseline"_s,
                                   u"conf/b.json"_s, u"--write-baseline"_s})
                 .code,
             0);
    program.write(u"conf/p.json"_s, faultlessProvisioner().replace("\"enabled\"", "\"enbled\""));
}

void knowConnection(const Program &program)
{
    writeFaulty(program);
    QCOMPARE(program.run({u"connections"_s, u"set"_s, u"conf/p.json"_s, u"--label"_s, u"A"_s}).code,
             0);
}

const QString registry = u"config/hubkeeper/connections.json"_s;

const Saver savers[] = {
    {"fix", {u"fix"_s, u"conf/p.json"_s}, u"conf/p.json"_s, writeFaulty},
    {"new", {u"new"_s, u"conf/new.json"_s}, u"conf/new.json"_s, makeFolder},
    {"new --force", {u"new"_s, u"--force"_s, u"conf/p.json"_s}, u"conf/p.json"_s, writeFaulty},
    {"validate --write-baseline",
     {u"validate"_s, u"conf/p.json"_s, u"--baseline"_s, u"conf/b.json"_s, u"--write-baseline"_s},
     u"conf/b.json"_s,
     writeBaseline},
    {"schema diff --write",
     {u"schema"_s, u"diff"_s, u"--write"_s, u"--remove"_s, u"fristname"_s, u"conf/p.json"_s},
     u"conf/p.json"_s,
     writeDrifted},
    {"connections set",
     {u"connections"_s, u"set"_s, u"conf/p.json"_s, u"--label"_s, u"B"_s},
     registry,
     knowConnection},
    {"connections forget",
     {u"connections"_s, u"forget"_s, u"conf/p.json"_s, u"--keep-secrets"_s},
     registry,
     knowConnection},
    {"practice --write-provisioner",
     {u"practice"_s, u"--contacts"_s, u"1"_s, u"--companies"_s, u"1"_s, u"--write-provisioner"_s,
      u"conf/practice.json"_s},
     u"conf/practice.json"_s,
     makeFolder},
};

const Saver &saverCalled(const QString &name)
{
    return *std::find_if(std::begin(savers), std::end(savers), [&name](const Saver &saver) {
        return name == QLatin1StringView(saver.name);
    });
}

QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System
                                  | QDir::NoDotAndDotDot);
}

QStringList creating(const QString &name)
{
    return {u"create"_s, u"p.json"_s, u"contact"_s, u"--set"_s, u"email=%1@example.com"_s.arg(name),
            u"--yes"_s,  u"--json"_s};
}

/// What a verb says when its file was not saved, and what it left.
void compareWithNothingSaved(const Ended &ended, const Program &program, const Saver &saver,
                             const QByteArray &before, const QStringList &names)
{
    QVERIFY2(ended.code == notSaved, ended.err + ended.out);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"notSaved"_s);
    QCOMPARE(ended.error()["exitCode"_L1].toInt(), notSaved);
    QVERIFY(ended.error()["message"_L1].toString().contains(QFileInfo(saver.file).fileName()));
    QCOMPARE(program.content(saver.file), before);
    QCOMPARE(namesIn(QFileInfo(program.path(saver.file)).path()), names);
}

} // namespace

/// Every verb that saves a file, on a disk that does not take it: the old content is whole, the
/// verb says so, and its exit code is 9.
class TestCliSavers : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void fullDisk_data();
    void fullDisk();
    void usersMistakes();
    void ownerStays();
    void modesWhateverTheUmask();
    void nothingIsSentWithoutAJournal_data();
    void nothingIsSentWithoutAJournal();
};

void TestCliSavers::faults_data()
{
    QTest::addColumn<QString>("saver");
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    for (const Saver &saver : savers) {
        forEachDiskFault([&saver](const QByteArray &call, int error, const QByteArray &name) {
            QTest::addRow("%s: %s", saver.name, name.constData())
                << QString::fromLatin1(saver.name) << call << error;
        });
    }
}

void TestCliSavers::faults()
{
    QFETCH(const QString, saver);
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    const Saver &chosen = saverCalled(saver);
    Program program;
    program.withoutKeychain();
    chosen.prepare(program);
    const QString folder = QFileInfo(program.path(chosen.file)).path();
    const QByteArray before = program.content(chosen.file);
    const QStringList names = namesIn(folder);

    preloadFailingDisk(program.environment(), call, folder, error);
    const Ended failed = program.run(QStringList {u"--json"_s} + chosen.arguments);
    compareWithNothingSaved(failed, program, chosen, before, names);
}

void TestCliSavers::fullDisk_data()
{
    QTest::addColumn<QString>("saver");
    for (const Saver &saver : savers)
        QTest::newRow(saver.name) << QString::fromLatin1(saver.name);
}

void TestCliSavers::fullDisk()
{
    if (const auto here = amongOwnMounts("tst_clisavers"); here != OwnMounts::Inside) {
        if (here == OwnMounts::Impossible)
            QSKIP("this user may not mount");
        return;
    }
    QFETCH(const QString, saver);
    const Saver &chosen = saverCalled(saver);
    Program program;
    program.withoutKeychain();
    const QString folder = QFileInfo(program.path(chosen.file)).path();
    QVERIFY(QDir().mkpath(folder));
    const Mounted mounted(folder,
                          {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=256k,mode=700"_s, u"none"_s});
    QVERIFY(mounted);
    chosen.prepare(program);
    fillUp(folder + u"/filler"_s);
    const QByteArray before = program.content(chosen.file);
    const QStringList names = namesIn(folder);

    const Ended failed = program.run(QStringList {u"--json"_s} + chosen.arguments);
    compareWithNothingSaved(failed, program, chosen, before, names);
}

void TestCliSavers::usersMistakes()
{
    Program program;
    writeFaulty(program);
    for (const QStringList &arguments :
         {QStringList {u"new"_s, u"none/a.json"_s},
          QStringList {u"new"_s, u"--force"_s, u"/dev/full"_s},
          QStringList {u"validate"_s, u"conf/p.json"_s, u"--baseline"_s, u"none/b"_s,
                       u"--write-baseline"_s}}) {
        const Ended failed = program.run(arguments);
        QVERIFY2(failed.code == notSaved, failed.err);
        QVERIFY2(failed.err.contains("could not be saved"), failed.err);
    }
    // What cannot be read is wrong usage.
    QCOMPARE(
        program.run({u"practice"_s, u"--tls-cert"_s, u"none"_s, u"--tls-key"_s, u"none"_s}).code,
        2);
}

void TestCliSavers::ownerStays()
{
    if (::geteuid() != 0)
        QSKIP("only root can make a file of somebody else");
    Program program;
    writeFaulty(program);
    const QByteArray file = QFile::encodeName(program.path(u"conf/p.json"_s));
    QCOMPARE(::chown(file.constData(), 1234, 4321), 0);
    QCOMPARE(::chmod(file.constData(), 0640), 0);
    QCOMPARE(program.run({u"fix"_s, u"conf/p.json"_s}).code, 0);
    struct stat status = {};
    QCOMPARE(::stat(file.constData(), &status), 0);
    QCOMPARE(int(status.st_uid), 1234);
    QCOMPARE(int(status.st_gid), 4321);
    QCOMPARE(int(status.st_mode & 07777), 0640);
    QCOMPARE(program.content(u"conf/p.json"_s), faultlessProvisioner());
}

void TestCliSavers::modesWhateverTheUmask()
{
    Program program;
    program.withoutKeychain();
    for (const QString &name : {u"CONFIG"_s, u"DATA"_s, u"STATE"_s, u"CACHE"_s})
        program.set(u"XDG_%1_HOME"_s.arg(name), program.path(u"fresh/"_s + name.toLower()));
    const mode_t before = ::umask(0);
    Practice practice(program);
    const bool isServing = practice.isServing();
    const Ended tested = program.run({u"test"_s, u"p.json"_s});
    const Ended updated = program.run({u"create"_s, u"p.json"_s, u"contact"_s, u"--set"_s,
                                       u"email=ada@example.com"_s, u"--yes"_s});
    ::umask(before);
    QVERIFY(isServing);
    QVERIFY2(tested.code == 0, tested.err);
    QVERIFY2(updated.code == 0, updated.err);
    int seen = 0;
    QDirIterator files(program.path(u"fresh"_s),
                       QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(files.next()).constData(), &status), 0);
        const int expected = S_ISDIR(status.st_mode) ? 0700 : 0600;
        QVERIFY2(int(status.st_mode & 0777) == expected, qPrintable(files.filePath()));
        ++seen;
    }
    QVERIFY(seen > 8); // Four folders and their "hubkeeper", the registry, the journal.
}

void TestCliSavers::nothingIsSentWithoutAJournal_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    forEachDiskFault([](const QByteArray &call, int error, const QByteArray &name) {
        if (call == "write" || call == "fsync") // SQLite's own steps.
            QTest::addRow("%s", name.constData()) << call << error;
    });
}

void TestCliSavers::nothingIsSentWithoutAJournal()
{
    QFETCH(const QByteArray, call);
    QFETCH(const int, error);
    Program program;
    program.withoutKeychain();
    Practice practice(program);
    QVERIFY(practice.isServing());
    QCOMPARE(program.run(creating(u"ada"_s)).code, 0);
    const QString sending = u"POST /crm/objects/2026-09/contacts/batch/create"_s;
    const int sent = practice.count(sending);
    QCOMPARE(sent, 1);

    preloadFailingDisk(program.environment(), call, program.path(u"data"_s), error);
    const Ended failed = program.run(creating(u"grace"_s));
    QVERIFY2(failed.code == notSaved, failed.out + failed.err);
    QCOMPARE(practice.count(sending), sent);
    program.environment().remove(u"LD_PRELOAD"_s);
    // Without a keychain nothing is sealed, which is reported by 1; 8 would be a damage.
    QCOMPARE(program.run({u"journal"_s, u"verify"_s, u"p.json"_s}).code, 1);
    QCOMPARE(program.run(creating(u"grace"_s)).code, 0); // Once the disk is well it works.
    QCOMPARE(practice.count(sending), sent + 1);
}

HUBKEEPER_TEST(TestCliSavers)
#include "tst_clisavers.moc"
