// SPDX-License-Identifier: MIT
#pragma once

#include "portal/access/oauth.h"

#include <QObject>

namespace hubkeeper {

class Clock;
class TrafficLog;

/// What the window shows of the token.
struct TokenState
{
    enum Phase { None, Renewing, Valid, Refused } phase = None;
    QDateTime validUntil; ///< UTC; invalid for a static token, which does not expire.
    QStringList scopes;
    qint64 hubId = 0;
};

/// Hands out a valid access token: renewed at 80 % of its life or five minutes before the end
/// (hubspot-api 3.4), whichever is later, once for all who wait, and never in a loop: after a
/// refusal the token endpoint is left alone for a minute. A static token (private app, service
/// key) is handed out as it is.
class TokenKeeper final : public QObject
{
    Q_OBJECT

public:
    TokenKeeper(HttpTransport &transport, Clock &clock, QString tokenPath,
                OAuthCredentials credentials, QObject *parent = nullptr);
    /// With a static bearer token.
    TokenKeeper(Secret staticToken, QObject *parent = nullptr);
    ~TokenKeeper() override;

    /// The token to use now; asks the token endpoint if need be. Fails with Unauthorized when the
    /// credentials are refused, and otherwise as the transport does.
    [[nodiscard]] Call<Secret> *token(QObject *parent);

    /// Tells that `used` was answered with 401: the next token() renews, unless somebody already
    /// did since `used` was handed out.
    void refused(const Secret &used);

    [[nodiscard]] const TokenState &state() const;

    /// Records the exchanges with the token endpoint, bodies hidden. `traffic` may go first.
    void recordInto(TrafficLog &traffic);

signals:
    void stateChanged();
    /// The portal issued another refresh token: it has to be stored.
    void refreshTokenReplaced();

public:
    /// The refresh token in force, for storing after refreshTokenReplaced().
    [[nodiscard]] Secret refreshToken() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
