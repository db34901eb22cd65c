// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <tuple>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString contact = u"150000000001"_s;
const QByteArray shoeSize = R"({"name": "shoe_size", "label": "Shoe size", "type": "string",
    "fieldType": "text", "groupName": "contactinformation"})";

} // namespace

/// Every verb that talks to a portal, against `practice`, the way the README shows it.
class TestCliPractice : public QObject
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
    void updateGetAndRevert();
    void updateOfNothingNew();
    void dryRunSendsNothing();
    void createAndDelete();
    void createOfWhatExists();
    void refusedValues();
    void writesFromStandardInput();
    void propertyDefinitions();
    void definitionsObeyTheMode();
    void revertsAScriptWithDefinitions();
    void journal();
    void connections();
    void modesAreObeyed_data();
    void modesAreObeyed();
    void scripts();
    void scriptById();
    void scriptFailures_data();
    void scriptFailures();
    void failedScriptsNameTheirRun();
    void leavesAReserve();
    void scriptObeysTheMode();
    void schemaDiffLive();
    void schemaDriftInAPipeline();
    void validateLive();
    void quietIsQuiet();
    void practiceEndsOnInterrupt();

private:
    Ended run(const QStringList &arguments, const QByteArray &input = {})
    {
        return m_program.run(arguments, input);
    }
    /// VERB p.json REST, as JSON.
    Ended json(const QStringList &verb, const QStringList &rest = {}, const QByteArray &input = {})
    {
        return run(verb + QStringList {m_file} + rest + QStringList {u"--json"_s}, input);
    }
    void setMode(const QString &mode)
    {
        QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, mode}).code, 0);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
};

void TestCliPractice::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
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
}

void TestCliPractice::updateGetAndRevert()
{
    const auto phone = [this] {
        return json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"phone"_s})
            .json()["phone"_L1]
            .toString();
    };
    const QString before = phone();
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"phone=+41 44 668 18 00"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["_id"_L1].toString(), contact);
    QCOMPARE(ended.json()["phone"_L1].toString(), u"+41 44 668 18 00"_s);
    QVERIFY(ended.err.contains("-> \"+41 44 668 18 00\""));
    QCOMPARE(phone(), u"+41 44 668 18 00"_s);

    const QString runId = json({u"journal"_s, u"list"_s}).list().at(0)["id"_L1].toString();
    const Ended dry = json({u"journal"_s, u"revert"_s}, {runId, u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    QCOMPARE(dry.json()["rows"_L1].toArray().size(), 1);
    QCOMPARE(dry.json()["applied"_L1].toInt(), 0);
    const Ended reverted = json({u"journal"_s, u"revert"_s}, {runId});
    QCOMPARE(reverted.code, 0);
    QCOMPARE(reverted.json()["applied"_L1].toInt(), 1);
    QCOMPARE(phone(), before);
}

void TestCliPractice::updateOfNothingNew()
{
    const QString email = json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"email"_s})
                              .json()["email"_L1]
                              .toString();
    m_practice->control({{u"clearRequests"_s, true}});
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"email="_s + email});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["_id"_L1].toString(), contact);
    QVERIFY(ended.err.contains("nothing was sent"));
}

void TestCliPractice::dryRunSendsNothing()
{
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"city=Nowhere"_s, u"--dry-run"_s});
    QCOMPARE(ended.code, 0);
    const QJsonObject row = ended.json()["changes"_L1].toArray().at(0).toObject();
    QCOMPARE(row["operation"_L1].toString(), u"update"_s);
    QCOMPARE(row["cells"_L1]["city"_L1]["new"_L1].toString(), u"Nowhere"_s);
    const Ended now = json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"city"_s});
    QVERIFY(now.json()["city"_L1].toString() != "Nowhere"_L1);
}

void TestCliPractice::createAndDelete()
{
    const Ended created = json(
        {u"create"_s},
        {u"contact"_s, u"--set"_s, u"email=new@example.com"_s, u"--set"_s, u"firstname=Ada"_s});
    QCOMPARE(created.code, 0);
    QCOMPARE(created.json()["email"_L1].toString(), u"new@example.com"_s);
    const QString id = created.json()["_id"_L1].toString();
    QVERIFY(!id.isEmpty());

    const Ended unsure = json({u"delete"_s}, {u"contact"_s, id});
    QCOMPARE(unsure.code, 7);
    const Ended gone = json({u"delete"_s}, {u"contact"_s, id, u"--yes"_s});
    QCOMPARE(gone.code, 0);
    QCOMPARE(gone.json()["_id"_L1].toString(), id); // IDM answers with the object as it was.
    QCOMPARE(json({u"get"_s}, {u"contact"_s, id}).code, 1);
    QCOMPARE(json({u"delete"_s}, {u"contact"_s, id, u"--yes"_s}).code, 1);
}

void TestCliPractice::createOfWhatExists()
{
    const QString email = json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"email"_s})
                              .json()["email"_L1]
                              .toString();
    const Ended ended = json({u"create"_s}, {u"contact"_s, u"--set"_s, u"email="_s + email});
    QCOMPARE(ended.code, 6);
    QCOMPARE(ended.error()["existingId"_L1].toString(), contact);
}

void TestCliPractice::refusedValues()
{
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"email=no address"_s});
    QCOMPARE(ended.code, 7); // Refused before anything is sent.
    QVERIFY(ended.err.contains("email"));
    QCOMPARE(json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"nonsense"_s}).code, 2);
    QCOMPARE(json({u"update"_s}, {u"contact"_s, contact}).code, 2);
    const Ended unknown =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"no_such_property=1"_s});
    QVERIFY(unknown.code != 0);
}

void TestCliPractice::writesFromStandardInput()
{
    const Ended ended = json({u"update"_s}, {u"contact"_s, contact, u"--from-json"_s},
                             R"({"_id": "x", "city": "Zürich", "state": null})");
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["city"_L1].toString(), u"Zürich"_s);
    QCOMPARE(json({u"update"_s}, {u"contact"_s, contact, u"--from-json"_s}, "[]").code, 2);
}

void TestCliPractice::propertyDefinitions()
{
    const auto label = [this] {
        return json({u"get"_s}, {u"contactProperties"_s, u"shoe_size"_s})
            .json()["label"_L1]
            .toString();
    };
    const auto lastRun = [this] { return json({u"journal"_s, u"list"_s}).list().at(0).toObject(); };
    const Ended created =
        json({u"create"_s},
             {u"contactProperties"_s, u"--from-json"_s, u"--note"_s, u"for the shop"_s}, shoeSize);
    QCOMPARE(created.code, 0);
    QCOMPARE(created.json()["_id"_L1].toString(), u"shoe_size"_s);
    const QString createRun = lastRun()["id"_L1].toString();
    QVERIFY(created.err.contains("Journal run " + createRun.toLatin1()));
    QCOMPARE(lastRun()["note"_L1].toString(), u"for the shop"_s);
    QCOMPARE(lastRun()["applied"_L1].toInt(), 1);

    const QStringList relabel {u"contactProperties"_s, u"shoe_size"_s, u"--set"_s,
                               u"label=Size of \"shoes\""_s};
    const Ended dry = json({u"update"_s}, relabel + QStringList {u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    const QJsonObject planned = dry.json()["changes"_L1].toArray().at(0).toObject();
    QCOMPARE(planned["cells"_L1]["label"_L1]["old"_L1].toString(), u"Shoe size"_s);
    QCOMPARE(label(), u"Shoe size"_s);
    QCOMPARE(lastRun()["id"_L1].toString(), createRun);

    QCOMPARE(json({u"update"_s}, relabel).code, 0);
    QCOMPARE(label(), u"Size of \"shoes\""_s);
    const QString updateRun = lastRun()["id"_L1].toString();
    const Ended shown = json({u"journal"_s, u"show"_s}, {updateRun});
    const QJsonObject row = shown.list().at(0).toObject();
    QCOMPARE(row["definition"_L1].toBool(), true);
    QCOMPARE(row["operation"_L1].toString(), u"update"_s);
    QCOMPARE(row["cells"_L1]["label"_L1]["old"_L1].toString(), u"Shoe size"_s);
    QVERIFY(run({u"journal"_s, u"show"_s, m_file, updateRun})
                .out.contains("contactProperties shoe_size"));

    const Ended plan = json({u"journal"_s, u"revert"_s}, {updateRun, u"--dry-run"_s});
    QCOMPARE(plan.code, 0);
    QCOMPARE(plan.json()["definitions"_L1].toArray().size(), 1);
    QCOMPARE(plan.json()["left"_L1].toArray().size(), 0);
    QCOMPARE(label(), u"Size of \"shoes\""_s);
    const Ended back = json({u"journal"_s, u"revert"_s}, {updateRun});
    QCOMPARE(back.code, 0);
    QCOMPARE(back.json()["applied"_L1].toInt(), 1);
    QCOMPARE(label(), u"Shoe size"_s);
    const Ended again = json({u"journal"_s, u"revert"_s}, {updateRun});
    QCOMPARE(again.code, 7);
    QVERIFY2(
        again.err.contains("reverted already, by run " + lastRun()["id"_L1].toString().toUtf8()),
        again.err);

    QCOMPARE(json({u"delete"_s}, {u"contactProperties"_s, u"shoe_size"_s}).code, 7);
    QCOMPARE(json({u"delete"_s}, {u"contactProperties"_s, u"shoe_size"_s, u"--yes"_s}).code, 0);
    QCOMPARE(json({u"get"_s}, {u"contactProperties"_s, u"shoe_size"_s}).code, 1);
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {lastRun()["id"_L1].toString()}).code, 0);
    QCOMPARE(label(), u"Shoe size"_s);
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {createRun}).code, 7); // It archives.
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {createRun, u"--yes"_s}).code, 0);
    QCOMPARE(json({u"get"_s}, {u"contactProperties"_s, u"shoe_size"_s}).code, 1);
    QCOMPARE(json({u"journal"_s, u"verify"_s}).json()["state"_L1].toString(), u"notSealed"_s);
}

void TestCliPractice::definitionsObeyTheMode()
{
    const QStringList create {u"contactProperties"_s, u"--from-json"_s};
    for (const auto &[mode, yes, code] :
         {std::tuple {u"read-only"_s, true, 7}, std::tuple {u"review"_s, false, 7},
          std::tuple {u"confirm"_s, false, 7}, std::tuple {u"confirm"_s, true, 0}}) {
        setMode(mode);
        const Ended ended = json(
            {u"create"_s}, create + (yes ? QStringList {u"--yes"_s} : QStringList()), shoeSize);
        setMode(u"free"_s);
        QCOMPARE(ended.code, code);
    }
    QCOMPARE(json({u"delete"_s}, {u"contactProperties"_s, u"shoe_size"_s, u"--yes"_s}).code, 0);
}

/// A script that makes a property and fills it, taken back: the value first, then the property.
void TestCliPractice::revertsAScriptWithDefinitions()
{
    const Ended ended =
        json({u"script"_s},
             {u"--source"_s,
              QStringLiteral("connector.create('contactProperties', {name: 'hat_size', label: 'Hat "
                             "size', type: 'string',"
                             " fieldType: 'text', groupName: 'contactinformation'});"
                             "connector.update('contact', '%1', {city: 'Hatfield'}); 1")
                  .arg(contact)});
    QCOMPARE(ended.code, 0);
    const Ended back =
        json({u"journal"_s, u"revert"_s}, {ended.json()["journalRun"_L1].toString(), u"--yes"_s});
    QCOMPARE(back.code, 0);
    QCOMPARE(back.json()["applied"_L1].toInt(), 2);
    QCOMPARE(json({u"get"_s}, {u"contactProperties"_s, u"hat_size"_s}).code, 1);
    QVERIFY(json({u"get"_s}, {u"contact"_s, contact}).json()["city"_L1].toString()
            != "Hatfield"_L1);
}

void TestCliPractice::journal()
{
    const Ended written =
        json({u"update"_s},
             {u"contact"_s, contact, u"--set"_s, u"city=Chur"_s, u"--note"_s, u"moved"_s});
    QCOMPARE(written.code, 0);
    const QJsonArray runs = json({u"journal"_s, u"list"_s}).list();
    QCOMPARE(runs.at(0)["note"_L1].toString(), u"moved"_s);
    QCOMPARE(runs.at(0)["applied"_L1].toInt(), 1);
    const Ended rows = json({u"journal"_s, u"show"_s}, {runs.at(0)["id"_L1].toString()});
    QCOMPARE(rows.code, 0);
    QCOMPARE(rows.list().at(0)["cells"_L1]["city"_L1]["new"_L1].toString(), u"Chur"_s);
    const Ended verdict = json({u"journal"_s, u"verify"_s});
    QCOMPARE(verdict.code, 1); // No keychain answers here: what cannot be checked has not passed.
    QCOMPARE(verdict.json()["state"_L1].toString(), u"notSealed"_s);
    QCOMPARE(json({u"journal"_s, u"show"_s}, {u"no-such-run"_s}).code, 1);
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

void TestCliPractice::modesAreObeyed_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<bool>("yes");
    QTest::addColumn<int>("code");
    QTest::newRow("read-only") << u"read-only"_s << false << 7;
    QTest::newRow("read-only, yes") << u"read-only"_s << true << 7;
    QTest::newRow("review") << u"review"_s << false << 7;
    QTest::newRow("review, yes") << u"review"_s << true << 0;
    QTest::newRow("confirm") << u"confirm"_s << false << 7;
    QTest::newRow("confirm, yes") << u"confirm"_s << true << 0;
    QTest::newRow("free") << u"free"_s << false << 0;
}

void TestCliPractice::modesAreObeyed()
{
    QFETCH(QString, mode);
    QFETCH(bool, yes);
    QFETCH(int, code);
    setMode(mode);
    const QString city = u"city="_s + QString::fromLatin1(QTest::currentDataTag());
    QStringList rest {u"contact"_s, contact, u"--set"_s, city};
    if (yes)
        rest.append(u"--yes"_s);
    const Ended ended = json({u"update"_s}, rest);
    setMode(u"free"_s);
    QCOMPARE(ended.code, code);
    if (code == 7)
        QCOMPARE(ended.error()["kind"_L1].toString(), u"refused"_s);
}

void TestCliPractice::scripts()
{
    const Ended ended = json({u"script"_s},
                             {u"--source"_s, u"console.log('hello', who); ({n: count + 1})"_s,
                              u"--arg"_s, u"who=world"_s, u"--arg"_s, u"count:=2"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["actions"_L1].toArray().at(0)["result"_L1]["n"_L1].toInt(), 3);
    QCOMPARE(ended.json()["console"_L1].toArray().at(0).toString(), u"hello world"_s);

    const QString source = u"connector.update('contact', '%1', {city: 'Bern'}).city"_s.arg(contact);
    const Ended dry = json({u"script"_s}, {u"--source"_s, source, u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    const QJsonObject write = dry.json()["writes"_L1].toArray().at(0).toObject();
    QCOMPARE(write["operation"_L1].toString(), u"update"_s);
    QCOMPARE(write["_id"_L1].toString(), contact);
    const auto city = [this] {
        return json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"city"_s})
            .json()["city"_L1]
            .toString();
    };
    QVERIFY(city() != "Bern"_L1);

    const QString file = m_program.write(u"move.js"_s, source.toUtf8());
    const Ended sent = run({u"script"_s, m_file, u"--file"_s, file});
    QCOMPARE(sent.code, 0);
    QCOMPARE(sent.out, "\"Bern\"\n");
    QCOMPARE(city(), u"Bern"_s);
    QVERIFY(sent.err.contains("Journal run "));

    const Ended again = json(
        {u"script"_s},
        {u"--source"_s, u"connector.update('contact', '%1', {city: 'Thun'}).city"_s.arg(contact)});
    const QString journalRun = again.json()["journalRun"_L1].toString();
    QCOMPARE(city(), u"Thun"_s);
    const QJsonObject row = json({u"journal"_s, u"show"_s}, {journalRun}).list().at(0).toObject();
    QCOMPARE(row["cells"_L1]["city"_L1]["old"_L1].toString(), u"Bern"_s);
    QCOMPARE(row["cells"_L1]["city"_L1]["new"_L1].toString(), u"Thun"_s);
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {journalRun}).code, 0);
    QCOMPARE(city(), u"Bern"_s);
}

void TestCliPractice::scriptById()
{
    QByteArray provisioner = m_program.content(u"p.json"_s);
    provisioner.insert(provisioner.indexOf('{') + 1,
                       R"("systemActions": [{"scriptId": "probe", "actions": [{"systemType":
                          ".*HubspotConnector", "actionType": "javascript",
                          "actionSource": "6 * 7"}]}, {"scriptId": "old", "actions": [{"systemType":
                          ".*", "actionType": "groovy", "actionSource": "println 1"}]}],)");
    m_program.write(u"p.json"_s, provisioner);
    const Ended ended = run({u"script"_s, m_file, u"--id"_s, u"probe"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.out, "42\n");
    QCOMPARE(json({u"script"_s}, {u"--id"_s, u"none"_s}).code, 1);
    const Ended groovy = json({u"script"_s}, {u"--id"_s, u"old"_s});
    QCOMPARE(groovy.code, 2);
    QVERIFY(groovy.err.contains("server only"));
}

void TestCliPractice::scriptFailures_data()
{
    QTest::addColumn<QStringList>("rest");
    QTest::addColumn<int>("code");
    QTest::newRow("throws") << QStringList {u"--source"_s, u"throw new Error('no')"_s} << 1;
    QTest::newRow("throws a text") << QStringList {u"--source"_s, u"throw 'stop'"_s} << 1;
    QTest::newRow("throws an object") << QStringList {u"--source"_s, u"throw {code: 1}"_s} << 1;
    QTest::newRow("throws null") << QStringList {u"--source"_s, u"throw null"_s} << 1;
    QTest::newRow("rejects") << QStringList {u"--source"_s, u"Promise.reject('no')"_s} << 1;
    QTest::newRow("passes on what is not there")
        << QStringList {u"--source"_s, u"connector.get('contact', '1')"_s} << 1;
    QTest::newRow("passes on a refused argument")
        << QStringList {u"--source"_s, u"connector.get('nothing', '1')"_s} << 1;
    QTest::newRow("too much memory")
        << QStringList {u"--source"_s, u"let t = 'x'; for (;;) { t += t; t.indexOf('y'); }"_s,
                        u"--memory"_s, u"64"_s}
        << 1;
    for (const char *seconds : {"nan", "inf", "-inf", "-1", "0", "1e9", "soon"})
        QTest::addRow("timeout %s", seconds)
            << QStringList {u"--source"_s, u"1"_s,
                            u"--timeout=%1"_s.arg(QLatin1StringView(seconds))}
            << 2;
    for (const char *megabytes : {"0", "-1", "nan", "1000000"})
        QTest::addRow("memory %s", megabytes)
            << QStringList {u"--source"_s, u"1"_s,
                            u"--memory=%1"_s.arg(QLatin1StringView(megabytes))}
            << 2;
    QTest::newRow("no JavaScript") << QStringList {u"--source"_s, u"if ("_s} << 2;
    QTest::newRow("endless") << QStringList {u"--source"_s, u"while (true) {}"_s, u"--timeout"_s,
                                             u"0.2"_s}
                             << 4;
    QTest::newRow("argument without value")
        << QStringList {u"--source"_s, u"1"_s, u"--arg"_s, u"x"_s} << 2;
    QTest::newRow("argument that is not JSON")
        << QStringList {u"--source"_s, u"1"_s, u"--arg"_s, u"x:={"_s} << 2;
    QTest::newRow("two sources") << QStringList {u"--source"_s, u"1"_s, u"--file"_s, u"x.js"_s}
                                 << 2;
    QTest::newRow("no such file") << QStringList {u"--file"_s, u"missing.js"_s} << 2;
}

void TestCliPractice::scriptFailures()
{
    QFETCH(QStringList, rest);
    QTEST(json({u"script"_s}, rest).code, "code");
}

/// What was written before the failure is named, so that it can be taken back.
void TestCliPractice::failedScriptsNameTheirRun()
{
    const Ended failed = json({u"script"_s}, {u"--source"_s, uR"(
        connector.update("contact", "%1", {city: "Thun"});
        throw "late")"_s.arg(contact)});
    QCOMPARE(failed.code, 1);
    QCOMPARE(failed.error()["exitCode"_L1].toInt(), 1);
    QVERIFY(failed.error()["message"_L1].toString().contains(u"(line 3): late"_s));
    const QString journalRun = failed.json()["journalRun"_L1].toString();
    QVERIFY(!journalRun.isEmpty());
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {journalRun}).code, 0);
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

void TestCliPractice::scriptObeysTheMode()
{
    setMode(u"read-only"_s);
    const QString writes = u"connector.remove('contact', '%1')"_s.arg(contact);
    const Ended refused = json({u"script"_s}, {u"--source"_s, writes});
    const Ended reads = json({u"script"_s}, {u"--source"_s, u"connector.test().ok"_s});
    setMode(u"free"_s);
    QCOMPARE(refused.code, 7);
    QVERIFY(refused.err.contains("read-only"));
    QCOMPARE(reads.code, 0);
    QCOMPARE(json({u"get"_s}, {u"contact"_s, contact}).code, 0);
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
