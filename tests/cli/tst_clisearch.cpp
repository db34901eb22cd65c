// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <unistd.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Reading: forms of the output, names of attributes, and what reading needs of a machine.
class TestCliSearch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void writesEveryForm();
    void readsTheWholeListInOrder();
    void writesManyAsTheyCome();
    void aFileIsWholeOrNotThere();
    void anErrorOnTheWayIsInTheOneDocument();
    void namesInAnyLetterCase();
    void namesOfTheProvisioner();
    void unknownNames_data();
    void unknownNames();
    void nothingBeforeARefusal_data();
    void nothingBeforeARefusal();
    void givesUpInTime();
    void needsNoPlaceOfItsOwn();
    void fillsInSubstitutions();
    void secretsThatAreNowhere();

private:
    Ended search(const QStringList &rest, const QString &objectClass = u"contact"_s)
    {
        return m_program.run(QStringList {u"search"_s, m_file, objectClass} + rest);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
};

void TestCliSearch::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = Practice::with(m_program,
                                {u"--contacts"_s, u"5300"_s, u"--companies"_s, u"5"_s,
                                 u"--control"_s, u"--index-delay-ms"_s, u"0"_s, u"--limit"_s,
                                 u"oauthPerWindow=0"_s, u"--limit"_s, u"searchPerSecond=0"_s,
                                 u"--write-provisioner"_s, m_program.path(u"p.json"_s)});
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
    m_program.write(u"p.json"_s,
                    m_program.content(u"p.json"_s)
                        .replace("\"permitsPerSecond\": 10", "\"permitsPerSecond\": 50"));
}

void TestCliSearch::cleanup()
{
    m_practice->control({{u"faults"_s, QJsonArray()}});
}

void TestCliSearch::writesEveryForm()
{
    const QStringList rest {u"--fields"_s, u"email,city"_s};
    const Ended json = search(rest + QStringList {u"--json"_s}, u"contact"_s);
    QCOMPARE(json.code, 0);
    const QJsonArray result = json.json()["result"_L1].toArray();
    QCOMPARE(result.size(), 5300);
    QCOMPARE(json.json()["resultCount"_L1].toInt(), 5300);
    QVERIFY(json.json()["pagedResultsCookie"_L1].isNull());

    const Ended lines = search(rest + QStringList {u"--format"_s, u"jsonl"_s});
    QCOMPARE(lines.code, 0);
    QCOMPARE(lines.out.count('\n'), 5300);
    QVERIFY(QJsonDocument::fromJson(lines.out.left(lines.out.indexOf('\n')))
                .object()
                .contains("_id"_L1));

    const Ended csv = search(rest + QStringList {u"--format"_s, u"csv"_s});
    QCOMPARE(csv.code, 0);
    QVERIFY2(csv.out.startsWith("_id,email,city\r\n"), csv.out.left(80));
    QCOMPARE(csv.out.count("\r\n"), 5301);

    const Ended text = search(QStringList {u"--page-size"_s, u"2"_s} + rest);
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.startsWith("_id "), text.out);
    QCOMPARE(text.out.count('\n'), 3);
    QVERIFY2(text.err.contains("--cookie"), text.err);
    // --format wins over --json.
    QVERIFY(search({u"--json"_s, u"--format"_s, u"csv"_s, u"--page-size"_s, u"1"_s})
                .out.startsWith("_id,"));
}

/// Several pages at a time, and yet in the order of the ids while there are few.
void TestCliSearch::readsTheWholeListInOrder()
{
    const Ended ended = search({u"--json"_s}, u"company"_s);
    QCOMPARE(ended.code, 0);
    const QJsonArray result = ended.json()["result"_L1].toArray();
    QCOMPARE(result.size(), 5);
    for (qsizetype i = 1; i < result.size(); ++i)
        QVERIFY(result[i - 1]["_id"_L1].toString() < result[i]["_id"_L1].toString());
    const Ended filtered =
        search({u"--json"_s, u"--filter"_s, u"_id pr"_s, u"--sort"_s, u"-_id"_s}, u"company"_s);
    QVERIFY2(filtered.code == 0, filtered.err);
    QCOMPARE(filtered.json()["result"_L1][0]["_id"_L1], result.last()["_id"_L1]);
}

/// More than are kept back: each once, in whatever order.
void TestCliSearch::writesManyAsTheyCome()
{
    const Ended ended = search({u"--format"_s, u"csv"_s, u"--fields"_s, u"_id"_s});
    QCOMPARE(ended.code, 0);
    const QList<QByteArray> ids = ended.out.split('\n').mid(1, 5300);
    const QSet<QByteArray> different(ids.begin(), ids.end());
    QCOMPARE(different.size(), 5300);
    // The list was read in pages, several at a time, and none twice for nothing.
    m_practice->control({{u"clearRequests"_s, true}});
    QCOMPARE(search({u"--format"_s, u"csv"_s}).code, 0);
    const int pages = m_practice->count(u"GET /crm/objects/2026-09/contacts"_s);
    QVERIFY2(pages >= 53 && pages < 75, qPrintable(QString::number(pages)));
}

void TestCliSearch::aFileIsWholeOrNotThere()
{
    const Ended ended = search({u"--format"_s, u"csv"_s, u"--output"_s, u"all.csv"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.out.isEmpty());
    QCOMPARE(m_program.content(u"all.csv"_s).count("\r\n"), 5301);
    QCOMPARE(search({u"-o"_s, u"none/all.csv"_s}).code, 9);

    m_practice->setFault({{u"kind"_s, u"status"_s},
                          {u"status"_s, 403},
                          {u"method"_s, u"GET"_s},
                          {u"nth"_s, 20},
                          {u"path"_s, u"/objects/"_s},
                          {u"times"_s, -1}});
    const Ended failed = search({u"--format"_s, u"csv"_s, u"--output"_s, u"part.csv"_s});
    QVERIFY2(failed.code > 0, failed.err);
    QVERIFY(!QFile::exists(m_program.path(u"part.csv"_s)));
}

void TestCliSearch::anErrorOnTheWayIsInTheOneDocument()
{
    m_practice->setFault({{u"kind"_s, u"status"_s},
                          {u"status"_s, 403},
                          {u"method"_s, u"GET"_s},
                          {u"nth"_s, 20},
                          {u"path"_s, u"/objects/"_s},
                          {u"times"_s, -1}});
    const Ended failed = search({u"--json"_s});
    QCOMPARE(failed.code, 3);
    const QJsonObject document = failed.json();
    QVERIFY2(!document.isEmpty(), failed.out.right(200));
    QCOMPARE(document["error"_L1]["exitCode"_L1].toInt(), 3);
    QCOMPARE(document["resultCount"_L1].toInt(), document["result"_L1].toArray().size());
    QVERIFY(!failed.err.isEmpty());
}

void TestCliSearch::namesInAnyLetterCase()
{
    const Ended found = search({u"--fields"_s, u"FirstName,LASTNAME"_s, u"--page-size"_s, u"1"_s,
                                u"--sort"_s, u"LastName"_s, u"--json"_s},
                               u"contact"_s);
    // 5,300 can be sorted.
    QVERIFY2(found.code == 0, found.err);
    QVERIFY(found.json()["result"_L1][0]["firstname"_L1].isString());
    const QString id = u"150000000001"_s;
    const Ended got =
        m_program.run({u"get"_s, m_file, u"contact"_s, id, u"--fields"_s, u"Email"_s, u"--json"_s});
    QVERIFY(got.json()["email"_L1].isString());
    const Ended written = m_program.run(
        {u"update"_s, m_file, u"contact"_s, id, u"--set"_s, u"Phone=+41 1"_s, u"--json"_s});
    QVERIFY2(written.code == 0, written.err);
    QVERIFY2(written.err.contains("phone: \""), written.err);
}

/// A provisioner may call them otherwise.
void TestCliSearch::namesOfTheProvisioner()
{
    QByteArray text = m_program.content(u"p.json"_s);
    QJsonObject file = QJsonDocument::fromJson(text).object();
    QJsonObject types = file["objectTypes"_L1].toObject();
    QJsonObject contact = types["contact"_L1].toObject();
    contact.insert(u"nativeType"_s, u"contact"_s);
    QJsonObject properties = contact["properties"_L1].toObject();
    properties.insert(u"mail"_s,
                      QJsonObject {{u"type"_s, u"string"_s}, {u"nativeName"_s, u"email"_s}});
    properties.insert(u"sn"_s,
                      QJsonObject {{u"type"_s, u"string"_s}, {u"nativeName"_s, u"lastname"_s}});
    contact.insert(u"properties"_s, properties);
    types.insert(u"contact"_s, contact);
    file.insert(u"objectTypes"_s, types);
    m_program.write(u"p.json"_s, QJsonDocument(file).toJson());
    const QString id = u"150000000002"_s;
    const Ended got = m_program.run(
        {u"get"_s, m_file, u"contact"_s, id, u"--fields"_s, u"mail,sn"_s, u"--json"_s});
    const Ended found = search(
        {u"--filter"_s, u"mail eq \"%1\""_s.arg(got.json()["email"_L1].toString()), u"--json"_s});
    const Ended dry = m_program.run({u"update"_s, m_file, u"contact"_s, id, u"--set"_s,
                                     u"sn=Novak"_s, u"--dry-run"_s, u"--json"_s});
    m_program.write(u"p.json"_s, text);
    QVERIFY2(got.code == 0 && got.json()["email"_L1].isString(), got.out);
    QVERIFY2(found.code == 0, found.err);
    QCOMPARE(found.json()["result"_L1][0]["_id"_L1].toString(), id);
    QVERIFY2(dry.code == 0, dry.err);
    QCOMPARE(dry.json()["changes"_L1][0]["cells"_L1]["lastname"_L1]["new"_L1].toString(),
             u"Novak"_s);
}

void TestCliSearch::unknownNames_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    const QString id = u"150000000001"_s;
    QTest::newRow("search") << QStringList {u"search"_s, u"p.json"_s, u"contact"_s, u"--fields"_s,
                                            u"emial"_s}
                            << QByteArray("Did you mean email?");
    QTest::newRow("sort") << QStringList {u"search"_s, u"p.json"_s, u"contact"_s, u"--sort"_s,
                                          u"lastnam"_s}
                          << QByteArray("Did you mean lastname?");
    QTest::newRow("filter") << QStringList {u"search"_s, u"p.json"_s, u"contact"_s, u"--filter"_s,
                                            u"nosuch eq 1"_s}
                            << QByteArray("no attribute \"nosuch\"");
    QTest::newRow("filter, nearly")
        << QStringList {u"search"_s, u"p.json"_s, u"contact"_s, u"--filter"_s,
                        u"city eq 'Bern' and !(emial sw 'a')"_s}
        << QByteArray("Did you mean email?");
    QTest::newRow("get") << QStringList {u"get"_s, u"p.json"_s,   u"contact"_s,
                                         id,       u"--fields"_s, u"nosuch"_s}
                         << QByteArray("no attribute \"nosuch\"");
    QTest::newRow("update") << QStringList {u"update"_s, u"p.json"_s, u"contact"_s,
                                            id,          u"--set"_s,  u"phon=1"_s}
                            << QByteArray("Did you mean phone?");
    QTest::newRow("create") << QStringList {u"create"_s, u"p.json"_s, u"contact"_s, u"--set"_s,
                                            u"emial=a@example.com"_s}
                            << QByteArray("Did you mean email?");
}

void TestCliSearch::unknownNames()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, said);
    const Ended ended = m_program.run(arguments);
    QVERIFY2(ended.code == 2, ended.err);
    QVERIFY2(ended.err.contains(said), ended.err);
    QVERIFY2(ended.out.isEmpty(), ended.out);
}

void TestCliSearch::nothingBeforeARefusal_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"text", "csv", "tsv", "jsonl"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

/// Whoever reads the table must not take it for an empty one, which has a heading.
void TestCliSearch::nothingBeforeARefusal()
{
    QFETCH(const QString, format);
    const QStringList find {u"search"_s,   u"p.json"_s, u"contact"_s,
                            u"--format"_s, format,      u"--filter"_s};
    const Ended refused = m_program.run(find + QStringList {u"createdate gt \"soon\""_s});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.out.isEmpty(), refused.out);
    const Ended none = m_program.run(find + QStringList {u"email eq \"nobody@example.com\""_s});
    QVERIFY2(none.code == 0, none.err);
    QCOMPARE(none.out.startsWith("_id"), format != "jsonl"_L1);
}

void TestCliSearch::givesUpInTime()
{
    m_practice->setFault({{u"kind"_s, u"silenceAfterWork"_s}, {u"times"_s, -1}});
    const Ended ended = search({u"--timeout"_s, u"1.5"_s, u"--json"_s});
    QCOMPARE(ended.code, 4);
    QVERIFY2(ended.err.contains("1.5 seconds of --timeout"), ended.err);
    QCOMPARE(ended.json()["error"_L1]["kind"_L1].toString(), u"timedOut"_s);
    QCOMPARE(search({u"--timeout"_s, u"nan"_s}).code, 2);
}

/// No home, no folder that can be written, no keychain: a read-only container.
void TestCliSearch::needsNoPlaceOfItsOwn()
{
    Program elsewhere;
    elsewhere.withoutKeychain();
    for (const QString &name : {u"CONFIG"_s, u"DATA"_s, u"STATE"_s, u"CACHE"_s})
        elsewhere.set(u"XDG_%1_HOME"_s.arg(name), u"/proc/none"_s);
    elsewhere.set(u"HOME"_s, u"/proc/none"_s);
    const QString url = m_practice->url().toString();
    const QList<QStringList> verbs {{u"test"_s, m_file},
                                    {u"search"_s, m_file, u"contact"_s, u"--page-size"_s, u"1"_s},
                                    {u"get"_s, m_file, u"contact"_s, u"150000000001"_s},
                                    {u"schema"_s, m_file, u"--live"_s},
                                    {u"schema"_s, u"diff"_s, m_file, u"--live"_s},
                                    {u"validate"_s, m_file, u"--live"_s}};
    for (const QStringList &verb : verbs) {
        const Ended ended = elsewhere.run(verb + QStringList {u"--base-url"_s, url});
        QVERIFY2(ended.code <= 1, ended.err + ended.out);
    }
}

void TestCliSearch::fillsInSubstitutions()
{
    const QJsonObject properties = QJsonDocument::fromJson(m_program.content(u"p.json"_s))
                                       .object()["configurationProperties"_L1]
                                       .toObject();
    const QByteArray id = properties["clientId"_L1].toString().toUtf8();
    const QByteArray secret = properties["clientSecret"_L1].toString().toUtf8();
    QByteArray text = m_program.content(u"p.json"_s);
    text.replace('"' + id + '"', "\"&{hubspot.client.id}\"");
    text.replace('"' + secret + '"', "\"&{hubspot.client.secret}\"");
    const QString file = m_program.write(u"esv.json"_s, text);
    m_program.write(u"esv.properties"_s,
                    "# of the tenant\nhubspot.client.id=" + id
                        + "\nhubspot.client.secret: " + secret + '\n');
    const QString url = m_practice->url().toString();
    const QStringList test {u"test"_s, file, u"--base-url"_s, url};

    const Ended missing = m_program.run(test);
    QCOMPARE(missing.code, 2);
    QVERIFY2(missing.err.contains("--set-substitution hubspot.client.id="), missing.err);
    const Ended given = m_program.run(test + QStringList {u"--properties"_s, u"esv.properties"_s});
    QVERIFY2(given.code == 0, given.err);
    QVERIFY(!(given.out + given.err).contains(secret));
    const QString name = u"hubspot.client.id=%1"_s.arg(QString::fromUtf8(id));
    const Ended seen =
        m_program.run(test
                      + QStringList {u"--set-substitution"_s, name, u"--set-substitution"_s,
                                     u"hubspot.client.secret=seen-by-all"_s});
    QCOMPARE(seen.code, 2);
    QVERIFY2(seen.err.contains("must not be an argument"), seen.err);
    const QByteArray input =
        QJsonDocument(QJsonObject {{u"clientSecret"_s, QString::fromUtf8(secret)}}).toJson();
    QCOMPARE(
        m_program
            .run(test + QStringList {u"--set-substitution"_s, name, u"--secrets-stdin"_s}, input)
            .code,
        0);
}

void TestCliSearch::secretsThatAreNowhere()
{
    const QString file =
        m_program.write(u"none.json"_s, R"({"configurationProperties": {"clientId": "x"}})");
    const Ended ended = m_program.run({u"test"_s, file, u"--json"_s});
    QCOMPARE(ended.code, 3);
}

HUBKEEPER_TEST(TestCliSearch)
#include "tst_clisearch.moc"
