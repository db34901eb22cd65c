// SPDX-License-Identifier: MIT
#include "tst_recordedanswers.h"

#include "idmclient.h"
#include "recordedsteps.h"
#include "testkit/testprogram.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

namespace {

/// Plays the recording against one practice IDM.
class Player
{
public:
    /// What differs of one recorded answer; empty if it agrees.
    QStringList play(const QJsonObject &line)
    {
        const QString label = line.value("label"_L1).toString();
        for (const LeftOutStep &step : leftOutSteps()) {
            if (step.before == label)
                take(step);
        }
        const RawReply reply = settled(line);
        learn(line.value("body"_L1), QJsonDocument::fromJson(reply.body));
        if (line.value("method"_L1) == "PUT"_L1 || line.value("method"_L1) == "DELETE"_L1)
            m_fixture.passRegistration();
        return compared(line, reply);
    }

private:
    [[nodiscard]] QJsonObject provisioner(const QJsonObject &change) const
    {
        return merged(jsonBeside(u"recorded/provisioner.openicf-hubspot.json"_s), change);
    }

    void take(const LeftOutStep &step)
    {
        const bool isProvisioner = step.path == "config/provisioner.openicf/hubspot";
        const QByteArray body =
            isProvisioner ? QJsonDocument(provisioner(step.provisioner)).toJson() : step.body;
        const RawReply reply = m_fixture.client.ask(step.method, step.path, body, step.headers);
        QVERIFY2(reply.status < 300, reply.body.constData());
        if (!step.learns.isEmpty()) {
            const QJsonObject json = reply.json();
            const QJsonValue id = json.contains("result"_L1) ? json.value("result"_L1)[0]["_id"_L1]
                                                             : json.value("_id"_L1);
            m_ids.insert(step.learns, id.toString());
        }
        m_fixture.passRegistration();
    }

    /// A run that works is polled until it is where it was recorded.
    RawReply settled(const QJsonObject &line)
    {
        QElapsedTimer timer;
        timer.start();
        while (true) {
            RawReply reply = send(line);
            if (reply.text("state"_L1) != "ACTIVE"_L1 || compared(line, reply).isEmpty()
                || !line.value("body"_L1).toObject().contains("stage"_L1)
                || timer.elapsed() > 15'000)
                return reply;
            QTest::qWait(20);
        }
    }

    RawReply send(const QJsonObject &line)
    {
        IdmClient &client = m_fixture.client;
        const QString label = line.value("label"_L1).toString();
        QList<QByteArray> headers;
        const QJsonObject sentHeaders = line.value("req_headers"_L1).toObject();
        for (auto it = sentHeaders.begin(); it != sentHeaders.end(); ++it)
            headers.append(it.key().toUtf8() + ": " + it.value().toString().toUtf8());
        const QList<QByteArray> login = client.login;
        if (line.value("auth"_L1) != "hdr"_L1)
            client.login = {"X-OpenIDM-NoSession: true"};
        const RawReply reply = client.ask(line.value("method"_L1).toString().toLatin1(),
                                          mapped(line.value("path"_L1).toString()).toUtf8(),
                                          bodyOf(label, line.value("sent"_L1)), headers);
        client.login = login;
        return reply;
    }

    QByteArray bodyOf(const QString &label, const QJsonValue &sent)
    {
        if (label == "sync-put"_L1)
            return fileBeside(u"recorded/sync.json"_s);
        if (label == "cfg-put-crypto"_L1) { // What the server gave, secrets sealed.
            QJsonObject stored = m_fixture.client.get("config/provisioner.openicf/hubspot").json();
            stored.remove(u"_id"_s);
            return QJsonDocument(stored).toJson();
        }
        if (sent == "<provisioner>"_L1)
            return QJsonDocument(provisioner(provisionerChange(label))).toJson();
        if (sent.isObject())
            return QJsonDocument(sent.toObject()).toJson();
        if (sent.isArray())
            return QJsonDocument(sent.toArray()).toJson();
        return sent.toString().toUtf8();
    }

    [[nodiscard]] QString mapped(QString text) const
    {
        for (auto it = m_ids.begin(); it != m_ids.end(); ++it)
            text.replace(it.key(), it.value());
        return text.replace("OPENIDM/"_L1, IdmState::serverFolder() + u'/');
    }

    void learn(const QJsonValue &recorded, const QJsonDocument &own)
    {
        const QString theirs = recorded["_id"_L1].toString();
        const QString ours = own.object().value("_id"_L1).toString();
        if (theirs.contains("273c211a"_L1) && !ours.isEmpty())
            m_ids.insert(theirs, ours);
    }

    QStringList compared(const QJsonObject &line, const RawReply &reply) const
    {
        QStringList found;
        if (reply.status != line.value("status"_L1).toInt())
            found.append(u"status %1"_s.arg(reply.status));
        const QJsonObject headers = line.value("headers"_L1).toObject();
        for (auto it = headers.begin(); it != headers.end(); ++it) {
            const QString expected = it.value().toString().replace(
                "<BASE>"_L1, m_fixture.idm.url().toString() + u"/openidm"_s);
            if (reply.headers.value(it.key().toLatin1()) != expected.toLatin1())
                found.append(it.key());
        }
        if (!line.value("body"_L1).isObject() && !line.value("body"_L1).isArray())
            return reply.body.isEmpty() ? found : found + QStringList {u"a body"_s};
        const QByteArray recorded =
            mapped(QString::fromUtf8(
                       QJsonDocument(QJsonObject {{u"body"_s, line.value("body"_L1)}}).toJson()))
                .toUtf8();
        const QJsonDocument own = QJsonDocument::fromJson(reply.body);
        const QJsonValue ours = own.isArray() ? QJsonValue(own.array()) : QJsonValue(own.object());
        return found
            + differences(QJsonDocument::fromJson(recorded).object().value("body"_L1), ours);
    }

    IdmFixture m_fixture;
    QHash<QString, QString> m_ids; // Recorded ones and ours.
};

} // namespace

void TestRecordedAnswers::answersAgree()
{
    QHash<QString, QString> known;
    for (const Disagreement &one : knownDisagreements())
        known.insert(one.label, one.why);
    Player player;
    int lines = 0;
    int agreed = 0;
    QStringList wrong;
    for (const QByteArray &text : fileBeside(u"recorded/answers.jsonl"_s).split('\n')) {
        if (text.trimmed().isEmpty())
            continue;
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        const QString label = line.value("label"_L1).toString();
        const QStringList found = player.play(line);
        ++lines;
        agreed += found.isEmpty() ? 1 : 0;
        if (!found.isEmpty() && !known.contains(label))
            wrong.append(u"%1 %2: %3"_s.arg(lines).arg(label, found.join(u"; "_s).left(400)));
        if (found.isEmpty() && known.contains(label))
            wrong.append(u"%1 %2 agrees; take it off the list"_s.arg(lines).arg(label));
    }
    for (const QString &one : std::as_const(wrong))
        qInfo().noquote() << one; // A message of a failure is cut.
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.value(0)));
    QCOMPARE(lines, 227);
    QCOMPARE(agreed, 227 - known.size());
    QVERIFY(agreed >= 200);
}

HUBKEEPER_TEST(TestRecordedAnswers)
