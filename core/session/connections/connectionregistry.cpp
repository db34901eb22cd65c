// SPDX-License-Identifier: MIT
#include "session/connections/connectionregistry.h"

#include "net/proxies.h"
#include "policy/policyfile.h"
#include "session/sessiontext.h"

#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto listMember = "connections"_L1;

RegistryFile fileIn(const Paths &paths)
{
    return {paths.config.isEmpty() ? QString() : ConnectionRegistry::pathIn(paths), listMember};
}

QList<Connection> connectionsIn(const QJsonObject &root)
{
    QList<Connection> connections;
    const QJsonArray list = root[listMember].toArray();
    for (const QJsonValue &entry : list) {
        Connection connection = connectionFrom(entry.toObject());
        connection.inBook = true;
        if (!connection.id.isEmpty())
            connections.append(connection);
    }
    return connections;
}

const Connection *withId(const QList<Connection> &connections, const QString &id)
{
    const auto found = std::find_if(connections.begin(), connections.end(),
                                    [&](const Connection &c) { return c.id == id; });
    return found == connections.end() ? nullptr : &*found;
}

const Connection *withProvisioner(const QList<Connection> &connections, const QString &path)
{
    const QString wanted = QFileInfo(path).canonicalFilePath();
    if (wanted.isEmpty())
        return nullptr;
    const auto found =
        std::find_if(connections.begin(), connections.end(), [&](const Connection &c) {
            return QFileInfo(c.provisionerPath).canonicalFilePath() == wanted;
        });
    return found == connections.end() ? nullptr : &*found;
}

/// Writes one entry; what this version does not know of it stays.
void writeEntry(QJsonObject &root, const RegistryFile &file, const Connection &before,
                const Connection &after)
{
    const QJsonObject there = file.entry(root, after.id);
    file.putEntry(root, there.isEmpty() ? entryOf(after) : entryWith(there, before, after));
}

} // namespace

QString ConnectionRegistry::pathIn(const Paths &paths)
{
    return paths.config + u"/connections.json"_s;
}

Result<ConnectionRegistry> ConnectionRegistry::load(const Paths &paths)
{
    ConnectionRegistry registry;
    registry.m_paths = paths;
    return registry.reload().map([&] { return registry; });
}

Result<void> ConnectionRegistry::reload()
{
    if (m_paths.config.isEmpty())
        return {};
    return fileIn(m_paths).read().map([this](const QJsonObject &root) { take(root); });
}

void ConnectionRegistry::take(const QJsonObject &root)
{
    m_root = root;
    m_connections = connectionsIn(root);
}

const Connection *ConnectionRegistry::byId(const QString &id) const
{
    return withId(m_connections, id);
}

const Connection *ConnectionRegistry::byProvisioner(const QString &path) const
{
    return withProvisioner(m_connections, path);
}

Result<void> ConnectionRegistry::update(const Change &change)
{
    return fileIn(m_paths).update(m_root, change).map([this](const QJsonObject &root) {
        take(root);
    });
}

Result<Connection> ConnectionRegistry::edit(const Connection &connection,
                                            const ConnectionEdit &edit)
{
    Connection after;
    const auto apply = [&](QJsonObject &root) -> Result<void> {
        const QList<Connection> there = connectionsIn(root);
        const Connection *known = withId(there, connection.id);
        if (!known)
            known = withProvisioner(there, connection.provisionerPath);
        const Connection before = known ? *known : connection;
        after = before;
        return edit(after).map([&] {
            after.id = before.id;
            after.inBook = true;
            writeEntry(root, fileIn(m_paths), before, after);
        });
    };
    return update(apply).map([&] { return after; });
}

Result<Connection> ConnectionRegistry::keep(const Connection &connection)
{
    return edit(connection, [](Connection &) { return Result<void>(); });
}

Result<Connection> ConnectionRegistry::change(const Connection &before, const Connection &after)
{
    const auto apply = [&](QJsonObject &root) -> Result<void> {
        const QList<Connection> there = connectionsIn(root);
        const Connection *now = withId(there, before.id);
        if (!now)
            return fail(ErrorKind::NotFound,
                        SessionText::tr("Another program has forgotten the connection %1.")
                            .arg(before.label),
                        SessionText::tr("Open its file again."));
        const ConnectionMerge merge = merged(before, after, *now);
        if (!merge.contested.isEmpty())
            return fail(ErrorKind::Conflict,
                        SessionText::tr("Another program has changed the same settings of %1.")
                            .arg(before.label),
                        SessionText::tr("Look at them again, then save yours."));
        writeEntry(root, fileIn(m_paths), *now, merge.merged);
        return {};
    };
    return update(apply).map([&] { return *byId(before.id); });
}

Result<void> ConnectionRegistry::remove(const QString &id)
{
    return update([&](QJsonObject &root) -> Result<void> {
        fileIn(m_paths).removeEntry(root, id);
        return {};
    });
}

Result<WritePolicy> currentPolicy(const Connection &opened, const Paths &paths)
{
    const auto registry = ConnectionRegistry::load(paths);
    if (!registry)
        return tl::unexpected(registry.error());
    if (const Connection *now = registry->byId(opened.id))
        return now->policy;
    if (opened.inBook)
        return fail(
            ErrorKind::Refused,
            SessionText::tr("Another program has forgotten the connection %1.").arg(opened.label),
            SessionText::tr("Open its file again; a new connection is read-only."));
    return opened.policy;
}

bool isExempt(const Connection &connection)
{
    return connection.kind == ConnectionKind::Practice && isLoopback(connection.baseUrl.host());
}

Result<WritePolicy> underPolicyFile(const WritePolicy &own, const Connection &opened, qint64 portal)
{
    if (isExempt(opened))
        return own;
    return currentPolicyFile().map(
        [&](const Policy &policy) { return limited(own, policy.limitsOf(portal)); });
}

} // namespace hubkeeper
