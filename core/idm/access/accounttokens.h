// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/serviceaccount.h"

#include <QPointer>

#include <vector>

namespace hubkeeper {

class Clock;
class TrafficLog;

/// Hands out the access tokens of a service account: one until shortly before it ends, then the
/// next; once for all who wait. After a refusal the token endpoint is left alone for half a minute.
/// Exchanges are recorded in `traffic`, without key, assertion and token.
///
/// Holds references; must not outlive them. Belongs to one thread.
class AccountTokens final : public QObject
{
public:
    /// `jwk` is the private key; whether it is one shows with the first token.
    AccountTokens(HttpTransport &transport, Clock &clock, TrafficLog &traffic, QString account,
                  const Secret &jwk);
    ~AccountTokens() override;

    /// The token to use now. Fails as SigningKey::fromJwk(), accessTokenFrom() and
    /// HttpTransport::send(); nothing was sent to IDM then.
    [[nodiscard]] Call<Secret> *token(QObject *parent);

    /// The server answered `used` with 401: the next token() gets another one, unless somebody did
    /// so since it was handed out.
    void refused(const Secret &used);

private:
    class Waiter;

    void exchange();
    void onReply(const HttpRequest &request, const Result<HttpReply> &reply);
    void finish(const Result<AccessToken> &outcome);

    HttpTransport &m_transport;
    Clock &m_clock;
    TrafficLog &m_traffic;
    const QString m_account;
    const Result<SigningKey> m_key;
    Secret m_token; // Empty: none that is good.
    std::chrono::steady_clock::time_point m_renewAt {};
    std::optional<Error> m_refusal; // Repeated, and not asked again, until then.
    std::chrono::steady_clock::time_point m_refusalUntil {};
    QDateTime m_startedAt;
    std::chrono::steady_clock::time_point m_started {};
    std::vector<QPointer<Waiter>> m_waiting; // Empty: nothing is under way.
};

} // namespace hubkeeper
