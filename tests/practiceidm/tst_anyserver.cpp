// SPDX-License-Identifier: MIT
#include "idmclient.h"
#include "recordedsteps.h"
#include "testkit/testprogram.h"

#include <QRegularExpression>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

/// The recorded requests that need no connector and leave nothing behind, sent to a server that is
/// not ours, or to the practice IDM as if it were one.
class TestAnyServer : public QObject
{
    Q_OBJECT

private slots:
    void thePracticeIdm();
    void theServerInTheEnvironment();
};

namespace {

const QByteArray mark = "hubkeeper-test-";

/// The ids of users get our mark; of nothing else on the server a name is guessed.
QByteArray marked(QByteArray text)
{
    static const QRegularExpression user(u"(?<![A-Za-z0-9_-])(u[123]|nobody)(?![A-Za-z0-9])"_s);
    QString result = QString::fromUtf8(text);
    result.replace(user, QString::fromLatin1(mark) + u"\\1"_s);
    result.replace("%22u%22"_L1, "%22hubkeeper-test-u%22"_L1);
    result.replace("%22U1%22"_L1, "%22HUBKEEPER-TEST-U1%22"_L1);
    return result.toUtf8();
}

/// Reads, refusals, and what is done to the users of ours.
bool isSentTo(const QJsonObject &line)
{
    static const QSet<QString> labels {u"sys-noaction"_s,
                                       u"sys-tcs"_s,
                                       u"core-empty"_s,
                                       u"core-unknown"_s,
                                       u"recon-nomap"_s,
                                       u"recon-unknown"_s,
                                       u"recon-query"_s,
                                       u"recon-assoc"_s,
                                       u"recon-list-empty"_s,
                                       u"recon-cancel-absent"_s,
                                       u"recon-del"_s,
                                       u"glr-none"_s,
                                       u"sync-get"_s,
                                       u"cfg-list"_s,
                                       u"cfg-3"_s,
                                       u"cfg-post"_s,
                                       u"anon-config"_s,
                                       u"ping-anonymous"_s,
                                       u"login-wrong"_s,
                                       u"bearer"_s,
                                       u"head"_s,
                                       u"get-inm"_s,
                                       u"get system"_s};
    const QString label = line.value("label"_L1).toString();
    const QString path = line.value("path"_L1).toString();
    return labels.contains(label) || label.startsWith("api "_L1)
        || (label.startsWith("mu-"_L1) && path.startsWith("managed/user"_L1) && label != "mu-m2"_L1)
        || (label.startsWith("get "_L1) && !path.startsWith("system"_L1));
}

/// Sends them and compares: status, headers, and the body's members and their types. Words, users
/// and runs are the server's own.
class Visit
{
public:
    Visit(IdmClient &client, QByteArray context)
        : m_client(client)
        , m_context(std::move(context))
    {
    }

    /// Nothing of ours is there: neither from before, nor by chance somebody else's.
    [[nodiscard]] bool isFresh()
    {
        return ask("GET", "managed/user/" + mark + "u1").status == 404
            && ask("GET", "managed/user/" + mark + "u2").status == 404;
    }

    void leave()
    {
        for (const QByteArray &id : {mark + "u1", mark + "u2", m_made})
            (void)ask("DELETE", "managed/user/" + id);
    }

    void visit()
    {
        for (const QByteArray &text : fileBeside(u"recorded/answers.jsonl"_s).split('\n')) {
            const QJsonObject line = QJsonDocument::fromJson(text).object();
            if (line.isEmpty() || !isSentTo(line))
                continue;
            for (const LeftOutStep &step : leftOutSteps()) {
                if (step.before == line.value("label"_L1) && step.path.startsWith("managed/user"))
                    take(step);
            }
            compare(line);
        }
    }

    QStringList wrong; ///< One line for each answer that differs.
    int agreed = 0;

private:
    RawReply ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                 const QList<QByteArray> &headers = {})
    {
        return m_client.askAt(method, m_context + '/' + target, body, headers);
    }

    void take(const LeftOutStep &step)
    {
        const RawReply reply = ask(step.method, marked(step.path), marked(step.body), step.headers);
        if (!step.learns.isEmpty())
            m_made = reply.json().value("_id"_L1).toString().toUtf8();
        if (reply.status >= 300)
            wrong.append(u"before %1: %2 %3"_s.arg(step.before)
                             .arg(reply.status)
                             .arg(QString::fromUtf8(reply.body)));
    }

    void compare(const QJsonObject &line)
    {
        QList<QByteArray> headers;
        const QJsonObject sentHeaders = line.value("req_headers"_L1).toObject();
        for (auto it = sentHeaders.begin(); it != sentHeaders.end(); ++it)
            headers.append(it.key().toUtf8() + ": " + it.value().toString().toUtf8());
        const QList<QByteArray> login = m_client.login;
        if (line.value("auth"_L1) != "hdr"_L1)
            m_client.login = {"X-OpenIDM-NoSession: true"};
        const RawReply reply = ask(line.value("method"_L1).toString().toLatin1(),
                                   marked(line.value("path"_L1).toString().toUtf8()),
                                   marked(bodyOf(line.value("sent"_L1))), headers);
        m_client.login = login;
        const QString found = differenceOf(line, reply);
        agreed += found.isEmpty() ? 1 : 0;
        if (!found.isEmpty())
            wrong.append(line.value("label"_L1).toString() + u": "_s + found);
    }

    static QByteArray bodyOf(const QJsonValue &sent)
    {
        if (sent.isObject())
            return QJsonDocument(sent.toObject()).toJson(QJsonDocument::Compact);
        if (sent.isArray())
            return QJsonDocument(sent.toArray()).toJson(QJsonDocument::Compact);
        return sent.toString().toUtf8();
    }

    static QString differenceOf(const QJsonObject &line, const RawReply &reply)
    {
        if (reply.status != line.value("status"_L1).toInt())
            return u"status %1, not %2: %3"_s.arg(reply.status)
                .arg(line.value("status"_L1).toInt())
                .arg(QString::fromUtf8(reply.body.left(200)));
        const QJsonObject headers = line.value("headers"_L1).toObject();
        for (const QString &name : headers.keys()) {
            if (!reply.headers.contains(name.toLatin1()))
                return u"no header %1"_s.arg(name);
        }
        const QJsonDocument own = QJsonDocument::fromJson(reply.body);
        const QJsonValue body = line.value("body"_L1);
        if (body.isArray() != own.isArray() || body.isObject() != own.isObject())
            return u"another kind of body"_s;
        const QJsonObject recorded = body.toObject();
        for (auto it = recorded.begin(); it != recorded.end(); ++it) {
            if (own.object().value(it.key()).type() != it.value().type())
                return u"\"%1\" is missing or of another type"_s.arg(it.key());
        }
        return {};
    }

    IdmClient &m_client;
    const QByteArray m_context;
    QByteArray m_made; // The id of the user that the server named.
};

void report(const Visit &visit)
{
    for (const QString &one : visit.wrong)
        qInfo().noquote() << one; // A message of a failure is cut.
    QVERIFY2(visit.wrong.isEmpty(), qPrintable(visit.wrong.value(0)));
    QVERIFY2(visit.agreed >= 55, qPrintable(QString::number(visit.agreed)));
}

} // namespace

void TestAnyServer::thePracticeIdm()
{
    IdmFixture fixture;
    Visit visit(fixture.client, "/openidm");
    QVERIFY(visit.isFresh());
    visit.visit();
    QVERIFY(!visit.isFresh());
    report(visit);
    visit.leave();
    QVERIFY(visit.isFresh());
    QVERIFY(fixture.client.get("managed/user?_queryFilter=true")
                .json()["result"_L1]
                .toArray()
                .isEmpty());
}

/// HUBKEEPER_IDM_URL, "http://localhost:8080/openidm"; HUBKEEPER_IDM_LOGIN names a file with
/// {"user":"…","password":"…"}.
void TestAnyServer::theServerInTheEnvironment()
{
    const QUrl url(qEnvironmentVariable("HUBKEEPER_IDM_URL"));
    if (url.isEmpty())
        QSKIP("HUBKEEPER_IDM_URL names no server");
    const bool isHere = url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
    QVERIFY2(isHere && url.scheme() == "http"_L1,
             "HUBKEEPER_IDM_URL must be http on this computer: the tests write");
    QFile file(qEnvironmentVariable("HUBKEEPER_IDM_LOGIN"));
    QVERIFY2(file.open(QIODevice::ReadOnly), "HUBKEEPER_IDM_LOGIN must name a file");
    const QJsonObject login = QJsonDocument::fromJson(file.readAll()).object();
    IdmClient client(quint16(url.port(80)));
    client.login = {"X-OpenIDM-Username: " + login.value("user"_L1).toString().toUtf8(),
                    "X-OpenIDM-Password: " + login.value("password"_L1).toString().toUtf8(),
                    "X-OpenIDM-NoSession: true"};
    Visit visit(client, url.path().isEmpty() ? QByteArray("/openidm") : url.path().toUtf8());
    QVERIFY2(visit.isFresh(), "The server does not answer, or has users hubkeeper-test-… already");
    visit.visit();
    visit.leave();
    report(visit);
}

HUBKEEPER_TEST(TestAnyServer)
#include "tst_anyserver.moc"
