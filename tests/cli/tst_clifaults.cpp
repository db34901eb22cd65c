// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/certificates.h"
#include "testkit/testprogram.h"

#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString creates = u"POST /crm/objects/2026-09/contacts"_s;

QJsonObject fault(const QString &kind, const QString &method, const QString &path, int times = 1)
{
    return {{u"kind"_s, kind}, {u"method"_s, method}, {u"path"_s, path}, {u"times"_s, times}};
}

} // namespace

/// What goes wrong between the program and a portal: the sentence, the exit code, what was sent.
class TestCliFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void unusableFiles_data();
    void unusableFiles();
    void wrongSecret();
    void secretsFromStandardInput();
    void noSecretsAnywhere();
    void unreachable();
    void refusesForeignAddresses();
    void untrustedCertificate();
    void replies_data();
    void replies();
    void aCreateIsSentOnce_data();
    void aCreateIsSentOnce();
    void unknownOutcome();
    void conflictIsNotOverwritten();
    void noSecretInLogs();
    void interruptedWhileWaiting();
    void interruptedWhileServing();

private:
    Ended json(const QStringList &verb, const QStringList &rest = {}, const QByteArray &input = {})
    {
        return m_program.run(verb + QStringList {m_file} + rest + QStringList {u"--json"_s}, input);
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
};

void TestCliFaults::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
}

void TestCliFaults::init()
{
    m_practice->control({{u"reset"_s, true}, {u"faults"_s, QJsonArray()}});
}

void TestCliFaults::unusableFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("empty") << QByteArray() << QByteArray("not a provisioner");
    QTest::newRow("truncated") << QByteArray("{\"configurationProperties\": {")
                               << QByteArray("line 1");
    QTest::newRow("foreign") << QByteArray("{\"dependencies\": {}}")
                             << QByteArray("configurationProperties");
    QTest::newRow("no client id") << QByteArray(R"({"configurationProperties": {}})")
                                  << QByteArray("clientId");
    QTest::newRow("an archive") << QByteArray("PK\x03\x04....") << QByteArray("not a provisioner");
}

void TestCliFaults::unusableFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, said);
    const QString file = m_program.write(u"bad.json"_s, content);
    const Ended ended = m_program.run({u"test"_s, file, u"--json"_s});
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"invalidInput"_s);
    QVERIFY2(ended.err.contains(said), ended.err.constData());
    const Ended missing = m_program.run({u"test"_s, u"missing.json"_s});
    QCOMPARE(missing.code, 2);
    QVERIFY(missing.err.contains("missing.json"));
}

void TestCliFaults::wrongSecret()
{
    const Ended ended =
        json({u"search"_s}, {u"contact"_s, u"--secrets-stdin"_s},
             R"({"clientSecret": "not-the-secret", "refreshToken": "not-the-token"})");
    QCOMPARE(ended.code, 3);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"unauthorized"_s);
    QVERIFY(!(ended.out + ended.err).contains("not-the-"));
}

void TestCliFaults::secretsFromStandardInput()
{
    const QJsonObject properties = QJsonDocument::fromJson(m_program.content(u"p.json"_s))
                                       .object()["configurationProperties"_L1]
                                       .toObject();
    const QJsonObject secrets {{u"clientSecret"_s, properties["clientSecret"_L1]},
                               {u"refreshToken"_s, properties["refreshToken"_L1]}};
    QByteArray bare = m_program.content(u"p.json"_s);
    for (const QJsonValue &secret : secrets)
        bare.replace('"' + secret.toString().toUtf8() + '"', "null");
    const QString file = m_program.write(u"bare.json"_s, bare);
    const QStringList test {u"test"_s,       file,
                            u"--base-url"_s, m_practice->url().toString(),
                            u"--json"_s,     u"--secrets-stdin"_s};
    const Ended ended = m_program.run(test, QJsonDocument(secrets).toJson());
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["ok"_L1].toBool(), true);
    QCOMPARE(m_program.run(test, "no JSON").code, 2);
    QCOMPARE(m_program.run(test, "{}").code, 2);
}

void TestCliFaults::noSecretsAnywhere()
{
    const QString file = m_program.write(u"sample.json"_s, [] {
        QFile sample(QStringLiteral(HUBKEEPER_SOURCE_DIR
                                    "/resources/samples/provisioner.openicf-hubspot.json"));
        return sample.open(QIODevice::ReadOnly) ? sample.readAll() : QByteArray();
    }());
    const Ended ended = m_program.run({u"test"_s, file, u"--json"_s});
    QCOMPARE(ended.code, 3);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"noKeychain"_s);
    const Ended stored = m_program.run({u"secrets"_s, u"set"_s, file, u"--secrets-stdin"_s},
                                       R"({"clientSecret": "abc-secret"})");
    QCOMPARE(stored.code, 3);
    QVERIFY(!stored.err.contains("abc-secret"));
}

void TestCliFaults::unreachable()
{
    QTcpServer nobody;
    QVERIFY(nobody.listen(QHostAddress::LocalHost));
    const QString url = u"http://127.0.0.1:%1"_s.arg(nobody.serverPort());
    nobody.close();
    const Ended ended = json({u"get"_s}, {u"contact"_s, firstContact, u"--base-url"_s, url});
    QCOMPARE(ended.code, 4);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"offline"_s);
}

void TestCliFaults::refusesForeignAddresses()
{
    const Ended ended =
        json({u"get"_s}, {u"contact"_s, firstContact, u"--base-url"_s, u"https://example.com"_s});
    QCOMPARE(ended.code, 7);
    QCOMPARE(json({u"get"_s}, {u"contact"_s, firstContact, u"--api-version"_s, u"v1"_s}).code, 2);
}

void TestCliFaults::untrustedCertificate()
{
    if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
        QSKIP("openssl is not installed.");
    Certificates certificates;
    (void)certificates.server(u"own"_s, u"DNS:localhost,IP:127.0.0.1"_s, 10, {});
    Program program;
    program.withoutKeychain();
    const Practice secure(program,
                          {u"--tls-cert"_s, certificates.path(u"own.pem"_s), u"--tls-key"_s,
                           certificates.path(u"own.key"_s)});
    QVERIFY(secure.isServing());
    const QStringList get {u"get"_s, program.path(u"p.json"_s), u"contact"_s, firstContact,
                           u"--json"_s};
    const Ended ended = program.run(get);
    QCOMPARE(ended.code, 10);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"untrusted"_s);
    QVERIFY(ended.err.contains("certificate"));

    program.write(u"p.json"_s,
                  program.content(u"p.json"_s)
                      .replace("\"acceptSelfSignedCertificates\": false",
                               "\"acceptSelfSignedCertificates\": true"));
    QCOMPARE(program.run(get).code, 0);
}

void TestCliFaults::replies_data()
{
    QTest::addColumn<QJsonObject>("wrong");
    QTest::addColumn<QStringList>("verb");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("kind");
    const QStringList get {u"get"_s};
    const QString anywhere = u"/contacts"_s;
    const auto status = [&](int number, int times) {
        QJsonObject object = fault(u"statusJson"_s, {}, anywhere, times);
        object.insert(u"status"_s, number);
        return object;
    };
    QTest::newRow("400") << status(400, -1) << get << 10 << u"rejected"_s;
    QTest::newRow("403") << status(403, -1) << get << 3 << u"forbidden"_s;
    QTest::newRow("404") << fault(u"emptyNotFound"_s, {}, anywhere, -1) << get << 1
                         << u"notFound"_s;
    QTest::newRow("once 503 is repeated") << status(503, 1) << get << 0 << QString();
    QTest::newRow("once 429 is repeated")
        << fault(u"rateSecondly"_s, {}, anywhere, 1) << get << 0 << QString();
    QTest::newRow("daily limit") << fault(u"rateDaily"_s, {}, anywhere, -1) << get << 4
                                 << u"rateLimited"_s;
    QTest::newRow("once 401 is repeated")
        << fault(u"unauthorized"_s, {}, anywhere, 1) << get << 0 << QString();
    QTest::newRow("a page of HTML")
        << fault(u"plainText"_s, {}, anywhere, -1) << get << 4 << u"badReply"_s;
    QTest::newRow("half of the JSON")
        << fault(u"brokenJson"_s, {}, anywhere, -1) << get << 4 << u"badReply"_s;
    QTest::newRow("another shape")
        << fault(u"wrongShape"_s, {}, anywhere, -1) << get << 4 << u"badReply"_s;
}

void TestCliFaults::replies()
{
    QFETCH(QJsonObject, wrong);
    QFETCH(QStringList, verb);
    QFETCH(QString, kind);
    m_practice->setFault(wrong);
    const Ended ended = json(verb, {u"contact"_s, firstContact, u"--fields"_s, u"email"_s});
    QTEST(ended.code, "code");
    if (kind.isEmpty())
        return;
    QCOMPARE(ended.error()["kind"_L1].toString(), kind);
    QVERIFY(ended.err.startsWith("hubkeeper-cli: "));
    QVERIFY(ended.error()["message"_L1].toString().endsWith(u'.'));
}

void TestCliFaults::aCreateIsSentOnce_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("works");
    QTest::newRow("closed after the work") << u"closeAfterWork"_s << true;
    QTest::newRow("reset after the work") << u"resetAfterWork"_s << true;
    QTest::newRow("cut in the body") << u"cutBody"_s << true;
    QTest::newRow("502 after the work") << u"statusAfterWork"_s << true;
}

void TestCliFaults::aCreateIsSentOnce()
{
    QFETCH(QString, kind);
    QJsonObject wrong = fault(kind, u"POST"_s, u"/contacts$"_s, -1);
    wrong.insert(u"status"_s, 502);
    m_practice->setFault(wrong);
    const Ended ended =
        json({u"create"_s}, {u"contact"_s, u"--set"_s, u"email=once@example.com"_s});
    // It was made, so it is found by its key, and no second one is made.
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["email"_L1].toString(), u"once@example.com"_s);
    int sent = 0;
    const QJsonObject counts = m_practice->requests()["counts"_L1].toObject();
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        if (it.key().startsWith("POST"_L1) && it.key().contains("contacts"_L1)
            && !it.key().contains("/batch/read"_L1) && !it.key().contains("/search"_L1))
            sent += it.value().toInt();
    }
    QCOMPARE(sent, 1);
}

void TestCliFaults::unknownOutcome()
{
    // The answer is lost, nothing was made, and looking it up finds nothing.
    m_practice->setFault(
        fault(u"closeBeforeWork"_s, u"POST"_s, u"/contacts(/batch/create)?$"_s, -1));
    const Ended ended =
        json({u"create"_s}, {u"contact"_s, u"--set"_s, u"email=lost@example.com"_s});
    QCOMPARE(ended.code, 11);
    QCOMPARE(ended.error()["kind"_L1].toString(), u"outcomeUnknown"_s);
    QVERIFY(ended.err.contains("again"));
}

void TestCliFaults::conflictIsNotOverwritten()
{
    // Changed between the reading of old values and the check before sending is what a revert
    // of an older run meets too.
    QCOMPARE(json({u"update"_s}, {u"contact"_s, firstContact, u"--set"_s, u"city=Bern"_s}).code, 0);
    const QString runId = json({u"journal"_s, u"list"_s}).list().at(0)["id"_L1].toString();
    QCOMPARE(json({u"update"_s}, {u"contact"_s, firstContact, u"--set"_s, u"city=Chur"_s}).code, 0);
    const Ended ended = json({u"journal"_s, u"revert"_s}, {runId});
    QCOMPARE(ended.code, 6);
    QCOMPARE(ended.json()["conflicting"_L1].toInt(), 1);
    const Ended now = json({u"get"_s}, {u"contact"_s, firstContact, u"--fields"_s, u"city"_s});
    QCOMPARE(now.json()["city"_L1].toString(), u"Chur"_s);
}

void TestCliFaults::noSecretInLogs()
{
    const QJsonObject properties = QJsonDocument::fromJson(m_program.content(u"p.json"_s))
                                       .object()["configurationProperties"_L1]
                                       .toObject();
    m_program.set(u"QT_LOGGING_RULES"_s, u"hubkeeper.*.debug=true"_s);
    const Ended ended =
        m_program.run({u"search"_s, m_file, u"contact"_s, u"--page-size"_s, u"2"_s});
    m_program.set(u"QT_LOGGING_RULES"_s, {});
    QCOMPARE(ended.code, 0);
    for (const char *name : {"clientSecret", "refreshToken"}) {
        const QByteArray secret = properties[QLatin1StringView(name)].toString().toUtf8();
        QVERIFY(!secret.isEmpty());
        QVERIFY(!(ended.out + ended.err).contains(secret));
    }
    QVERIFY(!ended.err.contains("Bearer "));
}

void TestCliFaults::interruptedWhileWaiting()
{
    m_practice->setFault(fault(u"silenceBeforeWork"_s, u"GET"_s, u"/contacts"_s, -1));
    QProcess process;
    m_program.prepare(process, {u"get"_s, m_file, u"contact"_s, firstContact});
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_practice->requests()["total"_L1].toInt() > 1, 20'000);
    ::kill(pid_t(process.processId()), SIGINT);
    const Ended ended = Program::ended(process);
    QCOMPARE(ended.code, 130);
}

void TestCliFaults::interruptedWhileServing()
{
    Program program;
    Practice practice(program);
    QVERIFY(practice.isServing());
    const Ended ended = practice.end();
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.err.contains("Ended."));
}

HUBKEEPER_TEST(TestCliFaults)
#include "tst_clifaults.moc"
