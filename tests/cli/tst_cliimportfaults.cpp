// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/failingdisk.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QStringEncoder>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// As "Unicode text" is saved: with a mark of the byte order.
QByteArray utf16(const QString &text)
{
    QStringEncoder encoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    return encoder(text);
}

} // namespace

/// `import` with input, portals and disks that are not as they should be, in real processes: every
/// reason is said with its row, and nothing is half-staged.
class TestCliImportFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void refusesRows_data();
    void refusesRows();
    void refusesTables_data();
    void refusesTables();
    void readsStandardInput();
    void aFaultOfThePortalStagesNothing_data();
    void aFaultOfThePortalStagesNothing();
    void aFullDiskStagesNothing();
    void ctrlCStagesNothing();
    void theResultIsFilledIn();
    void theResultComesBack();

private:
    [[nodiscard]] static QStringList arguments(const QString &table, const QStringList &more)
    {
        return QStringList {u"--json"_s, u"import"_s,   table,       u"--connection"_s,
                            u"p.json"_s, u"--object"_s, u"contact"_s}
        + more;
    }
    Ended import(const QStringList &more, const QString &table = u"t.csv"_s)
    {
        return m_program.run(arguments(table, more));
    }
    [[nodiscard]] int staged()
    {
        const QJsonArray list = m_program.run({u"--json"_s, u"changes"_s, u"list"_s}).list();
        return list.isEmpty() ? 0 : list[0]["waiting"_L1].toInt();
    }
    void writeRows(int rows);
    [[nodiscard]] QStringList leftInCache() const;

    Program m_program;
    std::unique_ptr<Practice> m_practice;
};

void TestCliImportFaults::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    QCOMPARE(m_program.run({u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"free"_s}).code,
             0);
}

void TestCliImportFaults::writeRows(int rows)
{
    QByteArray lines = "email,city\n";
    for (int i = 0; i < rows; ++i)
        lines += "many" + QByteArray::number(i) + "@example.com,Bern\n";
    m_program.write(u"t.csv"_s, lines);
}

QStringList TestCliImportFaults::leftInCache() const
{
    QStringList files;
    QDirIterator all(m_program.path(u"cache"_s), {u"*.sqlite*"_s}, QDir::Files,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        files.append(all.next());
    return files;
}

void TestCliImportFaults::refusesRows_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("why");
    // clang-format off
    QTest::newRow("option")            << QByteArray("email,lifecyclestage\na@x.example,Nonsense\n")       << 2 << u"Nonsense"_s;
    QTest::newRow("number")            << QByteArray("email,followercount\na@x.example,many\n")            << 2 << u"plain number"_s;
    QTest::newRow("unclear number")    << QByteArray("email,followercount\na@x.example,\"1,250\"\n")       << 2 << u"thousands separator"_s;
    QTest::newRow("NUL")               << QByteArray("email,city\na@x.example,Be\0rn\n", 29)                << 2 << u"has lost"_s;
    QTest::newRow("UTF-16")            << utf16(u"email,city\nno,Z\u00FCrich\n"_s)                              << 2 << u"not an e-mail"_s;
    QTest::newRow("two dates in one")  << QByteArray("email,closedate\na@x.example,5/11/2026\n")           << 2 << u"2026-11-05 or 2026-05-11"_s;
    QTest::newRow("address")           << QByteArray("email,city\nnobody,Bern\n")                          << 2 << u"nobody"_s;
    QTest::newRow("no key")            << QByteArray("email,city\na@x.example,Bern\n,Chur\n")              << 3 << u"no email"_s;
    QTest::newRow("twins")             << QByteArray("email,city\nA@x.example,Bern\n\na@X.example,Chur\n") << 4 << u"Row 2"_s;
    QTest::newRow("more cells")        << QByteArray("email,city\na@x.example,Bern,more\n")                << 2 << u"more cells"_s;
    QTest::newRow("broken UTF-8")      << QByteArray("email,city,company\na@x.example,B\xFF,\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xA9\xC3\xA8\n") << 2 << u"has lost"_s;
    QTest::newRow("owner unknown")     << QByteArray("email,hubspot_owner_id\na@x.example,Nobody Known\n") << 2 << u"Nobody Known"_s;
    QTest::newRow("too long")          << QByteArray("email,city\na@x.example,") + QByteArray(65'537, 'x') + '\n' << 2 << u"65,536"_s;
    QTest::newRow("1 MB")              << QByteArray("email,city\na@x.example,\"") + QByteArray(1 << 20, 'x') + "\"\n" << 2 << u"65,536"_s;
    QTest::newRow("sep=")              << QByteArray("sep=;\nemail;city\nno;Bern\n")                       << 2 << u"not an e-mail"_s;
    QTest::newRow("id of another")     << QByteArray("Record ID,email\n1,a@x.example\n")                   << 2 << u"record 1"_s;
    QTest::newRow("JSON Lines")        << QByteArray("{\"email\":\"no\"}\n")                               << 2 << u"not an e-mail"_s;
    // clang-format on
}

void TestCliImportFaults::refusesRows()
{
    QFETCH(const QByteArray, table);
    QFETCH(const int, row);
    QFETCH(const QString, why);
    m_program.write(u"t.csv"_s, table);
    const Ended ended = import({u"--dry-run"_s});
    QVERIFY2(ended.code == 1, ended.out + ended.err);
    const QJsonArray refusals = ended.json()["refusals"_L1].toArray();
    QVERIFY2(!refusals.isEmpty(), ended.out);
    const QJsonObject last = refusals.last().toObject();
    QCOMPARE(last["row"_L1].toInt(), row);
    QVERIFY2(last["message"_L1].toString().contains(why),
             qPrintable(last["message"_L1].toString().left(500)));
    QCOMPARE(leftInCache(), QStringList());
}

void TestCliImportFaults::refusesTables_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("why");
    const QStringList none;
    // clang-format off
    QTest::newRow("empty")          << QByteArray()                                    << none << u"is empty"_s;
    QTest::newRow("no header")      << QByteArray("a@x.example,1\nb@x.example,2\n")    << none << u"no header"_s;
    QTest::newRow("no key")         << QByteArray("city,company\nBern,x\n")            << none << u"No column"_s;
    QTest::newRow("key not unique") << QByteArray("city,company\nBern,x\n")            << QStringList {u"--match"_s, u"city"_s} << u"unique"_s;
    QTest::newRow("one twice")      << QByteArray("email,E-Mail,Email\nx,y,z\n")       << none << u"are both"_s;
    QTest::newRow("old workbook")   << QByteArray::fromHex("D0CF11E0A1B11AE1") + QByteArray(600, '\0') << none << u"OLE"_s;
    QTest::newRow("damaged")        << QByteArray("PK\x03\x04nothing")                 << none << u"damaged"_s;
    QTest::newRow("no result")      << QByteArray("email\na@x.example\n")              << QStringList {u"--result"_s, u"t.csv/x"_s} << u"t.csv/x"_s;
    QTest::newRow("no mapping")     << QByteArray("email\na@x.example\n")              << QStringList {u"--mapping"_s, u"t.csv"_s} << u"mapping"_s;
    // clang-format on
}

void TestCliImportFaults::refusesTables()
{
    QFETCH(const QByteArray, table);
    QFETCH(const QStringList, more);
    QFETCH(const QString, why);
    m_program.write(u"t.csv"_s, table);
    const Ended ended = import(more);
    QVERIFY2(ended.code == 2 || ended.code == 9, ended.out + ended.err);
    QVERIFY2(ended.error()["message"_L1].toString().contains(why), ended.out);
    QCOMPARE(staged(), 0);
    QCOMPARE(leftInCache(), QStringList());
}

void TestCliImportFaults::readsStandardInput()
{
    const Ended ended =
        m_program.run(arguments(u"-"_s, {u"--dry-run"_s}), "email;city\nin@x.example;Bern\n");
    QVERIFY2(ended.code == 0, ended.out + ended.err);
    QCOMPARE(ended.json()["creates"_L1].toInt(), 1);
    const Ended parsed =
        m_program.run({u"--json"_s, u"import"_s, u"-"_s, u"--parse"_s}, "a;b\n1;2\n");
    QCOMPARE(parsed.json()["separator"_L1].toString(), u";"_s);
    QCOMPARE(leftInCache(), QStringList()); // The copy has gone.
}

void TestCliImportFaults::aFaultOfThePortalStagesNothing_data()
{
    QTest::addColumn<QJsonObject>("fault");
    QTest::addColumn<int>("code");
    const auto fault = [](const QString &kind) {
        return QJsonObject {
            {u"kind"_s, kind}, {u"path"_s, u"/batch/read"_s}, {u"nth"_s, 9}, {u"times"_s, -1}};
    };
    QJsonObject forbidden = fault(u"status"_s);
    forbidden.insert(u"status"_s, 403);
    QTest::newRow("daily limit") << fault(u"rateDaily"_s) << 4;
    QTest::newRow("scope lost") << forbidden << 3;
}

/// In the middle: the first calls have worked.
void TestCliImportFaults::aFaultOfThePortalStagesNothing()
{
    QFETCH(const QJsonObject, fault);
    QFETCH(const int, code);
    writeRows(2500);
    m_practice->setFault(fault);
    const Ended ended = import({});
    m_practice->control({{u"faults"_s, QJsonArray()}});
    QVERIFY2(ended.code == code, ended.out + ended.err + QByteArray::number(ended.code));
    QCOMPARE(staged(), 0);
    QCOMPARE(leftInCache(), QStringList());
}

/// The disk is full in the middle of the transaction that stages the rows.
void TestCliImportFaults::aFullDiskStagesNothing()
{
    writeRows(10);
    QCOMPARE(import({}).code, 0); // Makes the file of the change set.
    QCOMPARE(m_program.run({u"changes"_s, u"discard"_s, u"p.json"_s, u"--yes"_s}).code, 0);
    QDirIterator data(m_program.path(u"data"_s), {u"changes"_s}, QDir::Dirs,
                      QDirIterator::Subdirectories);
    QVERIFY(data.hasNext());
    const QString changes = data.next();
    writeRows(20'000);
    QProcess process;
    m_program.prepare(process, arguments(u"t.csv"_s, {}));
    QProcessEnvironment environment = m_program.environment();
    preloadFailingDisk(environment, "write", changes, ENOSPC);
    environment.insert(u"FAILING_DISK"_s, u"write %1 400 -1 %2"_s.arg(ENOSPC).arg(changes));
    process.setProcessEnvironment(environment);
    process.start();
    const Ended ended = Program::ended(process);
    QVERIFY2(ended.code == 8 || ended.code == 9, ended.out + ended.err);
    QVERIFY2(ended.error()["message"_L1].toString().contains(u"full"_s), ended.out);
    QCOMPARE(staged(), 0);
    QCOMPARE(leftInCache(), QStringList());
    writeRows(1500); // And it can be used afterwards.
    QCOMPARE(import({}).json()["creates"_L1].toInt(), 1500);
    QCOMPARE(staged(), 1500);
    QCOMPARE(m_program.run({u"changes"_s, u"discard"_s, u"p.json"_s, u"--yes"_s}).code, 0);
}

void TestCliImportFaults::ctrlCStagesNothing()
{
    writeRows(40'000);
    QProcess process;
    m_program.prepare(process, arguments(u"t.csv"_s, {}));
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(!leftInCache().isEmpty(), 20'000); // It reads or checks.
    QTest::qWait(300);
    ::kill(pid_t(process.processId()), SIGINT);
    const Ended ended = Program::ended(process);
    QVERIFY2(ended.code == 130, ended.out + ended.err + QByteArray::number(ended.code));
    QCOMPARE(staged(), 0);
    QCOMPARE(leftInCache(), QStringList());
}

/// Input's columns and order, then id, status and message; with the outcome after the run.
void TestCliImportFaults::theResultIsFilledIn()
{
    m_program.write(u"t.csv"_s,
                    "Remarks,Email,City\nx,one@x.example,Bern\ny,bad,Chur\nz,two@x.example,\"Ba\n"
                    "sel\"\n");
    QCOMPARE(import({u"--result"_s, u"r.csv"_s}).code, 1);
    QList<QByteArray> lines = m_program.content(u"r.csv"_s).split('\n');
    QCOMPARE(lines[0], "Remarks,Email,City,id,status,message\r");
    QVERIFY2(lines[1].startsWith("x,one@x.example,Bern,new-"), lines[1]);
    QVERIFY2(lines[2].startsWith("y,bad,Chur,,refused,"), lines[2]);
    const Ended applied = m_program.run(
        {u"--json"_s, u"changes"_s, u"apply"_s, u"p.json"_s, u"--yes"_s, u"--fill"_s, u"r.csv"_s});
    QVERIFY2(applied.code == 0, applied.out + applied.err);
    const QByteArray before = lines[2];
    lines = m_program.content(u"r.csv"_s).split('\n');
    QCOMPARE(lines[2], before);
    const QList<QByteArray> cells = lines[1].split(',');
    QVERIFY2(cells[3].toLongLong() > 1000, lines[1]);
    QCOMPARE(cells[4], "applied");
    QVERIFY2(lines[4].startsWith("sel\",") && lines[4].contains(",applied,"), lines[4]);
    const Ended wrong = m_program.run(
        {u"--json"_s, u"changes"_s, u"apply"_s, u"p.json"_s, u"--yes"_s, u"--fill"_s, u"t.csv"_s});
    QCOMPARE(m_program.content(u"t.csv"_s).left(7), "Remarks"); // Left as it was.
}

/// The result is a table, too: status and message are not imported, the ids are right.
void TestCliImportFaults::theResultComesBack()
{
    const Ended again = import({u"--dry-run"_s}, u"r.csv"_s);
    QVERIFY2(again.code == 1, again.out + again.err); // The bad address.
    QCOMPARE(again.json()["unchanged"_L1].toInt(), 2);
    QCOMPARE(again.json()["refused"_L1].toInt(), 1);
    const QJsonArray columns = again.json()["columns"_L1].toArray();
    QCOMPARE(columns[3]["property"_L1].toString(), u"id"_s);
    QVERIFY(columns[5]["property"_L1].isNull());
}

HUBKEEPER_TEST(TestCliImportFaults)
#include "tst_cliimportfaults.moc"
