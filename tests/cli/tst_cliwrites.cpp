// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <signal.h>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The verbs that write: what is given arrives as it is or is refused, a dry run is the run without
/// the sending, the record that is written is the one that was named, and what is said of it is
/// true.
class TestCliWrites : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void joinsLists();
    void takesItsOwnOutputBack();
    void keepsEveryDigit_data();
    void keepsEveryDigit();
    void refusesWhatNoPropertyHolds_data();
    void refusesWhatNoPropertyHolds();
    void refusesTextsThatAreNotUtf8_data();
    void refusesTextsThatAreNotUtf8();
    void dryRunIsTheRunWithoutSending_data();
    void dryRunIsTheRunWithoutSending();
    void aTakenValueIsNamedBeforehand();
    void namesTheSurvivorOfAMerge();
    void unknownWhereNobodyKnows();
    void stoppedWhileItWasSent();
    void limitsTheShareOfThePortal();

private:
    Ended json(const QString &verb, const QStringList &rest, const QByteArray &input = {},
               const QString &subVerb = {})
    {
        QStringList arguments {verb};
        if (!subVerb.isEmpty())
            arguments.append(subVerb);
        return program().run(arguments + QStringList {file()} + rest + QStringList {u"--json"_s},
                             input);
    }
    Ended update(const QByteArray &input, const QStringList &more = {})
    {
        return json(u"update"_s, QStringList {u"contact"_s, firstContact, u"--from-json"_s} + more,
                    input);
    }
    [[nodiscard]] QString stored(const QString &property, const QString &id = firstContact)
    {
        const auto reply = m_portal->ask("GET",
                                         "/crm/v3/objects/contacts/" + id.toLatin1()
                                             + "?properties=" + property.toLatin1());
        return reply.property(QLatin1StringView(property.toLatin1()));
    }
    [[nodiscard]] QString make(const QByteArray &email)
    {
        return m_portal
            ->ask("POST", "/crm/v3/objects/contacts",
                  R"({"properties":{"firstname":"Em","email":")" + email + R"("}})")
            .text("id"_L1);
    }
    /// What the journal says of the rows of the last run.
    [[nodiscard]] QStringList lastOutcomes()
    {
        const QJsonArray runs = json(u"journal"_s, {}, {}, u"list"_s).list();
        const QJsonArray rows =
            json(u"journal"_s, {runs.at(0)["id"_L1].toString()}, {}, u"show"_s).list();
        QStringList outcomes;
        for (const QJsonValue &row : rows)
            outcomes.append(row["outcome"_L1].toString());
        return outcomes;
    }
    [[nodiscard]] int sentToContacts(const QString &verb)
    {
        int sent = 0;
        const QJsonObject counts = practice().requests()["counts"_L1].toObject();
        for (auto it = counts.begin(); it != counts.end(); ++it)
            sent += it.key().contains(verb) ? it.value().toInt() : 0;
        return sent;
    }
    [[nodiscard]] Program &program() { return m_portal->program(); }
    [[nodiscard]] Practice &practice() { return m_portal->practice(); }
    [[nodiscard]] QString file() { return program().path(u"p.json"_s); }
    void set(const QStringList &settings)
    {
        const QStringList verb {u"connections"_s, u"set"_s, file()};
        QCOMPARE(program().run(verb + settings).code, 0);
    }

    std::unique_ptr<ServedPortal> m_portal;
};

void TestCliWrites::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(
        QStringList {u"--contacts"_s, u"20"_s, u"--companies"_s, u"5"_s, u"--control"_s,
                     u"--index-delay-ms"_s, u"0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(practice().isServing());
    program().withoutKeychain();
}

void TestCliWrites::init()
{
    practice().control(
        {{u"reset"_s, true}, {u"faults"_s, QJsonArray()}, {u"clearRequests"_s, true}});
    set({u"--mode"_s, u"free"_s, u"--most-percent"_s, u"0"_s});
}

/// Case 01: a list was written as an empty text.
void TestCliWrites::joinsLists()
{
    const Ended ended = update(R"({"hs_buying_role": ["DECISION_MAKER", "BUDGET_HOLDER"]})");

    QCOMPARE(ended.code, 0);
    QCOMPARE(stored(u"hs_buying_role"_s), u"DECISION_MAKER;BUDGET_HOLDER"_s);
    QVERIFY(update(R"({"hs_buying_role": ["BUDGET_HOLDER", "DECISION_MAKER"]})")
                .err.contains("nothing was sent"));
    QCOMPARE(update(R"({"hs_buying_role": []})").code, 0);
    QCOMPARE(stored(u"hs_buying_role"_s), QString());
}

void TestCliWrites::takesItsOwnOutputBack()
{
    const Ended got = json(u"get"_s,
                           {u"contact"_s, firstContact, u"--fields"_s,
                            u"email,firstname,lastname,phone,city,identity-profiles"_s});
    QCOMPARE(got.code, 0);
    QVERIFY2(got.json().size() > 1, got.out.constData());

    const Ended ended = update(got.out);

    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.err.contains("nothing was sent"), ended.err.constData());
    QCOMPARE(sentToContacts(u"/batch/update"_s), 0);
}

void TestCliWrites::keepsEveryDigit_data()
{
    QTest::addColumn<QByteArray>("number");

    for (const char *number :
         {"12345678901234567890", "0.1000000000000000055511151231257827", "-42", "12.50"})
        QTest::newRow(number) << QByteArray(number);
}

void TestCliWrites::keepsEveryDigit()
{
    QFETCH(QByteArray, number);

    const Ended ended = update("{\"phone\": " + number + "}");

    QCOMPARE(ended.code, 0);
    QCOMPARE(stored(u"phone"_s), QString::fromLatin1(number));
}

void TestCliWrites::refusesWhatNoPropertyHolds_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("said");

    QTest::newRow("object") << QByteArray(R"({"phone": {"a": 1}})") << QByteArray("phone");
    QTest::newRow("list of objects")
        << QByteArray(R"({"phone": [{"a": 1}]})") << QByteArray("phone");
    QTest::newRow("separator") << QByteArray(R"({"phone": ["a;b"]})") << QByteArray("phone");
    QTest::newRow("half a character")
        << QByteArray(R"({"phone": "a\ud800b"})") << QByteArray("phone");
    QTest::newRow("given twice") << QByteArray(R"({"phone": "1", "phone": "2"})")
                                 << QByteArray("twice");
    QTest::newRow("list") << QByteArray("[1]") << QByteArray("not an object");
    QTest::newRow("comma too many")
        << QByteArray("{\"phone\": \"1\",\n}") << QByteArray("line 1, column 14");
    QTest::newRow("latin-1") << QByteArray("{\"phone\": \"M\xFCller\"}") << QByteArray("line 1");
    QTest::newRow("nothing") << QByteArray() << QByteArray("line 1");
}

void TestCliWrites::refusesWhatNoPropertyHolds()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, said);
    const QString before = stored(u"phone"_s);

    const Ended ended = update(input);

    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(said), ended.err.constData());
    QCOMPARE(stored(u"phone"_s), before);
}

void TestCliWrites::refusesTextsThatAreNotUtf8_data()
{
    QTest::addColumn<QByteArray>("arguments"); // Of a shell; $1 is the program, $2 the file.

    QTest::newRow("value") << QByteArray("update \"$2\" contact 150000000001 --set "
                                         "\"lastname=$(printf 'M\\374ller')\"");
    QTest::newRow("id") << QByteArray("get \"$2\" contact \"$(printf '1\\374')\"");
    QTest::newRow("filter") << QByteArray("search \"$2\" contact --filter "
                                          "\"$(printf 'city eq \"M\\374\"')\"");
}

void TestCliWrites::refusesTextsThatAreNotUtf8()
{
    QFETCH(QByteArray, arguments);
    QProcess shell;
    program().prepare(shell, {});
    shell.setProgram(u"/bin/sh"_s);
    shell.setArguments({u"-c"_s, u"exec \"$1\" "_s + QString::fromLatin1(arguments), u"sh"_s,
                        QStringLiteral(HUBKEEPER_CLI), file()});
    shell.start();

    const Ended ended = Program::ended(shell);

    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("not UTF-8"), ended.err.constData());
    QCOMPARE(sentToContacts(u"contacts"_s), 0);
}

void TestCliWrites::dryRunIsTheRunWithoutSending_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("code");
    const QStringList update {u"update"_s, u"contact"_s, firstContact};
    const QStringList definition {u"update"_s, u"contactProperties"_s, u"city"_s};

    QTest::newRow("fine") << update + QStringList {u"--set"_s, u"city=Bern"_s} << u"free"_s << 0;
    QTest::newRow("no such property")
        << update + QStringList {u"--set"_s, u"nosuch=1"_s} << u"free"_s << 2;
    QTest::newRow("computed") << update + QStringList {u"--set"_s, u"hs_object_id=4"_s} << u"free"_s
                              << 7;
    const QStringList company {u"--set"_s, u"associatedcompanyid=1"_s};
    QTest::newRow("set by HubSpot, whatever its definition says")
        << update + company << u"free"_s << 7;
    QTest::newRow("created with what HubSpot sets")
        << QStringList {u"create"_s, u"contact"_s, u"--set"_s, u"email=new@example.com"_s} + company
        << u"free"_s << 7;
    QTest::newRow("created with a computed property")
        << QStringList {u"create"_s, u"contact"_s,       u"--set"_s, u"email=new@example.com"_s,
                        u"--set"_s,  u"hs_object_id=4"_s}
        << u"free"_s << 7;
    const QStringList taken {u"--set"_s, u"email="_s + stored(u"email"_s, u"150000000002"_s)};
    QTest::newRow("created with a taken address")
        << QStringList {u"create"_s, u"contact"_s} + taken << u"free"_s << 6;
    QTest::newRow("changed to a taken address") << update + taken << u"free"_s << 6;
    QTest::newRow("changed to its own address in capitals")
        << update + QStringList {u"--set"_s, u"email="_s + stored(u"email"_s).toUpper()}
        << u"free"_s << 0;
    QTest::newRow("script, taken address")
        << QStringList {u"script"_s, u"--source"_s,
                        u"connector.create('contact', {email: '%1'})"_s.arg(
                            stored(u"email"_s, u"150000000002"_s))}
        << u"free"_s << 6;
    QTest::newRow("a property that is there")
        << QStringList {u"create"_s, u"contactProperties"_s,
                        u"--set"_s,  u"name=city"_s,
                        u"--set"_s,  u"label=City"_s,
                        u"--set"_s,  u"groupName=contactinformation"_s,
                        u"--set"_s,  u"type=string"_s,
                        u"--set"_s,  u"fieldType=text"_s}
        << u"free"_s << 6;
    QTest::newRow("bad option") << update + QStringList {u"--set"_s, u"hs_buying_role=NOPE"_s}
                                << u"free"_s << 7;
    QTest::newRow("read-only connection")
        << update + QStringList {u"--set"_s, u"city=Bern"_s} << u"read-only"_s << 7;
    QTest::newRow("create without a name")
        << QStringList {u"create"_s, u"contact"_s, u"--set"_s, u"phone=1"_s} << u"free"_s << 7;
    QTest::newRow("delete, read-only")
        << QStringList {u"delete"_s, u"contact"_s, firstContact, u"--yes"_s} << u"read-only"_s << 7;
    QTest::newRow("definition, read-only")
        << definition + QStringList {u"--set"_s, u"label=Town"_s} << u"read-only"_s << 7;
    QTest::newRow("definition, no such attribute")
        << definition + QStringList {u"--set"_s, u"nosuch=1"_s} << u"free"_s << 2;
    QTest::newRow("script, read-only")
        << QStringList {u"script"_s, u"--source"_s,
                        u"connector.update('contact', '%1', {city: 'Bern'})"_s.arg(firstContact)}
        << u"read-only"_s << 7;
}

/// Case 06: the same checks by the same guard, and the same code.
void TestCliWrites::dryRunIsTheRunWithoutSending()
{
    QFETCH(QStringList, verb);
    QFETCH(QString, mode);
    QFETCH(int, code);
    set({u"--mode"_s, mode});

    const Ended dry = json(verb.first(), verb.mid(1) + QStringList {u"--dry-run"_s});

    QCOMPARE(dry.code, code);
    QCOMPARE(sentToContacts(u"/batch/update"_s), 0);
    QCOMPARE(sentToContacts(u"PATCH"_s), 0);
    if (code == 6) {
        const Ended ran = json(verb.first(), verb.mid(1));
        QVERIFY2(ran.code == code, ran.err);
    }
    if (code == 2 || code == 7) // Whether a thrown refusal is 7 is the script verb's to say.
        QVERIFY(json(verb.first(), verb.mid(1)).code != 0);
}

/// Of a property that HubSpot keeps unique, whatever its name.
void TestCliWrites::aTakenValueIsNamedBeforehand()
{
    const auto made = m_portal->ask(
        "POST", "/crm/v3/properties/contacts",
        R"({"name":"staff_number","label":"Staff number","groupName":"contactinformation",
            "type":"string","fieldType":"text","hasUniqueValue":true})");
    QCOMPARE(made.status, 201);
    const QString other = u"150000000002"_s;
    const QStringList number {u"--set"_s, u"staff_number=S-17"_s};
    QCOMPARE(json(u"update"_s, QStringList {u"contact"_s, other} + number).code, 0);

    const Ended dry =
        json(u"update"_s,
             QStringList {u"contact"_s, firstContact} + number + QStringList {u"--dry-run"_s});
    QCOMPARE(dry.code, 6);
    QVERIFY2(dry.err.contains("staff_number") && dry.err.contains(other.toLatin1()), dry.err);
    QCOMPARE(dry.error()["existingId"_L1].toString(), other);
    QCOMPARE(json(u"update"_s, QStringList {u"contact"_s, firstContact} + number).code, 6);
    const Ended free =
        json(u"update"_s,
             {u"contact"_s, firstContact, u"--set"_s, u"staff_number=S-18"_s, u"--dry-run"_s});
    QVERIFY2(free.code == 0, free.err);
}

/// Case 03: the survivor was archived although the other one was named.
void TestCliWrites::namesTheSurvivorOfAMerge()
{
    const QString first = make("m1@example.com");
    const QString merged = make("m2@example.com");
    const QByteArray order = R"({"primaryObjectId":")" + first.toLatin1()
        + R"(","objectIdToMerge":")" + merged.toLatin1() + R"("})";
    const auto reply = m_portal->ask("POST", "/crm/v3/objects/contacts/merge", order);
    QCOMPARE(reply.status, 200);
    const QString primary = reply.text("id"_L1); // A merge makes a new record.
    const QByteArray sentence = (merged + u" was merged into "_s + primary).toLatin1();

    const Ended deleted = json(u"delete"_s, {u"contact"_s, merged, u"--yes"_s});
    QCOMPARE(deleted.code, 6);
    QVERIFY2(deleted.err.contains(sentence), deleted.err.constData());
    QCOMPARE(deleted.error()["existingId"_L1].toString(), primary);
    QCOMPARE(stored(u"email"_s, primary), u"m1@example.com"_s);

    const Ended got = json(u"get"_s, {u"contact"_s, merged});
    QCOMPARE(got.code, 0);
    QVERIFY(got.err.contains(sentence));
    const Ended updated = json(u"update"_s, {u"contact"_s, merged, u"--set"_s, u"phone=1"_s});
    QCOMPARE(updated.code, 0);
    QVERIFY(updated.err.contains(sentence));

    for (const QString &call :
         {u"update('contact', '%1', {phone: '2'})"_s, u"remove('contact', '%1')"_s}) {
        for (const QStringList &more : {QStringList(), QStringList {u"--dry-run"_s}}) {
            const Ended ended =
                json(u"script"_s,
                     QStringList {u"--source"_s, u"connector."_s + call.arg(merged)} + more);
            QVERIFY(ended.code != 0);
            QVERIFY2(ended.err.contains(sentence), ended.err.constData());
        }
    }
    QCOMPARE(stored(u"phone"_s, primary), u"1"_s);
}

/// R2: the answers to the sending and to the reading after it are not those of a portal.
void TestCliWrites::unknownWhereNobodyKnows()
{
    QCOMPARE(json(u"update"_s, {u"contact"_s, firstContact, u"--set"_s, u"phone=1"_s}).code, 0);
    const int reads = sentToContacts(u"/batch/read"_s); // The last one proves.
    practice().control(
        {{u"clearRequests"_s, true},
         {u"faults"_s,
          QJsonArray {QJsonObject {{u"kind"_s, u"plainText"_s}, {u"path"_s, u"/batch/update"_s}},
                      QJsonObject {{u"kind"_s, u"plainText"_s},
                                   {u"path"_s, u"/batch/read"_s},
                                   {u"nth"_s, reads},
                                   {u"times"_s, -1}}}}});

    const Ended ended = json(u"update"_s, {u"contact"_s, firstContact, u"--set"_s, u"phone=2"_s});

    QCOMPARE(ended.code, 11);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"outcomeUnknown"_s);
    practice().control({{u"faults"_s, QJsonArray()}});
    QCOMPARE(lastOutcomes(), QStringList {u"unknown"_s});
}

void TestCliWrites::stoppedWhileItWasSent()
{
    practice().control({{u"faults"_s,
                         QJsonArray {QJsonObject {{u"kind"_s, u"silenceAfterWork"_s},
                                                  {u"path"_s, u"/batch/update"_s}}}}});
    QProcess process;
    program().prepare(process,
                      {u"update"_s, file(), u"contact"_s, firstContact, u"--set"_s, u"phone=3"_s});
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(sentToContacts(u"/batch/update"_s) > 0, 20'000);

    ::kill(pid_t(process.processId()), SIGTERM);
    const Ended ended = Program::ended(process);

    QCOMPARE(ended.code, 143);
    QVERIFY2(ended.err.contains("unknown"), ended.err.constData());
    QCOMPARE(lastOutcomes(), QStringList {u"unknown"_s});
    QCOMPARE(stored(u"phone"_s), u"3"_s);
}

void TestCliWrites::limitsTheShareOfThePortal()
{
    const QStringList verb {u"contact"_s, firstContact, u"--set"_s, u"phone=4"_s};
    set({u"--most-percent"_s, u"4"_s}); // One of twenty is 5 %.

    for (const QStringList &more : {QStringList(), QStringList {u"--dry-run"_s}}) {
        const Ended ended = json(u"update"_s, verb + more);
        QCOMPARE(ended.code, 7);
        QVERIFY2(ended.err.contains("1 of 20"), ended.err.constData());
    }
    set({u"--most-percent"_s, u"5"_s});
    QCOMPARE(json(u"update"_s, verb).code, 0);
}

HUBKEEPER_TEST(TestCliWrites)
#include "tst_cliwrites.moc"
