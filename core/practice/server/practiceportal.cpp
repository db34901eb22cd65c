// SPDX-License-Identifier: MIT
#include "practice/server/practiceportal.h"

#include "practice/server/dispatch.h"
#include "practice/server/orders.h"
#include "practice/state/controlguard.h"
#include "practice/state/portalstate.h"
#include "practice/wire/loopbackserver.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

Secret secretOf(const QString &text)
{
    return Secret(text.toUtf8());
}

} // namespace

class PracticePortal::Private
{
public:
    Private(PracticePortal *portal, const PracticeOptions &options, const Clock &clock)
        : state(options, clock)
        , controlToken(options.control ? randomToken() : QByteArray())
        , server([this](const Received &request) { return dispatch(state, request, controlToken); },
                 portal) // A child, so that it changes threads with the portal.
    {
    }

    PortalState state;
    QByteArray controlToken;
    LoopbackServer server;
};

PracticePortal::PracticePortal(const PracticeOptions &options, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, options, clock))
{
}

PracticePortal::~PracticePortal() = default;

Result<void> PracticePortal::start()
{
    LoopbackOptions where;
    where.port = d->state.options.port;
    where.ipv6 = d->state.options.ipv6;
    where.certificatePath = d->state.options.certificatePath;
    where.keyPath = d->state.options.keyPath;
    where.limits = d->state.options.wire;
    auto listening = d->server.listen(where);
    d->state.baseUrl = d->server.url().toString();
    return listening;
}

void PracticePortal::stop()
{
    d->server.close();
}

qint64 PracticePortal::portalId() const
{
    return d->state.options.portalId;
}

QString PracticePortal::portalName() const
{
    return d->state.options.portalName;
}

QUrl PracticePortal::url() const
{
    return d->server.url();
}

QString PracticePortal::clientId() const
{
    return d->state.tokens.apps().first().clientId;
}

Secret PracticePortal::clientSecret() const
{
    return secretOf(d->state.tokens.apps().first().secret);
}

Secret PracticePortal::refreshToken() const
{
    return secretOf(d->state.tokens.firstRefreshToken());
}

Secret PracticePortal::staticToken() const
{
    return secretOf(d->state.tokens.firstStaticToken());
}

Secret PracticePortal::foreignRefreshToken() const
{
    return secretOf(d->state.tokens.otherAppsRefreshToken());
}

QString PracticePortal::foreignClientId() const
{
    return d->state.tokens.apps().last().clientId;
}

Secret PracticePortal::foreignClientSecret() const
{
    return secretOf(d->state.tokens.apps().last().secret);
}

Secret PracticePortal::addRefreshToken()
{
    const auto first = d->state.tokens.refreshToken(d->state.tokens.firstRefreshToken());
    return secretOf(d->state.tokens.makeRefreshToken(0, first ? first->scopes : allScopes()));
}

Secret PracticePortal::addStaticToken(const QStringList &scopes)
{
    return secretOf(d->state.tokens.addStaticToken(scopes));
}

Secret PracticePortal::makeAccessToken()
{
    const QString refresh = d->state.tokens.firstRefreshToken();
    const auto facts = d->state.tokens.refreshToken(refresh);
    const EpochMs end = d->state.now() + d->state.options.accessTokenLife.count() * 1000;
    return secretOf(
        d->state.tokens.makeAccessToken({0, facts ? facts->scopes : allScopes(), end, refresh}));
}

QByteArray PracticePortal::controlToken() const
{
    return d->controlToken;
}

Result<void> PracticePortal::setUp(const QJsonObject &orders)
{
    return carryOutAll(d->state, orders);
}

void PracticePortal::addFault(const Fault &fault)
{
    d->state.faults.add(fault);
}

void PracticePortal::clearFaults()
{
    d->state.faults.clear();
}

Switches &PracticePortal::switches()
{
    return d->state.options.switches;
}

RateLimits &PracticePortal::limits()
{
    return d->state.options.limits;
}

void PracticePortal::setAuthorizeMode(AuthorizeMode mode)
{
    d->state.options.authorize = mode;
}

void PracticePortal::setWriteRules(ObjectType type, const WriteRules &rules)
{
    (type == ObjectType::Contact ? d->state.options.contactRules : d->state.options.companyRules) =
        rules;
}

void PracticePortal::setIndexDelay(std::chrono::milliseconds delay)
{
    d->state.options.indexDelay = delay;
}

void PracticePortal::setLatency(std::chrono::milliseconds latency)
{
    d->state.options.latency = latency;
}

void PracticePortal::expireAccessTokens()
{
    d->state.tokens.expireAccessTokens(d->state.now());
}

void PracticePortal::advance(std::chrono::milliseconds by)
{
    d->state.clock.advance(by);
}

void PracticePortal::setUsedToday(int calls)
{
    d->state.limiter.setUsedToday(calls);
}

void PracticePortal::markInUse(ObjectType type, const QString &property)
{
    d->state.catalogue(type).markInUse(property);
}

void PracticePortal::reset()
{
    d->state.reset();
}

PortalState &PracticePortal::state()
{
    return d->state;
}

const RequestLog &PracticePortal::log() const
{
    return d->state.log;
}

void PracticePortal::clearLog()
{
    d->state.log.clear();
}

int PracticePortal::liveCount(ObjectType type) const
{
    return d->state.store(type).liveCount();
}

std::optional<Record> PracticePortal::record(ObjectType type, qint64 id) const
{
    return d->state.store(type).find(id);
}

int PracticePortal::connectionsSeen() const
{
    return d->server.connectionsSeen();
}

} // namespace hubkeeper::practice
