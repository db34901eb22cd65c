// SPDX-License-Identifier: MIT
#include "session/connections/connectionbook.h"

#include "base/savefile.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestBook = 4 << 20; // Bytes; a connection takes about 500.
constexpr int formatVersion = 1;

QString bookPath(const Paths &paths)
{
    return paths.config + u"/connections.json"_s;
}

QJsonObject toJson(const WritePolicy &policy)
{
    return {{u"mode"_s, nameOf(policy.mode)},
            {u"mostRows"_s, policy.mostRows},
            {u"mostArchives"_s, policy.mostArchives},
            {u"protectedProperties"_s, QJsonArray::fromStringList(policy.protectedProperties)},
            {u"archiveAllowed"_s, policy.archiveAllowed}};
}

QJsonObject toJson(const Connection &connection)
{
    return {{u"id"_s, connection.id},
            {u"label"_s, connection.label},
            {u"provisioner"_s, connection.provisionerPath},
            {u"kind"_s, nameOf(connection.kind)},
            {u"colour"_s, connection.colour},
            {u"apiVersion"_s, nameOf(connection.apiVersion)},
            {u"baseUrl"_s, connection.baseUrl.toString()},
            {u"allowRemoteBaseUrl"_s, connection.allowRemoteBaseUrl},
            {u"reserve"_s, connection.reserve},
            {u"policy"_s, toJson(connection.policy)}};
}

WritePolicy policyFrom(const QJsonObject &json)
{
    WritePolicy policy;
    // An unknown mode reads as the safest one.
    policy.mode = writeModeFrom(json["mode"_L1].toString()).value_or(WriteMode::ReadOnly);
    policy.mostRows = json["mostRows"_L1].toInt(policy.mostRows);
    policy.mostArchives = json["mostArchives"_L1].toInt(policy.mostArchives);
    policy.archiveAllowed = json["archiveAllowed"_L1].toBool(true);
    const QJsonArray names = json["protectedProperties"_L1].toArray();
    for (const QJsonValue &name : names)
        policy.protectedProperties.append(name.toString());
    return policy;
}

Connection connectionFrom(const QJsonObject &json)
{
    Connection connection;
    connection.id = json["id"_L1].toString();
    connection.label = json["label"_L1].toString();
    connection.provisionerPath = json["provisioner"_L1].toString();
    connection.kind =
        connectionKindFrom(json["kind"_L1].toString()).value_or(ConnectionKind::Production);
    connection.colour = json["colour"_L1].toString();
    connection.apiVersion =
        apiVersionFrom(json["apiVersion"_L1].toString()).value_or(ApiVersion::V2026_09);
    connection.baseUrl = QUrl(json["baseUrl"_L1].toString());
    connection.allowRemoteBaseUrl = json["allowRemoteBaseUrl"_L1].toBool(false);
    connection.reserve = json["reserve"_L1].toInt(0);
    connection.policy = policyFrom(json["policy"_L1].toObject());
    return connection;
}

tl::unexpected<Error> damaged(const QString &path, const QString &reason)
{
    return fail(ErrorKind::Storage,
                u"The list of connections in %1 cannot be read: %2."_s.arg(path, reason),
                u"Mend the file or move it away; it is not overwritten."_s);
}

} // namespace

Result<ConnectionBook> ConnectionBook::load(const Paths &paths)
{
    ConnectionBook book;
    book.m_paths = paths;
    const QString path = bookPath(paths);
    if (!QFileInfo::exists(path))
        return book;
    const auto bytes = readFile(path, largestBook);
    if (!bytes)
        return tl::unexpected(bytes.error());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return damaged(path, error.errorString());
    if (document.object()["version"_L1].toInt() != formatVersion)
        return damaged(path, u"it is of another version"_s);
    const QJsonArray connections = document.object()["connections"_L1].toArray();
    for (const QJsonValue &connection : connections)
        book.m_connections.append(connectionFrom(connection.toObject()));
    return book;
}

const Connection *ConnectionBook::byId(const QString &id) const
{
    const auto found = std::find_if(m_connections.begin(), m_connections.end(),
                                    [&](const Connection &c) { return c.id == id; });
    return found == m_connections.end() ? nullptr : &*found;
}

const Connection *ConnectionBook::byProvisioner(const QString &path) const
{
    const QString wanted = QFileInfo(path).canonicalFilePath();
    const auto found =
        std::find_if(m_connections.begin(), m_connections.end(), [&](const Connection &c) {
            return !wanted.isEmpty() && QFileInfo(c.provisionerPath).canonicalFilePath() == wanted;
        });
    return found == m_connections.end() ? nullptr : &*found;
}

Result<void> ConnectionBook::store(const Connection &connection)
{
    QList<Connection> next = m_connections;
    const auto found = std::find_if(next.begin(), next.end(),
                                    [&](const Connection &c) { return c.id == connection.id; });
    if (found == next.end())
        next.append(connection);
    else
        *found = connection;
    return save(next).map([&] { m_connections = next; });
}

Result<void> ConnectionBook::remove(const QString &id)
{
    QList<Connection> next = m_connections;
    next.removeIf([&](const Connection &c) { return c.id == id; });
    return save(next).map([&] { m_connections = next; });
}

Result<void> ConnectionBook::save(const QList<Connection> &connections) const
{
    if (m_paths.config.isEmpty())
        return {};
    QJsonArray list;
    for (const Connection &connection : connections)
        list.append(toJson(connection));
    const QJsonObject root {{u"version"_s, formatVersion}, {u"connections"_s, list}};
    return makePrivateFolder(m_paths.config).and_then([&] {
        return saveFile(bookPath(m_paths), QJsonDocument(root).toJson(), FileMode::KeepOrPrivate);
    });
}

} // namespace hubkeeper
