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

/// A refresh token that other programs use and renew as well.
class SharedRefreshToken
{
public:
    virtual ~SharedRefreshToken() = default;
    /// Waits for the turn to renew, if there are turns; the token in force then, or an empty one
    /// where it has not changed. Never fails.
    [[nodiscard]] virtual Call<Secret> *beforeRenewal(QObject *parent) = 0;
    /// The token in force, which may be another one than the refused; empty if there is none.
    [[nodiscard]] virtual Call<Secret> *afterRefusal(const Secret &refused, QObject *parent) = 0;
    /// The server has replaced it.
    virtual void replace(const Secret &token) = 0;
    /// The turn is over, with a new token or without.
    virtual void endRenewal() = 0;
};

/// Hands out a valid access token: renewed at 80 % of its life or five minutes before the end
/// (hubspot-api 3.4), whichever is later, once for all who wait, and never in a loop: after a
/// refusal the token endpoint is left alone for a minute. A static token (private app, service
/// key) is handed out as it is.
class TokenProvider final : public QObject
{
    Q_OBJECT

public:
    TokenProvider(HttpTransport &transport, Clock &clock, QString tokenPath,
                  OAuthCredentials credentials, QObject *parent = nullptr);
    /// With a static bearer token.
    TokenProvider(Secret staticToken, QObject *parent = nullptr);
    ~TokenProvider() override;

    /// The token to use now; asks the token endpoint if need be. Fails with Unauthorized when the
    /// credentials are refused, and otherwise as the transport does.
    [[nodiscard]] Call<Secret> *token(QObject *parent);

    /// Tells that `used` was answered with 401: the next token() renews, unless somebody already
    /// did since `used` was handed out.
    void refused(const Secret &used);

    [[nodiscard]] const TokenState &state() const;

    /// From now on the refresh token is shared with other programs. `shared` must outlive it.
    void share(SharedRefreshToken &shared);

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
