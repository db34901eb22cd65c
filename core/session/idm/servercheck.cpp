// SPDX-License-Identifier: MIT
#include "session/idm/servercheck.h"

#include "session/idm/serversession.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// One server: its session, and what it says.
class OneCheck final : public Call<ServerFacts>
{
public:
    OneCheck(const Server &server, const SessionServices &services, QObject *parent)
        : Call(parent)
    {
        then(openServer(server, services, std::nullopt, this),
             [this](const std::shared_ptr<ServerSession> &session) {
                 m_session = session; // Has to outlive the question.
                 then(session->ask(this), [this](const ServerFacts &facts) { complete(facts); });
             });
    }

private:
    std::shared_ptr<ServerSession> m_session;
};

class AllChecks final : public Call<QList<ServerCheck>>
{
public:
    AllChecks(const QList<Server> &servers, const SessionServices &services, QObject *parent)
        : Call(parent)
        , m_checks(servers.size())
        , m_open(servers.size())
    {
        for (qsizetype i = 0; i < servers.size(); ++i)
            always(new OneCheck(servers[i], services, this),
                   [this, i](const Result<ServerFacts> &answer) {
                       m_checks[i] = serverCheckFrom(answer);
                       if (--m_open == 0)
                           complete(m_checks);
                   });
        if (servers.isEmpty())
            complete(m_checks);
    }

private:
    QList<ServerCheck> m_checks;
    qsizetype m_open;
};

ServerReach reachOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
        return ServerReach::Refused;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
        return ServerReach::LoginRefused;
    case ErrorKind::NotFound:
        return error.httpStatus == 0 ? ServerReach::NoSecret : ServerReach::NoIdm;
    case ErrorKind::NoKeychain:
        return ServerReach::NoSecret;
    case ErrorKind::BadReply:
        return ServerReach::NoIdm;
    case ErrorKind::ServerFault:
        return error.httpStatus == 503 ? ServerReach::Starting : ServerReach::Failed;
    default:
        return ServerReach::Failed;
    }
}

} // namespace

QString nameOf(ServerReach reach)
{
    switch (reach) {
    case ServerReach::Ready:
        return u"ready"_s;
    case ServerReach::Starting:
        return u"starting"_s;
    case ServerReach::NotReady:
        return u"notReady"_s;
    case ServerReach::Refused:
        return u"refused"_s;
    case ServerReach::NoIdm:
        return u"noIdm"_s;
    case ServerReach::LoginRefused:
        return u"loginRefused"_s;
    case ServerReach::NoSecret:
        return u"noSecret"_s;
    case ServerReach::Failed:
        return u"failed"_s;
    }
    Q_UNREACHABLE();
}

ServerCheck serverCheckFrom(const Result<ServerFacts> &answer)
{
    if (!answer)
        return {reachOf(answer.error()), {}, answer.error()};
    const ServerReach reach = answer->readiness == Readiness::Ready ? ServerReach::Ready
        : answer->readiness == Readiness::Starting                  ? ServerReach::Starting
                                                                    : ServerReach::NotReady;
    return {reach, *answer, {}};
}

Call<QList<ServerCheck>> *checkServers(const QList<Server> &servers,
                                       const SessionServices &services, QObject *parent)
{
    return new AllChecks(servers, services, parent);
}

} // namespace hubkeeper
