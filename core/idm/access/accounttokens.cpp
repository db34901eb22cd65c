// SPDX-License-Identifier: MIT
#include "idm/access/accounttokens.h"

#include "base/clock.h"
#include "base/log.h"
#include "net/traffic.h"

#include <QUuid>

using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr std::chrono::seconds largestMargin = 60s; // Before its end a token is not used any more.
constexpr std::chrono::seconds refusalPause = 30s;

} // namespace

class AccountTokens::Waiter final : public Call<Secret>
{
public:
    using Call::Call;
    void finish(Result<Secret> outcome) { complete(std::move(outcome)); }
};

AccountTokens::AccountTokens(HttpTransport &transport, Clock &clock, TrafficLog &traffic,
                             QString account, const Secret &jwk)
    : m_transport(transport)
    , m_clock(clock)
    , m_traffic(traffic)
    , m_account(std::move(account))
    , m_key(SigningKey::fromJwk(jwk))
{
}

AccountTokens::~AccountTokens() = default;

Call<Secret> *AccountTokens::token(QObject *parent)
{
    if (!m_key)
        return new ReadyCall<Secret>(tl::unexpected(m_key.error()), parent);
    if (!m_token.isEmpty() && m_clock.now() < m_renewAt)
        return new ReadyCall<Secret>(m_token.clone(), parent);
    if (m_refusal && m_clock.now() < m_refusalUntil)
        return new ReadyCall<Secret>(tl::unexpected(*m_refusal), parent);
    auto *waiter = new Waiter(parent);
    m_waiting.emplace_back(waiter);
    if (m_waiting.size() == 1)
        exchange();
    return waiter;
}

void AccountTokens::refused(const Secret &used)
{
    if (used.equals(m_token))
        m_token = {};
}

void AccountTokens::exchange()
{
    m_startedAt = m_clock.utc();
    m_started = m_clock.now();
    const auto assertion = assertionOf({m_account, m_transport.base(), m_startedAt,
                                        QUuid::createUuid().toString(QUuid::WithoutBraces)},
                                       *m_key);
    if (!assertion)
        return finish(tl::unexpected(assertion.error()));
    const HttpRequest request = tokenRequest(*assertion);
    m_transport.send(request, Secret(), this)
        ->onDone(this,
                 [this, request](const Result<HttpReply> &reply) { onReply(request, reply); });
}

void AccountTokens::onReply(const HttpRequest &request, const Result<HttpReply> &reply)
{
    TrafficRecord record = recordOf(request, addressOf(request, m_transport.base()), reply);
    record.startedAt = m_startedAt;
    record.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now() - m_started);
    m_traffic.add(std::move(record));
    if (!reply)
        return finish(tl::unexpected(reply.error()));
    finish(accessTokenFrom(*reply, m_account, m_clock.utc()));
}

void AccountTokens::finish(const Result<AccessToken> &outcome)
{
    if (outcome) {
        m_token = outcome->token.clone();
        m_renewAt = m_clock.now() + outcome->life - std::min(largestMargin, outcome->life / 5);
        m_refusal.reset();
    } else {
        qCInfo(lcNet) << "no token for the service account:" << outcome.error().what;
        const ErrorKind kind = outcome.error().kind;
        if (kind == ErrorKind::Unauthorized || kind == ErrorKind::Forbidden) {
            m_refusal = outcome.error();
            m_refusalUntil = m_clock.now() + refusalPause;
        }
    }
    const auto waiting = std::exchange(m_waiting, {});
    for (const QPointer<Waiter> &waiter : waiting) {
        if (!waiter)
            continue;
        if (outcome)
            waiter->finish(outcome->token.clone());
        else
            waiter->finish(tl::unexpected(outcome.error()));
    }
}

} // namespace hubkeeper
