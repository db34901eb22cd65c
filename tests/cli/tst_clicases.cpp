// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// What users of other tools reported, as they would meet it on the command line.
class TestCliCases : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void takesAWholeObjectBack();
    void namesUnknownProperties();
    void takesTheNamesOfTheFile();
    void refusesSecondsForMilliseconds();
    void stagesOnlyMoveForward();
    void revertsAStage();
    void asksBeforeASecondCompanyOfADomain();
    void refusesLiteralsOfAnotherKind_data();
    void refusesLiteralsOfAnotherKind();
    void saysThatAnAttributeIsUnknown();
    void saysHowLongAMoveTakes();
    void namesTheValueThatWasRefused();
    void namesTheRecordThatHasTheValue();
    void namesEveryFault();
    void findsLettersAsTheyLook_data();
    void findsLettersAsTheyLook();

private:
    Ended run(const QStringList &verb, const QStringList &rest, const QByteArray &input = {})
    {
        return program().run(verb + QStringList {file()} + rest, input);
    }
    Ended json(const QStringList &verb, const QStringList &rest, const QByteArray &input = {})
    {
        return run(verb, rest + QStringList {u"--json"_s}, input);
    }
    Ended set(const QString &setting, const QStringList &more = {})
    {
        return run({u"update"_s},
                   QStringList {u"contact"_s, firstContact, u"--set"_s, setting} + more);
    }
    [[nodiscard]] QString stored(const QByteArray &property)
    {
        return m_portal
            ->get("/crm/v3/objects/contacts/" + firstContact.toLatin1() + "?properties=" + property)
            .property(QLatin1StringView(property));
    }
    [[nodiscard]] Program &program() { return m_portal->program(); }
    [[nodiscard]] QString file() { return program().path(u"p.json"_s); }

    std::unique_ptr<ServedPortal> m_portal;
    QByteArray m_file;
};

void TestCliCases::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(
        QStringList {u"--contacts"_s, u"20"_s, u"--companies"_s, u"5"_s, u"--control"_s,
                     u"--index-delay-ms"_s, u"0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_portal->practice().isServing());
    program().withoutKeychain();
    m_file = program().content(u"p.json"_s);
}

void TestCliCases::init()
{
    m_portal->practice().control(
        {{u"reset"_s, true}, {u"faults"_s, QJsonArray()}, {u"clearRequests"_s, true}});
    program().write(u"p.json"_s, m_file);
    QCOMPARE(run({u"connections"_s, u"set"_s}, {u"--mode"_s, u"free"_s}).code, 0);
}

/// Case 01: all that `get` prints, what the connector computes included.
void TestCliCases::takesAWholeObjectBack()
{
    const Ended got = json({u"get"_s}, {u"contact"_s, firstContact});
    QCOMPARE(got.code, 0);
    QVERIFY2(got.json().contains("vid"_L1) || got.json().contains("addedAt"_L1),
             got.out.constData());

    const Ended ended = run({u"update"_s}, {u"contact"_s, firstContact, u"--from-json"_s}, got.out);

    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.contains("nothing was sent"), ended.err.constData());
    QJsonObject changed = got.json();
    changed.insert(u"addedAt"_s, u"2001-01-01T00:00:00Z"_s);
    QCOMPARE(run({u"update"_s}, {u"contact"_s, firstContact, u"--from-json"_s},
                 QJsonDocument(changed).toJson())
                 .code,
             2);
}

void TestCliCases::namesUnknownProperties()
{
    const Ended ended = set(u"nonsense=x"_s, {u"--dry-run"_s});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("nonsense"), ended.err.constData());
}

/// Case 28: a file may give attributes other names.
void TestCliCases::takesTheNamesOfTheFile()
{
    QJsonObject provisioner = QJsonDocument::fromJson(m_file).object();
    const auto attribute = [](const QString &native) {
        return QJsonObject {
            {u"type"_s, u"string"_s}, {u"nativeName"_s, native}, {u"nativeType"_s, u"string"_s}};
    };
    provisioner[u"objectTypes"_s] =
        QJsonObject {{u"account"_s,
                      QJsonObject {{u"type"_s, u"object"_s},
                                   {u"nativeType"_s, u"contact"_s},
                                   {u"properties"_s,
                                    QJsonObject {{u"mail"_s, attribute(u"email"_s)},
                                                 {u"sn"_s, attribute(u"lastname"_s)}}}}}};
    program().write(u"p.json"_s, QJsonDocument(provisioner).toJson());
    const QString address = stored("email");
    QVERIFY(!address.isEmpty());

    const Ended found =
        json({u"search"_s}, {u"contact"_s, u"--filter"_s, u"mail eq \"%1\""_s.arg(address)});
    QCOMPARE(found.code, 0);
    QCOMPARE(found.json()["result"_L1].toArray().size(), 1);
    const Ended got = json({u"get"_s}, {u"contact"_s, firstContact, u"--fields"_s, u"mail,sn"_s});
    QCOMPARE(got.json()["email"_L1].toString(), address);
    QCOMPARE(set(u"sn=Novak"_s).code, 0);
    QCOMPARE(stored("lastname"), u"Novak"_s);
}

/// Case 20
void TestCliCases::refusesSecondsForMilliseconds()
{
    const Ended ended = set(u"closedate=1745000000"_s);
    QVERIFY(ended.code != 0);
    QVERIFY2(ended.err.contains("1970-01-21") && ended.err.contains("2025-04-18T18:13:20Z"),
             ended.err.constData());
    QCOMPARE(set(u"closedate=1745000000000"_s).code, 0);
    QCOMPARE(stored("closedate"), u"2025-04-18T18:13:20.000Z"_s);
}

/// Case 04: it is said before sending, in a dry run too, and what helps.
void TestCliCases::stagesOnlyMoveForward()
{
    QCOMPARE(set(u"lifecyclestage=customer"_s).code, 0);
    for (const QStringList &more : {QStringList {u"--dry-run"_s}, QStringList {}}) {
        const Ended ended = set(u"lifecyclestage=lead"_s, more);
        QCOMPARE(ended.code, 7);
        QVERIFY2(ended.err.contains("only forward")
                     && ended.err.contains("Clear lifecyclestage first"),
                 ended.err.constData());
    }
    QCOMPARE(set(u"lifecyclestage="_s).code, 0);
    QCOMPARE(set(u"lifecyclestage=lead"_s).code, 0);
    QCOMPARE(stored("lifecyclestage"), u"lead"_s);
}

/// Case 31
void TestCliCases::revertsAStage()
{
    QCOMPARE(set(u"lifecyclestage="_s).code, 0);
    QCOMPARE(set(u"lifecyclestage=lead"_s).code, 0);
    QCOMPARE(set(u"lifecyclestage=customer"_s).code, 0);
    const QString id = json({u"journal"_s, u"list"_s}, {}).list().at(0)["id"_L1].toString();

    const Ended ended = run({u"journal"_s, u"revert"_s}, {id, u"--yes"_s});

    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(stored("lifecyclestage"), u"lead"_s);
}

/// Case 24: HubSpot makes any number of companies with one domain.
void TestCliCases::asksBeforeASecondCompanyOfADomain()
{
    const auto create = [this](const QString &domain, const QStringList &more = {}) {
        return run({u"create"_s},
                   QStringList {u"company"_s, u"--set"_s, u"name=Acme"_s, u"--set"_s,
                                u"domain="_s + domain}
                       + more);
    };
    const Ended first = create(u"dup.example.com"_s);
    QVERIFY2(first.code == 0, first.err.constData());
    const QByteArray id = first.out.trimmed();

    for (const QStringList &more : {QStringList {}, QStringList {u"--dry-run"_s}}) {
        const Ended second = create(u"DUP.example.com"_s, more);
        QCOMPARE(second.code, 6);
        QVERIFY2(second.err.contains(id) && second.err.contains("--yes"), second.err.constData());
    }
    const Ended third = create(u"https://www.DUP.example.com/about"_s);
    QVERIFY(third.code != 0);
    QVERIFY2(third.err.contains("write dup.example.com"), third.err.constData());
    QCOMPARE(create(u"dup.example.com"_s, {u"--yes"_s}).code, 0);
}

void TestCliCases::refusesLiteralsOfAnotherKind_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("instant") << u"addedAt ge \"29.11.2026\""_s
                             << QByteArray("2026-11-29T10:00:00Z");
    QTest::newRow("among others") << u"firstname sw \"A\" and !(addedAt lt \"soon\")"_s
                                  << QByteArray("“soon”");
}

/// Case 19: it looked as if there were nothing.
void TestCliCases::refusesLiteralsOfAnotherKind()
{
    QFETCH(QString, filter);
    QFETCH(QByteArray, says);
    const Ended ended = run({u"search"_s}, {u"contact"_s, u"--filter"_s, filter});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(says), ended.err.constData());
}

void TestCliCases::saysThatAnAttributeIsUnknown()
{
    const Ended ended = json({u"search"_s}, {u"contact"_s, u"--filter"_s, u"nonsense pr"_s});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.json()["result"_L1].toArray().isEmpty());
    QVERIFY2(ended.err.contains("no attribute “nonsense”"), ended.err.constData());
}

/// Case 29
void TestCliCases::saysHowLongAMoveTakes()
{
    m_portal->practice().setFault({{u"kind"_s, u"moving"_s}, {u"pauseMs"_s, 3'600'000}});
    const Ended ended = run({u"get"_s}, {u"contact"_s, firstContact});
    QVERIFY(ended.code != 0);
    QVERIFY2(ended.err.contains("The account is being moved. Try again in 60 minutes."),
             ended.err.constData());
}

/// Case 27: it was typed two lines above.
void TestCliCases::namesTheValueThatWasRefused()
{
    for (const QString &setting :
         {u"email=a..b@example.com"_s, u"hubspot_owner_id=owner1@hubkeeper.example"_s}) {
        const Ended ended = set(setting);
        QVERIFY(ended.code != 0);
        QVERIFY2(ended.err.contains(setting.section(u'=', 1).toUtf8()), ended.err.constData());
    }
}

void TestCliCases::namesTheRecordThatHasTheValue()
{
    const QString other = m_portal->get("/crm/v3/objects/contacts/150000000002?properties=email")
                              .property("email"_L1);
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, firstContact, u"--set"_s, u"email="_s + other});
    QCOMPARE(ended.code, 6);
    QCOMPARE(ended.error()["existingId"_L1].toString(), u"150000000002"_s);
}

/// Case 22: the first one alone was in the JSON.
void TestCliCases::namesEveryFault()
{
    const Ended ended = json({u"update"_s},
                             {u"contact"_s, firstContact, u"--set"_s, u"kloutscoregeneral=abc"_s,
                              u"--set"_s, u"hs_object_id=4"_s});
    QCOMPARE(ended.code, 7);
    QStringList named;
    for (const QJsonValue &field : ended.error()["fields"_L1].toArray()) {
        named.append(field["property"_L1].toString());
        QVERIFY(!field["code"_L1].toString().isEmpty());
        QVERIFY(!field["message"_L1].toString().isEmpty());
    }
    named.sort();
    QCOMPARE(named, (QStringList {u"hs_object_id"_s, u"kloutscoregeneral"_s}));
}

void TestCliCases::findsLettersAsTheyLook_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("found");
    // clang-format off
    QTest::newRow("capital I with a dot") << u"city co \"istanbul\""_s  << 1;
    QTest::newRow("composed")             << u"city co \"zürich\""_s    << 2;
    QTest::newRow("decomposed")           << u"city co \"zu\u0308rich\""_s << 2;
    QTest::newRow("without the mark")     << u"city co \"zurich\""_s    << 2;
    QTest::newRow("the beginning")        << u"city sw \"ZUR\""_s       << 2;
    QTest::newRow("the end")              << u"city ew \"rich\""_s      << 2;
    QTest::newRow("the middle")           << u"city co \"uri\""_s       << 2;
    QTest::newRow("one of two")           << u"city sw \"zur\" and firstname eq \"Ada\""_s << 1;
    // clang-format on
}

/// Case 37: HubSpot's search looks for tokens, and takes an accent for another letter.
void TestCliCases::findsLettersAsTheyLook()
{
    QFETCH(const QString, filter);
    QFETCH(const int, found);
    const auto make = [this](const QString &email, const QString &name, const QString &city) {
        const Ended made = run({u"create"_s},
                               {u"contact"_s, u"--set"_s, u"email="_s + email, u"--set"_s,
                                u"firstname="_s + name, u"--set"_s, u"city="_s + city});
        QVERIFY2(made.code == 0, made.err.constData());
    };
    make(u"one@example.com"_s, u"Ayse"_s, u"\u0130stanbul"_s);
    make(u"two@example.com"_s, u"Ada"_s, u"Z\u00fcrich"_s);
    make(u"three@example.com"_s, u"Eve"_s, u"Zu\u0308rich"_s);
    const Ended ended =
        json({u"search"_s},
             {u"contact"_s, u"--filter"_s, u"(%1) and email ew \"@example.com\""_s.arg(filter)});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(ended.json()["result"_L1].toArray().size(), found);
}

HUBKEEPER_TEST(TestCliCases)
#include "tst_clicases.moc"
