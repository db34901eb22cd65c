// SPDX-License-Identifier: MIT
#include "practice/idm/server/practiceidm.h"

#include "practice/idm/recon/implicitsync.h"
#include "practice/idm/recon/reconruns.h"
#include "practice/idm/server/idmdispatch.h"
#include "practice/idm/server/startstate.h"
#include "practice/idm/systems/hubspotconnector.h"
#include "practice/server/practiceportal.h"
#include "practice/state/controlguard.h"
#include "practice/wire/loopbackserver.h"

namespace hubkeeper::practice {

namespace {

IdmOptions withToken(IdmOptions options)
{
    if (options.profile == IdmProfile::Cloud && options.token.isEmpty())
        options.token = randomToken();
    return options;
}

} // namespace

class PracticeIdm::Private
{
public:
    Private(PracticeIdm *idm, const IdmOptions &options, const Clock &clock)
        : state(withToken(options), clock)
        , controlToken(options.control ? randomToken() : QByteArray())
        , server(
              [this](const Received &request) { return idmDispatch(state, request, controlToken); },
              idm) // A child, so that it changes threads with its owner.
    {
        state.context = idm;
        listenForSync(state);
    }

    IdmState state;
    QByteArray controlToken;
    LoopbackServer server;
};

PracticeIdm::PracticeIdm(const IdmOptions &options, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, options, clock))
{
}

PracticeIdm::~PracticeIdm()
{
    endRuns(d->state);
}

void PracticeIdm::attach(PracticePortal &portal)
{
    d->state.systems.addBundle(std::make_unique<HubSpotBundle>(portal.state()));
}

Result<void> PracticeIdm::fill(PracticePortal &portal, int users)
{
    return fillStart(d->state, portal, users);
}

Result<void> PracticeIdm::start()
{
    const IdmOptions &options = d->state.options;
    LoopbackOptions where;
    where.port = options.port;
    where.ipv6 = options.ipv6;
    where.certificatePath = options.certificatePath;
    where.keyPath = options.keyPath;
    where.limits = options.wire;
    auto listening = d->server.listen(where);
    d->state.baseUrl = d->server.url().toString();
    return listening;
}

void PracticeIdm::stop()
{
    d->server.close();
}

QUrl PracticeIdm::url() const
{
    return d->server.url();
}

const IdmOptions &PracticeIdm::options() const
{
    return d->state.options;
}

QByteArray PracticeIdm::token() const
{
    return d->state.options.token;
}

QByteArray PracticeIdm::controlToken() const
{
    return d->controlToken;
}

IdmState &PracticeIdm::state()
{
    return d->state;
}

} // namespace hubkeeper::practice
