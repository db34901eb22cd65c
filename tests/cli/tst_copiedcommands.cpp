// SPDX-License-Identifier: MIT
#include "net/curlline.h"
#include "portal/portalwriter.h"
#include "requests/cliline.h"
#include "servedportal.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

#include <functional>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

using Send = std::function<void(PortalWriter &, QObject *)>;
Q_DECLARE_METATYPE(Send)

namespace {

const QString contactsPath = u"/crm/objects/2026-09/contacts"_s;
// A folder no careless quoting survives.
const QString folder = u"it's $(touch pwned) \"x\" ü/-f"_s;

/// Waits for a call, whatever becomes of it.
template <typename T>
void done(Call<T> *call)
{
    (void)outcomeOf(call, 30'000);
}

QHash<QString, QString> cells(const QString &value)
{
    return {{u"city"_s, value}, {u"message"_s, u"x "_s + value}};
}

BatchInput input(const QString &id, const QHash<QString, QString> &properties)
{
    BatchInput input;
    input.traceId = u"trace-"_s + id;
    input.id = id;
    input.properties = properties;
    return input;
}

} // namespace

/// What the Requests dock copies, run by a shell: the real hubkeeper-cli and curl do to the portal
/// what the request did.
class TestCopiedCommands : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void reads_data();
    void reads();
    void writes_data();
    void writes();
    void archives_data();
    void archives();
    void curl_data();
    void curl();
    void curlOfASignIn();

private:
    void openSession();
    /// Sends on a fresh portal; what the traffic log has of the last call.
    TrafficRecord recordOf(const Send &send);
    Ended shell(const QString &line, const QByteArray &typed = {});
    /// The contacts with what the rows write, and the ids of the archived ones.
    QByteArray contents();
    [[nodiscard]] QJsonObject lastRequest()
    {
        return m_served->practice().requests()["requests"_L1].toArray().last().toObject();
    }
    void reset() { m_served->practice().control({{u"reset"_s, true}}); }

    std::unique_ptr<ServedPortal> m_served;
    QString m_file;
    QTemporaryDir m_journal;
    SystemClock m_clock;
    MemorySecretStore m_secrets;
    BudgetRegistry m_budgets;
    std::unique_ptr<Session> m_session;
};

void TestCopiedCommands::initTestCase()
{
    m_served = std::make_unique<ServedPortal>(
        QStringList {u"--control"_s, u"--write-provisioner"_s, u"p.json"_s, u"--contacts"_s, u"8"_s,
                     u"--companies"_s, u"3"_s, u"--limit"_s, u"oauthPerWindow=0"_s, u"--limit"_s,
                     u"staticPerWindow=0"_s});
    QVERIFY(m_served->practice().isServing());
    Program &program = m_served->program();
    m_file = program.write(folder + u"/p.json"_s, program.content(u"p.json"_s));
    program.set(u"PATH"_s,
                QFileInfo(QStringLiteral(HUBKEEPER_CLI)).path() + u':'
                    + qEnvironmentVariable("PATH"));
    program.withoutKeychain();
    QCOMPARE(program
                 .run({u"connections"_s, u"set"_s, m_file, u"--base-url"_s,
                       m_served->practice().url().toString(), u"--kind"_s, u"practice"_s,
                       u"--mode"_s, u"free"_s, u"--confirm-label"_s, u"p"_s})
                 .code,
             0);
    openSession();
}

void TestCopiedCommands::openSession()
{
    m_session.reset();
    SessionParts parts;
    parts.connection.id = u"copied"_s;
    parts.connection.kind = ConnectionKind::Practice;
    parts.provisioner = std::make_shared<ProvisionerFacts>();
    parts.transport.base = m_served->practice().url();
    parts.permitsPerSecond = 1000;
    parts.credentials = {QString::fromLatin1(m_served->clientId()),
                         Secret(m_served->clientSecret()), Secret(m_served->refreshToken())};
    auto journal = Journal::open(m_journal.filePath(u"journal.sqlite"_s), m_clock, Secret());
    QVERIFY(journal);
    parts.journal = std::move(*journal);
    m_session = std::make_unique<Session>(
        std::move(parts),
        SessionServices {m_clock, m_secrets, Paths::below(m_journal.path()), m_budgets});
    m_session->traffic().setKeepsBodies(true);
}

void TestCopiedCommands::cleanupTestCase()
{
    m_session.reset();
    m_served.reset();
}

TrafficRecord TestCopiedCommands::recordOf(const Send &send)
{
    reset();
    openSession(); // A token of before is not known any more.
    PortalReader &reader = m_session->portal();
    PortalWriter writer(reader.client(), reader.version());
    send(writer, m_session.get());
    return m_session->traffic().records().back();
}

Ended TestCopiedCommands::shell(const QString &line, const QByteArray &typed)
{
    m_served->program().set(u"HUBSPOT_TOKEN"_s,
                            QString::fromLatin1(m_served->announced(u"staticToken"_s)));
    QProcess process;
    m_served->program().prepare(process, {});
    process.setProgram(u"sh"_s);
    process.setArguments({u"-c"_s, line});
    process.start();
    process.write(typed);
    process.closeWriteChannel();
    return Program::ended(process);
}

QByteArray TestCopiedCommands::contents()
{
    const QByteArray list =
        contactsPath.toLatin1() + "?limit=100&properties=firstname,email,city,message";
    QJsonArray all;
    const QJsonArray live = m_served->get(list).results();
    for (const QJsonValue &record : live) {
        QJsonObject properties = record["properties"_L1].toObject();
        for (const QString &name : {u"createdate"_s, u"lastmodifieddate"_s})
            properties.remove(name);
        all.append(properties);
    }
    const QJsonArray archived = m_served->get(list + "&archived=true").results();
    for (const QJsonValue &record : archived)
        all.append(record["id"_L1]);
    return QJsonDocument(all).toJson();
}

void TestCopiedCommands::reads_data()
{
    QTest::addColumn<Send>("send");
    QTest::addColumn<QString>("seen"); // By the portal, when the command ran.
    const auto row = [](const char *name, const Send &send, const QString &seen) {
        QTest::newRow(name) << send << seen;
    };
    row(
        "record",
        [](PortalWriter &p, QObject *its) {
            done(p.read(ObjectType::Contacts, firstContact, {}, its));
        },
        u"GET "_s + contactsPath + u'/' + firstContact);
    row(
        "company",
        [](PortalWriter &p, QObject *its) {
            done(p.read(ObjectType::Companies, u"30000000001"_s, {}, its));
        },
        u"GET /crm/objects/2026-09/companies/30000000001"_s);
    row(
        "list", [](PortalWriter &p, QObject *its) { done(p.list(ObjectType::Contacts, {}, its)); },
        u"GET "_s + contactsPath);
    row(
        "batch",
        [](PortalWriter &p, QObject *its) {
            done(p.batchRead(ObjectType::Contacts, {firstContact}, {u"email"_s}, its));
        },
        u"GET "_s + contactsPath + u'/' + firstContact);
    row(
        "owners", [](PortalWriter &p, QObject *its) { done(p.owners({}, false, its)); },
        u"GET /crm/owners/2026-09"_s);
    row(
        "definitions",
        [](PortalWriter &p, QObject *its) { done(p.properties(ObjectType::Contacts, its)); },
        u"GET /crm/properties/2026-09/contacts"_s);
}

void TestCopiedCommands::reads()
{
    QFETCH(Send, send);
    QFETCH(QString, seen);
    const auto line = cliLine(recordOf(send), m_file);
    QVERIFY(line);
    reset();
    const Ended ended = shell(*line);
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(!ended.out.isEmpty());
    QVERIFY2(m_served->practice().count(seen) >= 1,
             QJsonDocument(m_served->practice().requests()["counts"_L1].toObject()).toJson());
}

void TestCopiedCommands::writes_data()
{
    QTest::addColumn<Send>("send");
    const QList<std::pair<const char *, QString>> values {
        {"plain", u"Bern"_s},
        {"single quotes", u"O'Neil's ''"_s},
        {"double quotes", u"say \"hi\""_s},
        {"line ends", u"\none\n\ntwo\n"_s},
        {"carriage return", u"one\r\ntwo"_s},
        {"command", u"$(touch pwned) `touch pwned`; touch pwned & | > pwned"_s},
        {"variable", u"$HOME ${IFS} ~ * ? [a]"_s},
        {"other scripts", u"Łódź 東京 \U0001F98A عربي"_s},
        {"dash", u"-x"_s},
        {"option", u"--yes"_s},
        {"file", u"@/etc/hostname"_s},
        {"equals", u"=a=b="_s},
        {"backslashes", u"\\n \\' \\\\"_s},
        {"percent", u"%s %2F %n"_s},
        {"list", u"[a,b]"_s},
        {"braces", u"{\"a\": 1}"_s},
        {"history", u"!! !$ #x"_s},
        {"blanks", u"  two  blanks\t"_s},
        {"cleared", QString()},
    };
    for (const auto &named : values) {
        const QByteArray tag(named.first);
        const QString value = named.second;
        QTest::newRow(tag + ", update") << Send([value](PortalWriter &p, QObject *its) {
            done(p.update(ObjectType::Contacts, firstContact, cells(value), its));
        });
        QTest::newRow(tag + ", create") << Send([value](PortalWriter &p, QObject *its) {
            auto properties = cells(value);
            properties.insert(u"firstname"_s, u"Nell"_s);
            done(p.create(ObjectType::Contacts, properties, its));
        });
        QTest::newRow(tag + ", batch update") << Send([value](PortalWriter &p, QObject *its) {
            done(p.batchUpdate(
                ObjectType::Contacts,
                {input(firstContact, cells(value)), input(secondContact, cells(u"Bonn"_s))}, its));
        });
    }
    QTest::newRow("batch create") << Send([](PortalWriter &p, QObject *its) {
        done(p.batchCreate(ObjectType::Contacts,
                           {input({}, {{u"firstname"_s, u"a b"_s}}),
                            input({}, {{u"email"_s, u"o'neil@example.com"_s}})},
                           its));
    });
}

void TestCopiedCommands::writes()
{
    QFETCH(Send, send);
    reset();
    const QByteArray before = contents();
    const auto line = cliLine(recordOf(send), m_file);
    QVERIFY(line);
    const QByteArray byTheRequest = contents();
    const QStringList files = QDir(m_served->program().path({})).entryList(QDir::Files);

    reset();
    QCOMPARE(contents(), before);
    const Ended ended = shell(*line);
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(contents(), byTheRequest);
    QVERIFY(byTheRequest != before || QByteArray(QTest::currentDataTag()).startsWith("cleared"));
    // Nothing else was done.
    QCOMPARE(QDir(m_served->program().path({})).entryList(QDir::Files), files);
}

void TestCopiedCommands::archives_data()
{
    QTest::addColumn<Send>("send");
    QTest::newRow("one") << Send([](PortalWriter &p, QObject *its) {
        done(p.archive(ObjectType::Contacts, firstContact, its));
    });
    QTest::newRow("batch") << Send([](PortalWriter &p, QObject *its) {
        done(p.batchArchive(ObjectType::Contacts, {firstContact, secondContact}, its));
    });
}

/// Pasted into a terminal it archives nothing until --yes is added.
void TestCopiedCommands::archives()
{
    QFETCH(Send, send);
    QString line = cliLine(recordOf(send), m_file).value_or(QString());
    const QByteArray byTheRequest = contents();
    reset();
    const QByteArray before = contents();
    QVERIFY(byTheRequest != before);
    QCOMPARE(shell(line).code, 7);
    QCOMPARE(contents(), before);
    QCOMPARE(shell(line.replace(u'\n', u" --yes\n"_s) + u" --yes"_s).code, 0);
    QCOMPARE(contents(), byTheRequest);
}

void TestCopiedCommands::curl_data()
{
    reads_data();
    for (const char *value : {"O'Neil \"x\" $HOME `id` \\n \xc3\xbc", "@/etc/hostname", "-x"}) {
        const QString text = QString::fromUtf8(value);
        QTest::addRow("update %s", value) << Send([text](PortalWriter &p, QObject *its) {
            done(p.update(ObjectType::Contacts, firstContact, cells(text), its));
        }) << QString();
        QTest::addRow("create %s", value) << Send([text](PortalWriter &p, QObject *its) {
            auto properties = cells(text);
            properties.insert(u"firstname"_s, u"Nell"_s);
            done(p.create(ObjectType::Contacts, properties, its));
        }) << QString();
    }
    QTest::newRow("search") << Send([](PortalWriter &p, QObject *its) {
        SearchQuery query;
        query.groups = {{{u"city"_s, SearchOperator::Eq, u"O'Neil [1] {2} \"x\""_s, {}, {}}}};
        done(p.search(ObjectType::Contacts, query, its));
    }) << QString();
    QTest::newRow("read by address") << Send([](PortalWriter &p, QObject *its) {
        ReadOptions options;
        options.idProperty = u"email"_s;
        done(p.read(ObjectType::Contacts, u"o'neil+x&y@example.com"_s, options, its));
    }) << QString();
    QTest::newRow("archive") << Send([](PortalWriter &p, QObject *its) {
        done(p.archive(ObjectType::Contacts, firstContact, its));
    }) << QString();
    QTest::newRow("merge") << Send([](PortalWriter &p, QObject *its) {
        done(p.merge(ObjectType::Contacts, firstContact, secondContact, its));
    }) << QString();
}

void TestCopiedCommands::curl()
{
    if (QStandardPaths::findExecutable(u"curl"_s).isEmpty())
        QSKIP("curl is not installed.");
    QFETCH(Send, send);
    const TrafficRecord record = recordOf(send);
    const QJsonObject original = lastRequest();
    reset();
    const Ended ended = shell(curlLine(record));
    QVERIFY2(ended.code == 0, ended.err.constData());
    const QJsonObject again = lastRequest();
    for (const QString &member : {u"method"_s, u"path"_s, u"query"_s, u"body"_s, u"status"_s})
        QCOMPARE(again[member], original[member]);
    QCOMPARE(again["headers"_L1]["content-type"_L1], original["headers"_L1]["content-type"_L1]);
    QVERIFY(original["status"_L1].toInt() >= 200);
    QVERIFY(!curlLine(record).contains(QString::fromLatin1(m_served->announced(u"staticToken"_s))));
}

/// A body with secrets is not in the line; curl reads it from standard input.
void TestCopiedCommands::curlOfASignIn()
{
    if (QStandardPaths::findExecutable(u"curl"_s).isEmpty())
        QSKIP("curl is not installed.");
    reset();
    openSession(); // Without a token yet.
    done(m_session->portal().read(ObjectType::Contacts, firstContact, {}, m_session.get()));
    const TrafficRecord record = m_session->traffic().records().front();
    QVERIFY(record.requestBodyHidden);
    const QString line = curlLine(record);
    QVERIFY(!line.contains(QString::fromLatin1(m_served->clientSecret())));
    QVERIFY(!line.contains(QString::fromLatin1(m_served->refreshToken())));
    const Ended ended =
        shell(line,
              "grant_type=refresh_token&client_id=" + m_served->clientId() + "&client_secret="
                  + m_served->clientSecret() + "&refresh_token=" + m_served->refreshToken());
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.json().contains("access_token"_L1), ended.out.constData());
}

HUBKEEPER_TEST(TestCopiedCommands)
#include "tst_copiedcommands.moc"
