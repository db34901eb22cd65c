// SPDX-License-Identifier: MIT
#include "practicestart.h"

#include "practice/practiceconnection.h"
#include "practice/practiceidmserver.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The connection, once no older secrets win over those of its file.
class ReadyConnection final : public Call<Connection>
{
public:
    ReadyConnection(const Connection &connection, SecretStore &secrets, QObject *parent)
        : Call(parent)
    {
        then(forgetOlderSecrets(connection, secrets, this),
             [this, connection] { complete(connection); });
    }
};

} // namespace

PracticeStart::PracticeStart(ConnectionRegistry &registry, SecretStore &secrets, const Paths &paths)
    : m_registry(registry)
    , m_secrets(secrets)
    , m_paths(paths)
{
}

Call<Connection> *PracticeStart::connection(QObject *parent)
{
    const auto started = start();
    if (!started)
        return new ReadyCall<Connection>(tl::unexpected(started.error()), parent);
    return new ReadyConnection(*started, m_secrets, parent);
}

Call<PracticeServer> *PracticeStart::server(QObject *parent)
{
    return new ReadyCall<PracticeServer>(startServer(), parent);
}

Result<void> PracticeStart::startPortal()
{
    if (m_portal)
        return {};
    auto portal = std::make_unique<practice::PracticeThread>(practice::PracticeOptions {});
    return portal->start().map([&] { m_portal = std::move(portal); });
}

Result<PracticeServer> PracticeStart::startServer()
{
    if (const auto started = startPortal(); !started)
        return tl::unexpected(started.error());
    practice::IdmOptions options;
    options.reconPause = std::chrono::milliseconds(1); // So that progress can be seen.
    if (!m_idm) {
        auto idm = std::make_unique<practice::IdmBesidePortal>(*m_portal, options);
        if (const auto started = idm->start(); !started)
            return tl::unexpected(started.error());
        m_idm = std::move(idm);
    }
    const QString label = QCoreApplication::translate("hubkeeper::PracticeStart", "Practice IDM");
    return keepPracticeServer(m_idm->url(), options.userName, label, m_paths)
        .map([&](const Server &server) {
            return PracticeServer {server,
                                   std::make_shared<const Secret>(options.password.toUtf8())};
        });
}

Result<Connection> PracticeStart::start()
{
    if (const auto started = startPortal(); !started)
        return tl::unexpected(started.error());
    const QString folder = m_paths.state + u"/practice"_s;
    if (const auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    const PracticeAddress address {
        m_portal->url(), m_portal->clientId(), m_portal->clientSecret(), m_portal->refreshToken(),
        QCoreApplication::translate("hubkeeper::PracticeStart", "Practice portal")};
    // As the practice IDM calls the connector.
    return writePracticeConnection(folder + u"/provisioner.openicf-hubspot.json"_s, address,
                                   m_registry);
}

} // namespace hubkeeper
