// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "practice/data/record.h"
#include "practice/state/practiceoptions.h"
#include "practice/state/requestlog.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace hubkeeper::practice {

class PortalState;

/// A local HubSpot: the calls, rules, limits, delays and errors of hubspot-api over HTTP/1.1 on the
/// loopback interface, with made-up records and made-up credentials. What it does not know, it
/// answers as HubSpot answers an unknown path.
///
/// Lives in one thread, whose event loop must run; for a thread of its own see PracticeThread. Time
/// comes from the clock (expiry, budgets, index delay), pauses on the wire are real.
class PracticePortal final : public QObject
{
    Q_OBJECT

public:
    /// `clock` must outlive the portal.
    PracticePortal(const PracticeOptions &options, const Clock &clock, QObject *parent = nullptr);
    ~PracticePortal() override;

    /// Opens the port. Errors as LoopbackServer::listen().
    [[nodiscard]] Result<void> start();
    void stop();

    [[nodiscard]] qint64 portalId() const;
    [[nodiscard]] QString portalName() const;
    [[nodiscard]] QUrl url() const; ///< "http://127.0.0.1:port"; empty before start().

    // Credentials, the same for the same seed.
    [[nodiscard]] QString clientId() const;
    [[nodiscard]] Secret clientSecret() const;
    [[nodiscard]] Secret refreshToken() const;
    [[nodiscard]] Secret staticToken() const;
    /// A refresh token of another app: the most common set-up mistake (hubspot-api 3.6).
    [[nodiscard]] Secret foreignRefreshToken() const;
    /// The other app's own credentials.
    [[nodiscard]] QString foreignClientId() const;
    [[nodiscard]] Secret foreignClientSecret() const;
    /// One more sign-in of the app that clientId() names.
    [[nodiscard]] Secret addRefreshToken();
    /// One more static token that may do only this.
    [[nodiscard]] Secret addStaticToken(const QStringList &scopes);
    /// A new access token of the app, as a refresh would give.
    [[nodiscard]] Secret makeAccessToken();
    /// For the header X-Practice-Token; empty when PracticeOptions::control is off.
    [[nodiscard]] QByteArray controlToken() const;

    // Faults and settings, also while it runs.
    /// Everything the control endpoint takes (README), in its form. InvalidInput says what is
    /// wrong.
    [[nodiscard]] Result<void> setUp(const QJsonObject &orders);
    void addFault(const Fault &fault);
    void clearFaults();
    [[nodiscard]] Switches &switches();
    [[nodiscard]] RateLimits &limits();
    void setAuthorizeMode(AuthorizeMode mode);
    void setWriteRules(ObjectType type, const WriteRules &rules);
    void setIndexDelay(std::chrono::milliseconds delay);
    void setLatency(std::chrono::milliseconds latency);
    void expireAccessTokens();
    /// Moves the portal's time on, besides the clock.
    void advance(std::chrono::milliseconds by);
    /// Pretends calls of today, for the daily limit.
    void setUsedToday(int calls);
    /// Pretends that a form uses the property, so that it cannot be archived (hubspot-api 7.4).
    void markInUse(ObjectType type, const QString &property);
    void reset();

    /// All it knows, for what works beside it in its thread: the connector of the practice IDM.
    [[nodiscard]] PortalState &state();

    // What happened.
    [[nodiscard]] const RequestLog &log() const;
    void clearLog();
    [[nodiscard]] int liveCount(ObjectType type) const;
    /// The record as stored, also archived ones.
    [[nodiscard]] std::optional<Record> record(ObjectType type, qint64 id) const;
    /// Connections accepted since start().
    [[nodiscard]] int connectionsSeen() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper::practice
