// SPDX-License-Identifier: MIT
#include "portal/access/restclient.h"

#include "base/clock.h"
#include "base/log.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/errorfrom.h"
#include "portal/access/retry.h"
#include "portal/access/tokenprovider.h"
#include "portal/portaltext.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

/// How long an account under way to another data centre is left alone if nothing is said.
constexpr std::chrono::milliseconds closedUnlessSaid = 60s;

/// Whether a request that ended like this may have been carried out.
bool mayHaveHappened(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
        return true;
    case ErrorKind::BadReply:
        return error.httpStatus == 0;
    case ErrorKind::ServerFault: // 423 and 477 are said before anything is done.
        return error.httpStatus != 423 && error.httpStatus != 477;
    default:
        return false;
    }
}

} // namespace

/// One request with its repeats: take a token, wait for the budget, send, look, maybe again.
class RestClient::Fetch final : public Call<HttpReply>
{
public:
    Fetch(RestClient &client, HttpRequest request, QObject *parent)
        : Call(parent)
        , m_client(client)
        , m_request(std::move(request))
    {
        cancelWith(&m_client.m_lifetime);
        step();
    }

private:
    void step();
    void onToken(const Result<Secret> &token);
    void waitForBudget();
    void sendNow();
    void onReply(const Result<HttpReply> &reply);
    void record(const Result<HttpReply> &reply) const;
    void onUnauthorized(const Error &error);
    void repeatOrFail(const Error &error, RatePolicy policy);
    [[nodiscard]] Error finalError(Error error) const;
    [[nodiscard]] Clock::Instant now() const { return m_client.m_clock.now(); }

    RestClient &m_client;
    const HttpRequest m_request;
    Secret m_token;
    std::optional<Error> m_refusal; // The first 401,
    Secret m_refused; // and the token it refused.
    QDateTime m_startedAt;
    Clock::Instant m_started {};
    int m_sent = 0;
    int m_failed = 0;
    bool m_left = false; // The last failure is one of the request itself, not of the token's.
};

void RestClient::Fetch::step()
{
    if (m_request.family != BudgetFamily::Exempt) {
        if (auto closed = m_client.m_budget.closedAt(now()))
            return complete(tl::unexpected(*std::move(closed)));
    }
    if (m_request.authorization == Authorization::None)
        return waitForBudget();
    always(m_client.m_tokens.token(this), [this](const Result<Secret> &token) { onToken(token); });
}

void RestClient::Fetch::onToken(const Result<Secret> &token)
{
    m_left = false;
    if (!token) // The request itself did not leave, so even a create may wait and try again.
        return repeatOrFail(token.error(), RatePolicy::Unknown);
    if (m_refusal && token->equals(m_refused))
        return complete(tl::unexpected(*m_refusal)); // There is no other.
    m_token = token->clone();
    waitForBudget();
}

void RestClient::Fetch::waitForBudget()
{
    const auto delay = m_client.m_budget.delayAt(m_request.family, now());
    if (delay.count() == 0)
        return sendNow();
    m_client.m_clock.after(delay, this, unlessOver([this] { step(); }));
}

void RestClient::Fetch::sendNow()
{
    m_client.m_budget.spend(m_request.family, now());
    m_startedAt = m_client.m_clock.utc();
    m_started = now();
    ++m_sent;
    m_left = true;
    qCDebug(lcNet) << "attempt" << m_sent << nameOf(m_request.verb) << m_request.path;
    m_client.m_transport.send(m_request, m_token, this)
        ->onDone(this, [this](const Result<HttpReply> &reply) { onReply(reply); });
}

void RestClient::Fetch::onReply(const Result<HttpReply> &reply)
{
    record(reply); // Whoever still waits for it.
    if (isFinished())
        return;
    if (!reply)
        return repeatOrFail(reply.error(), RatePolicy::Unknown);
    m_client.m_budget.learn(*reply, m_started, now());
    m_client.learnTime(*reply);
    if (reply->status / 100 == 2)
        return complete(*reply);
    const Error error = errorFrom(*reply);
    if (reply->status == 401 && m_request.authorization == Authorization::WithSecret)
        return onUnauthorized(error);
    if (reply->status == 477)
        m_client.m_budget.close(now() + error.retryAfter.value_or(closedUnlessSaid), error);
    repeatOrFail(error, ratePolicyOf(*reply));
}

void RestClient::Fetch::record(const Result<HttpReply> &reply) const
{
    const QUrl url = addressOf(m_request, m_client.m_transport.base());
    TrafficRecord record = recordOf(m_request, url, reply);
    record.startedAt = m_startedAt;
    record.duration = std::chrono::duration_cast<std::chrono::milliseconds>(now() - m_started);
    record.attempt = m_sent;
    if (reply && reply->status / 100 != 2)
        record.correlationId = errorFrom(*reply).correlationId;
    m_client.m_traffic.add(std::move(record));
}

/// One renewal, one repeat: the request was turned away, so a create may go again too.
void RestClient::Fetch::onUnauthorized(const Error &error)
{
    m_client.m_tokens.refused(m_token);
    if (m_refusal)
        return complete(tl::unexpected(error));
    m_refusal = error;
    m_refused = m_token.clone();
    step();
}

void RestClient::Fetch::repeatOrFail(const Error &error, RatePolicy policy)
{
    HttpRequest request = m_request;
    if (!m_left)
        request.repeat = Repeat::Safe;
    ++m_failed;
    const auto pause = pauseBefore(m_failed + 1, error, policy, request, m_client.m_chance());
    if (!pause)
        return complete(tl::unexpected(finalError(error)));
    if (error.kind == ErrorKind::RateLimited) // Everyone waits, not only we.
        m_client.m_budget.hold(m_request.family, now() + *pause);
    m_client.m_clock.after(*pause, this, unlessOver([this] { step(); }));
}

Error RestClient::Fetch::finalError(Error error) const
{
    const bool isSafe = m_request.repeat == Repeat::Safe;
    if (isSafe && (error.kind == ErrorKind::TimedOut || error.kind == ErrorKind::ConnectionLost))
        error.remedy =
            PortalText::tr("Check the network connection, then try again."); // It changes nothing.
    if (isSafe || !m_left || !mayHaveHappened(error))
        return error;
    return unknownOutcome(m_request, std::move(error));
}

Error unknownOutcome(const HttpRequest &request, Error cause)
{
    cause.kind = ErrorKind::OutcomeUnknown;
    cause.what = PortalText::tr("It is unknown whether %1 %2 was carried out: %3")
                     .arg(QString::fromLatin1(nameOf(request.verb)), request.path, cause.what);
    cause.remedy = PortalText::tr("Look the record up before you send it again.");
    return cause;
}

RestClient::RestClient(HttpTransport &transport, Clock &clock, AccountBudget &budget,
                       TokenProvider &tokens, TrafficLog &traffic, Chance chance)
    : m_transport(transport)
    , m_clock(clock)
    , m_budget(budget)
    , m_tokens(tokens)
    , m_traffic(traffic)
    , m_chance(std::move(chance))
{
    m_tokens.recordInto(m_traffic);
}

void RestClient::learnTime(const HttpReply &reply)
{
    QString text = QString::fromLatin1(reply.header("date"));
    text.replace("GMT"_L1, "+0000"_L1); // Which Qt does not read.
    const QDateTime date = QDateTime::fromString(text, Qt::RFC2822Date);
    if (date.isValid())
        m_clockDifference = std::chrono::milliseconds(m_clock.utc().msecsTo(date));
}

QDateTime RestClient::portalTime() const
{
    return m_clock.utc().addMSecs(m_clockDifference.count());
}

Call<HttpReply> *RestClient::fetch(const HttpRequest &request, QObject *parent)
{
    return new Fetch(*this, request, parent);
}

double RestClient::randomChance()
{
    return QRandomGenerator::global()->generateDouble();
}

} // namespace hubkeeper
