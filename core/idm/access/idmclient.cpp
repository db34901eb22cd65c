// SPDX-License-Identifier: MIT
#include "idm/access/idmclient.h"

#include "base/clock.h"
#include "base/compactjson.h"
#include "base/log.h"
#include "base/poolcall.h"
#include "idm/access/accounttokens.h"
#include "idm/access/servererror.h"
#include "idm/idmtext.h"
#include "net/traffic.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype largestBodyParsedHere = 256 << 10; // Bytes.

QByteArray bytesOf(const QJsonValue &body)
{
    if (body.isArray())
        return QJsonDocument(body.toArray()).toJson(QJsonDocument::Compact);
    if (body.isObject())
        return QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact);
    return {};
}

bool mayHaveHappened(const Error &error)
{
    return error.kind == ErrorKind::TimedOut || error.kind == ErrorKind::ConnectionLost
        || (error.kind == ErrorKind::BadReply && error.httpStatus == 0);
}

Error unknownWrite(const IdmRequest &request, Error cause)
{
    cause.kind = ErrorKind::OutcomeUnknown;
    cause.what = IdmText::tr("It is unknown whether %1 %2 was carried out: %3")
                     .arg(QString::fromLatin1(nameOf(request.verb)), request.path, cause.what);
    cause.remedy = IdmText::tr("Read it again before you repeat it.");
    return cause;
}

Result<IdmReply> replyFrom(const HttpReply &reply, const QString &path)
{
    if (reply.status / 100 != 2)
        return tl::unexpected(serverErrorFrom(reply, path));
    return serverBodyFrom(reply, path).map([&](const QJsonValue &body) {
        return IdmReply {reply.status, body, reply.headers, {}};
    });
}

} // namespace

/// One exchange: sent, recorded, read.
class IdmClient::Sending final : public Call<IdmReply>
{
public:
    Sending(IdmClient &client, const IdmRequest &request, QObject *parent)
        : Call(parent)
        , m_client(client)
        , m_request(request)
        , m_wire(client.wireRequest(request))
    {
        cancelWith(&client.m_lifetime);
        logInAndExchange();
    }

private:
    void logInAndExchange()
    {
        if (!m_client.m_tokens)
            return exchange(m_client.m_secret);
        then(m_client.m_tokens->token(this), [this](const Secret &token) {
            m_token = token.clone();
            exchange(m_token);
        });
    }

    void exchange(const Secret &secret)
    {
        m_startedAt = m_client.m_clock.utc();
        m_started = m_client.m_clock.now();
        qCDebug(lcNet) << nameOf(m_wire.verb) << m_wire.path;
        m_client.m_transport.send(m_wire, secret, this)
            ->onDone(this, [this](const Result<HttpReply> &reply) { onReply(reply); });
    }

    void onReply(const Result<HttpReply> &reply)
    {
        record(reply);
        if (isFinished())
            return;
        if (reply && reply->status == 401 && m_client.m_tokens && !m_wasRefused) {
            m_wasRefused = true;
            m_client.m_tokens->refused(m_token);
            return logInAndExchange();
        }
        if (!reply)
            return finish(tl::unexpected(reply.error()));
        const auto read = [reply = *reply, request = m_request] {
            return replyFrom(reply, request.path).map([&](IdmReply parsed) {
                if (request.keepsBytes)
                    parsed.bytes = reply.body;
                return parsed;
            });
        };
        if (reply->body.size() <= largestBodyParsedHere)
            return finish(read());
        auto *parsing =
            new PoolCall<IdmReply>([read](const std::stop_token &) { return read(); }, this);
        always(parsing, [this](const Result<IdmReply> &parsed) { finish(parsed); });
    }

    void finish(const Result<IdmReply> &reply)
    {
        if (!reply && m_request.writes && mayHaveHappened(reply.error()))
            return complete(tl::unexpected(unknownWrite(m_request, reply.error())));
        complete(reply);
    }

    void record(const Result<HttpReply> &reply) const
    {
        TrafficRecord record =
            recordOf(m_wire, addressOf(m_wire, m_client.m_transport.base()), reply);
        record.startedAt = m_startedAt;
        record.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
            m_client.m_clock.now() - m_started);
        m_client.m_traffic.add(std::move(record));
    }

    IdmClient &m_client;
    const IdmRequest m_request;
    const HttpRequest m_wire;
    Secret m_token; // Of a service account, as it was sent.
    bool m_wasRefused = false; // Once, with 401.
    QDateTime m_startedAt;
    Clock::Instant m_started {};
};

IdmClient::IdmClient(HttpTransport &transport, Clock &clock, TrafficLog &traffic, ServerLogin login,
                     const Secret &secret, QString context)
    : m_transport(transport)
    , m_clock(clock)
    , m_traffic(traffic)
    , m_login(std::move(login))
    , m_secret(wireSecret(m_login, secret))
    , m_context(std::move(context))
    , m_tokens(m_login.kind == LoginKind::ServiceAccount ? std::make_unique<AccountTokens>(
                   transport, clock, traffic, m_login.userName, secret)
                                                         : nullptr)
{
}

IdmClient::~IdmClient() = default;

HttpRequest IdmClient::wireRequest(const IdmRequest &request) const
{
    HttpRequest wire;
    wire.verb = request.verb;
    wire.path = m_context + u'/' + request.path;
    wire.query = request.query;
    wire.body = bytesOf(request.body);
    wire.repeat = request.writes ? Repeat::Never : Repeat::Safe;
    wire.family = BudgetFamily::Exempt;
    wire.bodyIsSecret = request.bodyIsSecret;
    wire.headers = {
        {"X-Requested-With", "Hubkeeper"},
        {"X-OpenIDM-NoSession", "true"},
        {"X-ForgeRock-TransactionId", QUuid::createUuid().toByteArray(QUuid::WithoutBraces)}};
    if (!request.ifMatch.isEmpty())
        wire.headers.append({"If-Match", request.ifMatch});
    if (!request.ifNoneMatch.isEmpty())
        wire.headers.append({"If-None-Match", request.ifNoneMatch});
    addLogin(wire, m_login);
    return wire;
}

Call<IdmReply> *IdmClient::send(const IdmRequest &request, QObject *parent)
{
    return new Sending(*this, request, parent);
}

Call<IdmReply> *IdmClient::get(const QString &path, QObject *parent, const QUrlQuery &query)
{
    IdmRequest request;
    request.path = path;
    request.query = query;
    return send(request, parent);
}

} // namespace hubkeeper
