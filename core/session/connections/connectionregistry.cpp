// SPDX-License-Identifier: MIT
#include "session/connections/connectionregistry.h"

#include "base/sharedfile.h"
#include "session/sessiontext.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr qint64 largestBook = 4 << 20; // Bytes; a connection takes about 500.
constexpr int formatVersion = 1;
constexpr auto listMember = "connections"_L1;

tl::unexpected<Error> damaged(const QString &path, const QString &reason)
{
    return fail(
        ErrorKind::Storage,
        SessionText::tr("The list of connections in %1 cannot be read: %2.").arg(path, reason),
        SessionText::tr("Repair the file or move it away; it is not overwritten."));
}

Result<QJsonObject> rootFrom(const QByteArray &bytes, const QString &path)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return damaged(path, error.errorString());
    const QJsonObject root = document.object();
    if (root["version"_L1].toInt() != formatVersion)
        return damaged(path, SessionText::tr("it is of another version"));
    if (const QJsonValue list = root[listMember]; !list.isArray() && !list.isUndefined())
        return damaged(path, SessionText::tr("its connections are not a list"));
    return root;
}

Result<QJsonObject> readRoot(const QString &path)
{
    if (!QFileInfo::exists(path))
        return QJsonObject();
    return readFile(path, largestBook).and_then([&](const QByteArray &bytes) {
        return rootFrom(bytes, path);
    });
}

/// A file that cannot be replaced whole (it is mounted, or has several names) is written in place,
/// and may be half there for a moment: a damaged one is looked at again when nobody writes.
Result<QJsonObject> readUnlocked(const QString &path)
{
    auto root = readRoot(path);
    if (root)
        return root;
    const auto lock = FileLock::take(path, 2s);
    return lock ? readRoot(path) : root;
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

/// Writes one entry, the first of that id; adds it if there is none.
void writeEntry(QJsonObject &root, const Connection &before, const Connection &after)
{
    QJsonArray list = root[listMember].toArray();
    qsizetype at = 0;
    while (at < list.size() && list.at(at)["id"_L1].toString() != after.id)
        ++at;
    if (at == list.size())
        list.append(entryOf(after));
    else
        list.replace(at, entryWith(list.at(at).toObject(), before, after));
    root.insert(listMember, list);
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
    return readUnlocked(pathIn(m_paths)).map([this](const QJsonObject &root) { take(root); });
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
    QJsonObject root = m_root;
    const auto changed = [&]() -> Result<void> {
        root.insert(u"version"_s, formatVersion);
        return change(root);
    };
    if (m_paths.config.isEmpty())
        return changed().map([&] { take(root); });
    const QString path = pathIn(m_paths);
    return updateFile(path, largestBook,
                      [&](const QByteArray &bytes) -> Result<QByteArray> {
                          const bool isNew = bytes.isEmpty() && !QFileInfo::exists(path);
                          const auto there = isNew ? Result<QJsonObject>() : rootFrom(bytes, path);
                          if (!there)
                              return tl::unexpected(there.error());
                          root = *there;
                          return changed().map([&] { return QJsonDocument(root).toJson(); });
                      })
        .map([&] { take(root); });
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
            writeEntry(root, before, after);
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
        writeEntry(root, *now, merge.merged);
        return {};
    };
    return update(apply).map([&] { return *byId(before.id); });
}

Result<void> ConnectionRegistry::remove(const QString &id)
{
    return update([&](QJsonObject &root) -> Result<void> {
        const QJsonArray list = root[listMember].toArray();
        QJsonArray left;
        for (const QJsonValue &entry : list) {
            if (entry["id"_L1].toString() != id)
                left.append(entry);
        }
        root.insert(listMember, left);
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

} // namespace hubkeeper
