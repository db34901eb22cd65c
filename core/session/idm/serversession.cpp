// SPDX-License-Identifier: MIT
#include "session/idm/serversession.h"

#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Facts with the profile the user has set.
class Asking final : public Call<ServerFacts>
{
public:
    Asking(IdmClient &client, std::optional<IdmProfile> profile, QObject *parent)
        : Call(parent)
    {
        then(askServer(client, this), [this, profile](ServerFacts facts) {
            facts.profile = profile.value_or(facts.profile);
            complete(facts);
        });
    }
};

class Opening final : public Call<std::shared_ptr<ServerSession>>
{
public:
    Opening(const Server &server, const SessionServices &services, std::optional<Secret> given,
            QObject *parent)
        : Call(parent)
        , m_services(services)
    {
        if (given) {
            complete(std::make_shared<ServerSession>(server, *given, m_services));
            return;
        }
        always(m_services.secrets.read(secretIdOf(server), this),
               [this, server](const Result<Secret> &secret) {
                   if (secret)
                       return complete(
                           std::make_shared<ServerSession>(server, *secret, m_services));
                   Error error = secret.error();
                   if (error.kind == ErrorKind::NotFound) {
                       error.what = SessionText::tr("The keychain has no password or token of the "
                                                    "server %1.")
                                        .arg(server.label);
                       error.remedy =
                           SessionText::tr(
                               "Store it: hubkeeper-cli idm servers set \"%1\" --secrets-stdin")
                               .arg(server.label);
                   }
                   complete(tl::unexpected(error));
               });
    }

private:
    SessionServices m_services;
};

} // namespace

ServerSession::ServerSession(Server server, const Secret &secret, const SessionServices &services)
    : m_server(std::move(server))
    , m_transport(transportOptionsOf(m_server))
    , m_client(m_transport, services.clock, m_traffic, m_server.login, secret,
               m_server.address.path())
{
}

Call<ServerFacts> *ServerSession::ask(QObject *parent)
{
    return new Asking(m_client, m_server.profile, parent);
}

Call<std::shared_ptr<ServerSession>> *openServer(const Server &server,
                                                 const SessionServices &services,
                                                 std::optional<Secret> given, QObject *parent)
{
    return new Opening(server, services, std::move(given), parent);
}

} // namespace hubkeeper
