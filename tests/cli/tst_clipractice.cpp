// SPDX-License-Identifier: MIT
#include "clipracticerig.h"
#include "testkit/testprogram.h"

#include <QFileInfo>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Every verb that reads a portal, against `practice`, the way the README shows it.
class TestCliPractice : public QObject, private CliPracticeRig
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();

    void provisionerIsPrivate();
    void testInIdmShape();
    void schemaInIdmShape();
    void searchPages();
    void searchSortsAndSkips();
    void searchTellsWrongFilters();
    void get();
    void getOfNothing();
    void connections();
    void leavesAReserve();
    void schemaDiffLive();
    void schemaWriteIsWhatIsShown();
    void schemaDriftInAPipeline();
    void validateLive();
    void quietIsQuiet();
    void practiceEndsOnInterrupt();
};

void TestCliPractice::initTestCase()
{
    startPractice();
}

void TestCliPractice::cleanupTestCase()
{
    m_practice.reset();
}

void TestCliPractice::provisionerIsPrivate()
{
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(m_file).permissions() & others));
    QVERIFY(m_practice->url().host() == "127.0.0.1"_L1);
}

void TestCliPractice::testInIdmShape()
{
    const Ended ended = json({u"test"_s});
    QCOMPARE(ended.code, 0);
    const QJsonObject report = ended.json();
    QCOMPARE(report["ok"_L1].toBool(), true);
    QCOMPARE(report["displayName"_L1].toString(), u"Hubspot Connector"_s);
    QCOMPARE(report["enabled"_L1].toBool(), true);
    QVERIFY(report["connectorRef"_L1]["bundleName"_L1].isString());
    QCOMPARE(report["objectTypes"_L1].toArray().at(0).toString(), u"__ALL__"_s);

    const Ended text = run({u"test"_s, m_file});
    QCOMPARE(text.code, 0);
    QVERIFY(text.out.contains("Access token"));
}

void TestCliPractice::schemaInIdmShape()
{
    const Ended ended = json({u"schema"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.json()["contact"_L1]["properties"_L1]["email"_L1].isObject());
    const Ended live = json({u"schema"_s}, {u"--live"_s});
    QCOMPARE(live.code, 0);
    QVERIFY(live.json()["contact"_L1]["properties"_L1].toObject().size()
            > ended.json()["contact"_L1]["properties"_L1].toObject().size());
    QVERIFY(run({u"schema"_s, m_file}).out.startsWith("CLASS "));
    QCOMPARE(json({u"schema"_s}, {u"--live"_s, u"--timeout"_s, u"60"_s}).code, 0);
}

void TestCliPractice::searchPages()
{
    const QStringList rest {u"contact"_s, u"--page-size"_s, u"5"_s, u"--fields"_s, u"email"_s};
    const Ended first = json({u"search"_s}, rest);
    QCOMPARE(first.code, 0);
    const QJsonObject page = first.json();
    QCOMPARE(
        page.keys(),
        (QStringList {u"pagedResultsCookie"_s, u"remainingPagedResults"_s, u"result"_s,
                      u"resultCount"_s, u"totalPagedResults"_s, u"totalPagedResultsPolicy"_s}));
    QCOMPARE(page["resultCount"_L1].toInt(), 5);
    QCOMPARE(page["result"_L1].toArray().at(0).toObject().keys(),
             (QStringList {u"_id"_s, u"email"_s}));
    const QString cookie = page["pagedResultsCookie"_L1].toString();
    QVERIFY(!cookie.isEmpty());

    const Ended next = json({u"search"_s}, rest + QStringList {u"--cookie"_s, cookie});
    QCOMPARE(next.code, 0);
    QVERIFY(next.json()["result"_L1].toArray().at(0)["_id"_L1]
            != page["result"_L1].toArray().at(0)["_id"_L1]);

    const Ended all = json({u"search"_s}, {u"contact"_s, u"--fields"_s, u"email"_s});
    QCOMPARE(all.json()["resultCount"_L1].toInt(), 12);
    QVERIFY(all.json()["pagedResultsCookie"_L1].isNull());
}

void TestCliPractice::searchSortsAndSkips()
{
    const auto emails = [this](const QStringList &options) {
        QStringList list;
        const Ended ended =
            json({u"search"_s}, QStringList {u"contact"_s, u"--fields"_s, u"email"_s} + options);
        for (const QJsonValue &object : ended.json()["result"_L1].toArray())
            list.append(object["email"_L1].toString());
        return list;
    };
    QStringList sorted = emails({});
    QCOMPARE(sorted.size(), 12);
    sorted.sort();
    QCOMPARE(emails({u"--sort"_s, u"+email"_s}), sorted);
    std::reverse(sorted.begin(), sorted.end());
    QCOMPARE(emails({u"--sort=-email"_s}), sorted);
    QCOMPARE(emails({u"--sort=-email"_s, u"--offset"_s, u"3"_s, u"--page-size"_s, u"4"_s}),
             sorted.mid(3, 4));
    QCOMPARE(json({u"search"_s}, {u"contact"_s, u"--sort"_s, u"+no such"_s}).code, 2);
}

void TestCliPractice::searchTellsWrongFilters()
{
    const Ended ended = json({u"search"_s}, {u"contact"_s, u"--filter"_s, u"email eq"_s});
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"invalidInput"_s);
    QCOMPARE(json({u"search"_s}, {u"deal"_s}).code, 2);
}

void TestCliPractice::get()
{
    const Ended ended = json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"email,city"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["_id"_L1].toString(), contact);
    QVERIFY(ended.json()["email"_L1].toString().contains(u'@'));
    QVERIFY(run({u"get"_s, m_file, u"contact"_s, contact}).out.startsWith("_id "));
}

void TestCliPractice::getOfNothing()
{
    const Ended ended = json({u"get"_s}, {u"contact"_s, u"999"_s});
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"notFound"_s);
    QCOMPARE(ended.error()["exitCode"_L1].toInt(), 1);
    QVERIFY(ended.err.startsWith("hubkeeper-cli: "));
    QVERIFY2(ended.err.contains("no contact with the ID \u201c999\u201d"), ended.err);
    for (const QString &type : {u"company"_s, u"owner"_s, u"contactProperties"_s})
        QVERIFY(json({u"get"_s}, {type, u"999"_s}).err.contains("999"));
}

void TestCliPractice::connections()
{
    const QJsonArray list = run({u"connections"_s, u"list"_s, u"--json"_s}).list();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.at(0)["kind"_L1].toString(), u"practice"_s);
    const Ended set = json({u"connections"_s, u"set"_s}, {u"--label"_s, u"Übung"_s});
    QCOMPARE(set.code, 0);
    QCOMPARE(set.json()["label"_L1].toString(), u"Übung"_s);
    QVERIFY(run({u"connections"_s, u"list"_s}).out.contains("Übung"));
}

void TestCliPractice::leavesAReserve()
{
    const auto set = [this](const QString &percent) {
        return json({u"connections"_s, u"set"_s}, {u"--reserve"_s, percent});
    };
    QCOMPARE(set(u"20"_s).json()["reserve"_L1].toInt(), 20);
    const QJsonArray known = run({u"connections"_s, u"list"_s, u"--json"_s}).list();
    QCOMPARE(known.at(0)["reserve"_L1].toInt(), 20);
    QCOMPARE(set(u"91"_s).code, 2);
    QCOMPARE(set(u"-1"_s).code, 2);
    QCOMPARE(json({u"test"_s}).code, 0);
    QCOMPARE(set(u"0"_s).json()["reserve"_L1].toInt(), 0);
}

void TestCliPractice::schemaDiffLive()
{
    const Ended ended = json({u"schema"_s, u"diff"_s}, {u"--live"_s});
    QVERIFY(ended.code == 0 || ended.code == 1);
    QCOMPARE(ended.json()["drift"_L1].toBool(), ended.code == 1);
    QCOMPARE(ended.json()["differences"_L1].toArray().isEmpty(), ended.code == 0); // Drift alone.
    const Ended all = json({u"schema"_s, u"diff"_s}, {u"--live"_s, u"--all"_s});
    QVERIFY(!all.json()["differences"_L1].toArray().isEmpty());

    const QByteArray before = m_program.content(u"p.json"_s);
    const QStringList write {u"--live"_s, u"--write"_s, u"--add"_s, u"hs_lead_status"_s};
    const Ended dry = run(QStringList {u"schema"_s, u"diff"_s, m_file, u"--dry-run"_s} + write);
    QCOMPARE(dry.code, 1);
    QVERIFY(dry.out.startsWith("--- "));
    QVERIFY(dry.out.contains("hs_lead_status"));
    QCOMPARE(m_program.content(u"p.json"_s), before);

    QCOMPARE(json({u"schema"_s, u"diff"_s}, write).code, 0);
    const QByteArray after = m_program.content(u"p.json"_s);
    QVERIFY(after.contains("hs_lead_status"));
    const Ended again = json({u"schema"_s, u"diff"_s}, write);
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json()["written"_L1].toBool(true), false);
    QCOMPARE(json({u"schema"_s, u"diff"_s}, {u"--live"_s, u"--write"_s, u"--add"_s, u"no"_s}).code,
             2);
    m_program.write(u"p.json"_s, before);
}

/// The shipped file does not drift, and stays as it is.
void TestCliPractice::schemaWriteIsWhatIsShown()
{
    const QByteArray before = m_program.content(u"p.json"_s);
    const QStringList write {u"--live"_s, u"--write"_s};
    const Ended shown = json({u"schema"_s, u"diff"_s}, {u"--live"_s});
    const Ended written = json({u"schema"_s, u"diff"_s}, write);
    const QByteArray after = m_program.content(u"p.json"_s);
    const Ended then = json({u"schema"_s, u"diff"_s}, {u"--live"_s});
    const Ended all = json({u"schema"_s, u"diff"_s}, write + QStringList {u"--all"_s});
    const bool allWrote = m_program.content(u"p.json"_s) != after;
    m_program.write(u"p.json"_s, before);
    QCOMPARE(shown.json()["drift"_L1].toBool(true), false);
    QCOMPARE(written.code, 0);
    QCOMPARE(written.json()["written"_L1].toBool(true), false);
    QCOMPARE(after, before);
    QCOMPARE(then.json()["drift"_L1].toBool(true), false);
    QCOMPARE(all.json()["written"_L1].toBool(), allWrote);
    QVERIFY(allWrote);
}

/// Drift alone, as findings; what is chosen is written, and nothing else.
void TestCliPractice::schemaDriftInAPipeline()
{
    const QByteArray before = m_program.content(u"p.json"_s);
    QByteArray drifted = before;
    drifted.replace("\"firstname\"", "\"fristname\"");
    m_program.write(u"p.json"_s, drifted);
    const QStringList diff {u"schema"_s, u"diff"_s, m_file, u"--live"_s};
    const Ended sarif = run(diff + QStringList {u"--format"_s, u"sarif"_s});
    const Ended junit = run(diff + QStringList {u"--format"_s, u"junit"_s});
    const Ended text = run(diff);
    const Ended offline = run({u"schema"_s, u"diff"_s, m_file, u"--format"_s, u"sarif"_s});
    const Ended left = run(diff + QStringList {u"--write"_s});
    const Ended removed = run(diff + QStringList {u"--write"_s, u"--remove"_s, u"fristname"_s});
    const QByteArray after = m_program.content(u"p.json"_s);
    const Ended again = run(diff);
    m_program.write(u"p.json"_s, before);

    QCOMPARE(text.code, 1);
    QVERIFY2(text.out.contains("attribute gone"), text.out);
    QVERIFY2(text.out.count('\n') < 6, text.out);
    QCOMPARE(sarif.code, 1);
    QVERIFY(!sarif.json()["runs"_L1][0]["results"_L1].toArray().isEmpty());
    QCOMPARE(junit.code, 1);
    QVERIFY2(junit.out.contains("<failure"), junit.out);
    QCOMPARE(offline.code, 2);
    QVERIFY2(left.err.contains("--remove"), left.err);
    QCOMPARE(removed.code, 0);
    QVERIFY(!after.contains("fristname"));
    QCOMPARE(after.count('\n') + 1, before.count('\n'));
    QCOMPARE(again.code, 0);
}

void TestCliPractice::validateLive()
{
    const Ended good = run({u"validate"_s, u"--live"_s, u"--json"_s, m_file});
    QVERIFY(good.code == 0 || good.code == 1);
    for (const QJsonValue &finding :
         good.json()["files"_L1].toArray().at(0)["findings"_L1].toArray())
        QVERIFY(finding["ruleId"_L1].toString() != "HK901"_L1);

    const QByteArray secrets = R"({"clientSecret": "wrong", "refreshToken": "wrong"})";
    const Ended bad =
        run({u"validate"_s, u"--live"_s, u"--json"_s, u"--secrets-stdin"_s, m_file}, secrets);
    QCOMPARE(bad.code, 3); // What could not be asked has not passed.
    QVERIFY(bad.out.contains("HK901"));

    // Several files, one map of secrets.
    const QJsonObject properties = QJsonDocument::fromJson(m_program.content(u"p.json"_s))
                                       .object()["configurationProperties"_L1]
                                       .toObject();
    const QJsonObject mine {{u"clientSecret"_s, properties["clientSecret"_L1]},
                            {u"refreshToken"_s, properties["refreshToken"_L1]}};
    m_program.write(u"copy.json"_s, m_program.content(u"p.json"_s));
    const QJsonObject wrong {{u"clientSecret"_s, u"wrong"_s}, {u"refreshToken"_s, u"wrong"_s}};
    const QStringList both {u"validate"_s,   u"--live"_s,
                            u"--json"_s,     u"--secrets-stdin"_s,
                            u"--base-url"_s, m_practice->url().toString(),
                            m_file,          m_program.path(u"copy.json"_s)};
    const auto codeWith = [&](const QJsonObject &other) {
        return run(both,
                   QJsonDocument(QJsonObject {{u"p.json"_s, mine}, {u"copy.json"_s, other}})
                       .toJson())
            .code;
    };
    QVERIFY(codeWith(mine) <= 1);
    QCOMPARE(codeWith(wrong), 3);
}

void TestCliPractice::quietIsQuiet()
{
    const Ended ended =
        run({u"-q"_s, u"update"_s, m_file, u"contact"_s, contact, u"--set"_s, u"city=Sion"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.err.isEmpty());
    QCOMPARE(ended.out.trimmed(), contact.toLatin1());
}

void TestCliPractice::practiceEndsOnInterrupt()
{
    const Ended ended = m_practice->end();
    QCOMPARE(ended.code, 0);
    const Ended after = json({u"test"_s});
    QCOMPARE(after.code, 4);
    QCOMPARE(after.json()["ok"_L1].toBool(true), false);
    QVERIFY(!after.json()["error"_L1].toString().isEmpty());
    QCOMPARE(after.json()["failure"_L1]["kind"_L1].toString(), u"offline"_s);
    QVERIFY(!after.err.isEmpty());
}

HUBKEEPER_TEST(TestCliPractice)
#include "tst_clipractice.moc"
