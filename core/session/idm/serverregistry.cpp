// SPDX-License-Identifier: MIT
#include "session/idm/serverregistry.h"

#include "net/proxies.h"
#include "policy/policyfile.h"
#include "session/idm/serveruse.h"
#include "session/sessiontext.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto listMember = "servers"_L1;

RegistryFile fileIn(const Paths &paths)
{
    return {paths.config.isEmpty() ? QString() : ServerRegistry::pathIn(paths), listMember};
}

QList<Server> serversIn(const QJsonObject &root)
{
    QList<Server> servers;
    const QJsonArray list = root[listMember].toArray();
    for (const QJsonValue &entry : list) {
        Server server = serverFrom(entry.toObject());
        if (!server.id.isEmpty())
            servers.append(std::move(server));
    }
    std::sort(servers.begin(), servers.end(), [](const Server &a, const Server &b) {
        return a.label.localeAwareCompare(b.label) < 0;
    });
    return servers;
}

/// A label names one server, and is there.
Result<void> checkLabel(const QJsonObject &root, const Server &server)
{
    if (server.label.trimmed().isEmpty())
        return fail(ErrorKind::InvalidInput, SessionText::tr("A server needs a label."));
    const QList<Server> servers = serversIn(root);
    for (const Server &other : servers) {
        if (other.id != server.id && other.label.compare(server.label, Qt::CaseInsensitive) == 0)
            return fail(ErrorKind::Conflict,
                        SessionText::tr("Another server is labelled \"%1\".").arg(other.label),
                        SessionText::tr("Choose another label."));
    }
    return {};
}

/// The entry with what this version does not know of it.
QJsonObject over(QJsonObject there, const Server &server)
{
    const QJsonObject now = entryOf(server);
    for (auto member = now.begin(); member != now.end(); ++member)
        there.insert(member.key(), member.value());
    return there;
}

} // namespace

QString ServerRegistry::pathIn(const Paths &paths)
{
    return paths.config + u"/servers.json"_s;
}

Result<ServerRegistry> ServerRegistry::load(const Paths &paths)
{
    ServerRegistry registry;
    registry.m_paths = paths;
    return registry.reload().map([&] { return registry; });
}

Result<void> ServerRegistry::reload()
{
    if (m_paths.config.isEmpty())
        return {};
    return fileIn(m_paths).read().map([this](const QJsonObject &root) { take(root); });
}

void ServerRegistry::take(const QJsonObject &root)
{
    m_root = root;
    m_servers = serversIn(root);
}

Result<void> ServerRegistry::update(const RegistryFile::Change &change)
{
    return fileIn(m_paths).update(m_root, change).map([this](const QJsonObject &root) {
        take(root);
    });
}

const Server *ServerRegistry::find(const QString &name) const
{
    const auto found = std::find_if(m_servers.begin(), m_servers.end(), [&](const Server &server) {
        return server.id == name || server.label.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_servers.end() ? nullptr : &*found;
}

Result<Server> ServerRegistry::add(Server server)
{
    server.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return update([&](QJsonObject &root) {
               return checkLabel(root, server).map([&] {
                   fileIn(m_paths).putEntry(root, entryOf(server));
               });
           })
        .map([&] { return server; });
}

Result<Server> ServerRegistry::edit(const QString &id, const ServerEdit &edit)
{
    Server after;
    const auto apply = [&](QJsonObject &root) -> Result<void> {
        const QJsonObject there = fileIn(m_paths).entry(root, id);
        if (there.isEmpty())
            return fail(ErrorKind::NotFound,
                        SessionText::tr("Another program has forgotten this server."),
                        SessionText::tr("Add it again."));
        after = serverFrom(there);
        return edit(after).and_then([&] { return checkLabel(root, after); }).map([&] {
            after.id = id;
            fileIn(m_paths).putEntry(root, over(there, after));
        });
    };
    return update(apply).map([&] { return after; });
}

Result<void> ServerRegistry::remove(const QString &id)
{
    if (const auto released = releaseServer(id, m_paths); !released)
        return released;
    return update([&](QJsonObject &root) -> Result<void> {
        fileIn(m_paths).removeEntry(root, id);
        return {};
    });
}

Result<WriteMode> currentMode(const Server &server, const Paths &paths)
{
    const auto registry = ServerRegistry::load(paths);
    if (!registry)
        return tl::unexpected(registry.error());
    if (const Server *now = registry->find(server.id))
        return now->mode;
    return fail(ErrorKind::Refused,
                SessionText::tr("Another program has forgotten the server %1.").arg(server.label),
                SessionText::tr("Add it again; a new server is read-only."));
}

bool isExempt(const Server &server)
{
    return server.kind == ConnectionKind::Practice && isLoopback(server.address.host());
}

Result<ServerLimits> currentLimits(const Server &server)
{
    if (isExempt(server))
        return ServerLimits();
    return currentPolicyFile().map(
        [&](const Policy &policy) { return policy.limitsOf(server.address); });
}

Result<WriteMode> modeToWrite(const Server &server, const Paths &paths)
{
    const auto found = currentLimits(server);
    if (!found)
        return tl::unexpected(found.error());
    const ServerLimits &limits = *found;
    if (limits.notAllowed)
        return tl::unexpected(
            refusedBy(SessionText::tr("%1 does not allow changes of this server").arg(limits.file),
                      *limits.notAllowed, limits.contact));
    return currentMode(server, paths).and_then([&](WriteMode own) -> Result<WriteMode> {
        const WriteMode mode = limits.mode ? std::min(own, limits.mode->value) : own;
        if (mode != WriteMode::ReadOnly)
            return mode;
        if (limits.mode && limits.mode->value == WriteMode::ReadOnly)
            return tl::unexpected(refusedBy(
                SessionText::tr("%1 makes the server %2 read-only").arg(limits.file, server.label),
                limits.mode->place, limits.contact));
        return fail(ErrorKind::Refused,
                    SessionText::tr("The server %1 is read-only.").arg(server.label),
                    SessionText::tr("To allow writes: `hubkeeper-cli idm servers set \"%1\" "
                                    "--mode confirm`.")
                        .arg(server.label));
    });
}

void setKind(Server &server, ConnectionKind kind)
{
    if (kind == ConnectionKind::Production && server.kind != kind)
        server.mode = WriteMode::ReadOnly;
    server.kind = kind;
}

bool liftsGuard(const Server &before, const Server &after)
{
    if (before.kind != ConnectionKind::Production)
        return false;
    return after.kind != ConnectionKind::Production || after.mode > before.mode
        || after.address != before.address
        || (after.acceptSelfSignedCertificates && !before.acceptSelfSignedCertificates)
        || (after.disableHostNameVerifier && !before.disableHostNameVerifier);
}

} // namespace hubkeeper
