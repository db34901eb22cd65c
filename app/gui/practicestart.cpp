// SPDX-License-Identifier: MIT
#include "practicestart.h"

#include "practice/practiceconnection.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

PracticeStart::PracticeStart(ConnectionRegistry &registry, const Paths &paths)
    : m_registry(registry)
    , m_paths(paths)
{
}

Call<Connection> *PracticeStart::connection(QObject *parent)
{
    return new ReadyCall<Connection>(start(), parent);
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
