// SPDX-License-Identifier: MIT
#include "idm/currentserver.h"

namespace hubkeeper {

namespace {

struct OpenedServer
{
    std::shared_ptr<ServerSession> session;
    ServerFacts facts;
};

/// The session, once it is known who answers.
class OpeningServer final : public Call<OpenedServer>
{
public:
    OpeningServer(const Server &server, const SessionServices &services,
                  std::optional<Secret> typed, QObject *parent)
        : Call(parent)
    {
        then(openServer(server, services, std::move(typed), this),
             [this](const std::shared_ptr<ServerSession> &session) {
                 then(session->ask(this), [this, session](const ServerFacts &facts) {
                     complete(OpenedServer {session, facts});
                 });
             });
    }
};

/// Only who answers.
class TestingServer final : public Call<ServerFacts>
{
public:
    TestingServer(const Server &server, const SessionServices &services,
                  std::optional<Secret> secret, QObject *parent)
        : Call(parent)
    {
        then(new OpeningServer(server, services, std::move(secret), this),
             [this](const OpenedServer &opened) { complete(opened.facts); });
    }
};

/// Whether it is reached, or called, in another way.
bool needsNewSession(const Server &before, const Server &after)
{
    Server same = after;
    same.mode = before.mode;
    same.kind = before.kind;
    same.colour = before.colour;
    return same != before;
}

} // namespace

CurrentServer::CurrentServer(const SessionServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_watch(ServerRegistry::pathIn(services.paths), this)
{
    connect(&m_watch, &FileWatch::touched, this, &CurrentServer::takeOver);
    if (auto loaded = ServerRegistry::load(services.paths))
        m_registry = std::move(*loaded);
    else
        m_failure = loaded.error();
}

CurrentServer::~CurrentServer()
{
    delete m_opening;
}

void CurrentServer::open(const QString &id)
{
    const Server *known = m_registry.find(id);
    if (!known)
        return;
    const Server server = *known;
    end();
    m_server = server;
    start();
}

void CurrentServer::openWith(const QString &id, Secret secret)
{
    keep(id, std::move(secret));
    open(id);
}

void CurrentServer::keep(const QString &id, Secret secret)
{
    m_typed.insert_or_assign(id, std::move(secret));
}

std::optional<Secret> CurrentServer::typedFor(const QString &id) const
{
    const auto typed = m_typed.find(id);
    if (typed == m_typed.end())
        return std::nullopt;
    return typed->second.clone();
}

Call<ServerFacts> *CurrentServer::test(const Server &server, std::optional<Secret> secret,
                                       QObject *parent)
{
    if (!secret)
        secret = typedFor(server.id);
    return new TestingServer(server, m_services, std::move(secret), parent);
}

Call<std::shared_ptr<ServerSession>> *CurrentServer::sessionOf(const QString &id, QObject *parent)
{
    using Ready = ReadyCall<std::shared_ptr<ServerSession>>;
    if (m_session && m_server->id == id)
        return new Ready(m_session, parent);
    if (const Server *known = m_registry.find(id))
        return openServer(*known, m_services, typedFor(id), parent);
    return new Ready(fail(ErrorKind::NotFound, tr("The server is not in the list any more."),
                          tr("Add it again.")),
                     parent);
}

void CurrentServer::start()
{
    auto *call = new OpeningServer(*m_server, m_services, typedFor(m_server->id), this);
    m_opening = call;
    call->onDone(this, [this](const Result<OpenedServer> &opened) {
        m_opening.clear();
        if (opened) {
            m_session = opened->session;
            m_facts = opened->facts;
        } else {
            m_failure = opened.error();
        }
        emit changed();
    });
    emit changed();
    emit opening(call);
}

void CurrentServer::askAgain()
{
    if (!m_session || m_opening)
        return;
    auto *call = m_session->ask(this);
    m_opening = call;
    call->onDone(this, [this](const Result<ServerFacts> &facts) {
        m_opening.clear();
        m_failure.reset();
        if (facts)
            m_facts = *facts;
        else if (facts.error().kind != ErrorKind::Cancelled)
            m_failure = facts.error();
        emit changed();
    });
    emit opening(call);
}

void CurrentServer::close()
{
    end();
    emit changed();
}

void CurrentServer::end()
{
    delete m_opening;
    m_session.reset();
    m_facts.reset();
    m_failure.reset();
    m_server.reset();
}

Result<Server> CurrentServer::add(const Server &server)
{
    auto added = m_registry.add(server);
    takeOver();
    return added;
}

Result<Server> CurrentServer::change(const Server &before, const Server &after)
{
    auto changed = m_registry.edit(before.id, [&](Server &now) -> Result<void> {
        if (now != before)
            return fail(ErrorKind::Conflict,
                        tr("Another program has changed the server %1.").arg(before.label),
                        tr("Look at its settings again, then save."));
        now = after;
        return {};
    });
    takeOver();
    return changed;
}

Result<void> CurrentServer::forget(const QString &id)
{
    if (m_server && m_server->id == id)
        close();
    m_typed.erase(id);
    auto removed = m_registry.remove(id);
    takeOver();
    return removed;
}

Result<void> CurrentServer::readList()
{
    return m_registry.reload();
}

/// The list was written, by this window or another program.
void CurrentServer::takeOver()
{
    if (const auto read = m_registry.reload(); !read)
        return emit failed(read.error());
    emit listChanged();
    if (!m_server)
        return;
    const Server *now = m_registry.find(m_server->id);
    if (!now) {
        const QString label = m_server->label;
        end();
        m_failure =
            fail(ErrorKind::NotFound, tr("Another program has forgotten the server %1.").arg(label),
                 tr("Add it again to go on."))
                .value();
        return emit changed();
    }
    if (*now == *m_server)
        return;
    const bool anew = needsNewSession(*m_server, *now);
    m_server = *now;
    if (anew)
        return open(Server(*now).id);
    emit changed();
}

} // namespace hubkeeper
