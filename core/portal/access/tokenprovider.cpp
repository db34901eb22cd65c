// SPDX-License-Identifier: MIT
#include "portal/access/tokenprovider.h"

#include "base/clock.h"
#include "base/knownsecrets.h"
#include "base/log.h"
#include "net/traffic.h"
#include "portal/access/errorfrom.h"
#include "portal/portaltext.h"

#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

/// After a refusal the token endpoint is left alone for so long.
constexpr auto refusalPause = 60s;
/// After a renewal ahead of time that failed, the old token still serves for so long.
constexpr auto renewalPause = 30s;
/// In one renewal: others may replace the token again and again.
constexpr int mostAsked = 5;
constexpr std::chrono::seconds largestMargin = 5min;

class Waiter final : public Call<Secret>
{
public:
    using Call::Call;
    void finish(Result<Secret> outcome) { complete(std::move(outcome)); }
};

/// What a failed exchange with the token endpoint means: there, 400 is about the credentials.
Error grantError(const HttpReply &reply)
{
    Error error = errorFrom(reply);
    if (reply.status == 400 || reply.status == 401 || reply.status == 403)
        error.kind = ErrorKind::Unauthorized;
    if (error.kind == ErrorKind::Unauthorized && error.remedy.isEmpty())
        error.remedy = PortalText::tr("Check client ID, client secret and refresh token.");
    return error;
}

Result<TokenGrant> grantFrom(const Result<HttpReply> &reply)
{
    if (!reply)
        return tl::unexpected(reply.error());
    if (reply->status / 100 != 2)
        return tl::unexpected(grantError(*reply));
    return parseTokenGrant(reply->body);
}

} // namespace

class TokenProvider::Private
{
public:
    explicit Private(TokenProvider &keeper)
        : q(keeper)
    {
    }

    void renew();
    void useNewer(const Result<Secret> &newer);
    void ask();
    void onReply(const Result<HttpReply> &reply);
    void askAgainOrGiveUp(const Error &error);
    void accept(TokenGrant fresh);
    void giveUp(const Error &error);
    void setPhase(TokenState::Phase phase);
    void record(const Result<HttpReply> &reply) const;
    [[nodiscard]] bool isStatic() const { return !transport; }

    /// Gives every waiting call its own copy of the outcome.
    template <typename Make>
    void completeAll(Make make)
    {
        const auto finished = std::exchange(waiting, {});
        for (const QPointer<Waiter> &waiter : finished) {
            if (waiter)
                waiter->finish(make());
        }
    }

    TokenProvider &q;
    HttpTransport *transport = nullptr; // None with a static token.
    Clock *clock = nullptr;
    QString tokenPath;
    OAuthCredentials credentials;
    QPointer<TrafficLog> traffic;
    SharedRefreshToken *shared = nullptr; // Null: this program is alone with it.
    int asked = 0; // How often in this renewal.

    Secret token; // In force; empty before the first and after a refusal.
    Clock::Instant renewAt {};
    Clock::Instant expiresAt {};
    std::optional<Clock::Instant> refusedAt; // When the last renewal was forced by a refusal.
    std::optional<Error> refusal; // Why the endpoint refused the credentials,
    Clock::Instant refusalUntil {}; // repeated until then without asking again.

    bool renewing = false;
    HttpRequest request;
    QDateTime startedAt;
    Clock::Instant started {};
    std::vector<QPointer<Waiter>> waiting;
    TokenState state;
};

void TokenProvider::Private::renew()
{
    renewing = true;
    asked = 0;
    setPhase(TokenState::Renewing);
    if (!shared)
        return ask();
    shared->beforeRenewal(&q)->onDone(&q, [this](const Result<Secret> &newer) {
        useNewer(newer);
        ask();
    });
}

void TokenProvider::Private::useNewer(const Result<Secret> &newer)
{
    if (newer && !newer->isEmpty())
        credentials.refreshToken = newer->clone();
}

void TokenProvider::Private::ask()
{
    ++asked;
    request = refreshRequest(tokenPath, credentials);
    startedAt = clock->utc();
    started = clock->now();
    transport->send(request, Secret(), &q)->onDone(&q, [this](const Result<HttpReply> &reply) {
        onReply(reply);
    });
}

void TokenProvider::Private::onReply(const Result<HttpReply> &reply)
{
    record(reply);
    request = {};
    Result<TokenGrant> fresh = grantFrom(reply);
    if (fresh)
        accept(std::move(*fresh));
    else
        askAgainOrGiveUp(fresh.error());
}

/// A refused token may have been replaced by another program meanwhile.
void TokenProvider::Private::askAgainOrGiveUp(const Error &error)
{
    if (!shared || error.kind != ErrorKind::Unauthorized || asked >= mostAsked)
        return giveUp(error);
    shared->afterRefusal(credentials.refreshToken, &q)
        ->onDone(&q, [this, error](const Result<Secret> &newer) {
            if (!newer || newer->isEmpty() || newer->equals(credentials.refreshToken))
                return giveUp(error);
            useNewer(newer);
            ask();
        });
}

void TokenProvider::Private::accept(TokenGrant fresh)
{
    renewing = false;
    const auto margin = std::min(largestMargin, fresh.expiresIn / 5);
    token = std::move(fresh.accessToken);
    expiresAt = clock->now() + fresh.expiresIn;
    renewAt = expiresAt - margin;
    refusal.reset();
    state.validUntil = clock->utc().addSecs(fresh.expiresIn.count());
    if (!fresh.scopes.isEmpty())
        state.scopes = fresh.scopes;
    if (fresh.hubId != 0)
        state.hubId = fresh.hubId;
    const bool replaced =
        !fresh.refreshToken.isEmpty() && !fresh.refreshToken.equals(credentials.refreshToken);
    if (replaced)
        credentials.refreshToken = std::move(fresh.refreshToken);
    if (shared && replaced) // Before anybody uses the new token: it may be the program's last act.
        shared->replace(credentials.refreshToken);
    if (shared)
        shared->endRenewal();
    completeAll([this] { return Result<Secret>(token.clone()); });
    setPhase(TokenState::Valid);
    if (replaced)
        emit q.refreshTokenReplaced();
}

void TokenProvider::Private::giveUp(const Error &error)
{
    renewing = false;
    if (shared)
        shared->endRenewal();
    qCInfo(lcNet) << "signing in failed:" << error.what;
    const bool refused = error.kind == ErrorKind::Unauthorized;
    if (!refused && !token.isEmpty() && clock->now() < expiresAt) {
        renewAt = std::min(expiresAt, clock->now() + renewalPause);
        completeAll([this] { return Result<Secret>(token.clone()); });
        return setPhase(TokenState::Valid);
    }
    token = {};
    if (refused) {
        refusal = error;
        refusalUntil = clock->now() + refusalPause;
    }
    completeAll([&] { return Result<Secret>(tl::unexpected(error)); });
    setPhase(refused ? TokenState::Refused : TokenState::None);
}

void TokenProvider::Private::setPhase(TokenState::Phase phase)
{
    state.phase = phase;
    emit q.stateChanged();
}

void TokenProvider::Private::record(const Result<HttpReply> &reply) const
{
    if (!traffic)
        return;
    TrafficRecord record = recordOf(request, addressOf(request, transport->base()), reply);
    record.startedAt = startedAt;
    record.duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock->now() - started);
    traffic->add(std::move(record));
}

TokenProvider::TokenProvider(HttpTransport &transport, Clock &clock, QString tokenPath,
                             OAuthCredentials credentials, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
    d->transport = &transport;
    d->clock = &clock;
    d->tokenPath = std::move(tokenPath);
    d->credentials = std::move(credentials);
}

TokenProvider::TokenProvider(Secret staticToken, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
    d->token = std::move(staticToken);
    rememberSecret(d->token);
    d->state.phase = d->token.isEmpty() ? TokenState::None : TokenState::Valid;
}

TokenProvider::~TokenProvider() = default;

Call<Secret> *TokenProvider::token(QObject *parent)
{
    if (d->isStatic() && d->token.isEmpty()) {
        return new ReadyCall<Secret>(
            fail(ErrorKind::Unauthorized, PortalText::tr("There is no access token."),
                 PortalText::tr("Enter one in the connection's settings.")),
            parent);
    }
    if (d->isStatic() || (!d->token.isEmpty() && d->clock->now() < d->renewAt))
        return new ReadyCall<Secret>(d->token.clone(), parent);
    if (d->refusal && d->clock->now() < d->refusalUntil)
        return new ReadyCall<Secret>(tl::unexpected(*d->refusal), parent);
    auto *waiter = new Waiter(parent);
    d->waiting.emplace_back(waiter);
    if (!d->renewing)
        d->renew();
    return waiter;
}

void TokenProvider::refused(const Secret &used)
{
    if (d->token.isEmpty() || !used.equals(d->token))
        return; // Somebody renewed it meanwhile.
    if (d->isStatic())
        return d->setPhase(TokenState::Refused);
    // A fresh token that is refused as well is not a matter of its age: do not go round in circles.
    const auto now = d->clock->now();
    const bool justForced = d->refusedAt && now < *d->refusedAt + refusalPause;
    if (justForced)
        return d->setPhase(TokenState::Refused);
    d->refusedAt = now;
    d->token = {};
}

const TokenState &TokenProvider::state() const
{
    return d->state;
}

void TokenProvider::share(SharedRefreshToken &shared)
{
    d->shared = &shared;
}

void TokenProvider::recordInto(TrafficLog &traffic)
{
    d->traffic = &traffic;
}

Secret TokenProvider::refreshToken() const
{
    return d->credentials.refreshToken.clone();
}

} // namespace hubkeeper
