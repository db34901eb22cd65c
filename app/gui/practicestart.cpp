// SPDX-License-Identifier: MIT
#include "practicestart.h"

#include "practice/practiceconnection.h"

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

Result<Connection> PracticeStart::start()
{
    if (!m_portal) {
        auto portal = std::make_unique<practice::PracticeThread>(practice::PracticeOptions {});
        if (const auto started = portal->start(); !started)
            return tl::unexpected(started.error());
        m_portal = std::move(portal);
    }
    const QString folder = m_paths.state + u"/practice"_s;
    if (const auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    const PracticeAddress address {
        m_portal->url(), m_portal->clientId(), m_portal->clientSecret(), m_portal->refreshToken(),
        QCoreApplication::translate("hubkeeper::PracticeStart", "Practice portal")};
    return writePracticeConnection(folder + u"/provisioner.openicf-practice.json"_s, address,
                                   m_registry);
}

} // namespace hubkeeper
