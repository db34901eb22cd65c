// SPDX-License-Identifier: MIT
#include "session/idm/seenmapping.h"

#include "base/savefile.h"

#include <QJsonDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestSeen = 16 << 20; // Bytes.

QString folderOf(const Server &server, const Paths &paths)
{
    return paths.data + u"/seen/"_s + server.id;
}

QString fileOf(const Server &server, const QString &name, const Paths &paths)
{
    const QString safe = QString::fromLatin1(QUrl::toPercentEncoding(name));
    return folderOf(server, paths) + u"/mapping-"_s + safe + u".json"_s;
}

} // namespace

Result<void> rememberSeen(const Server &server, const QString &name, const QJsonObject &mapping,
                          const Paths &paths)
{
    return makePrivateFolder(folderOf(server, paths)).and_then([&] {
        return saveFile(fileOf(server, name, paths), QJsonDocument(mapping).toJson(),
                        FileMode::KeepOrPrivate);
    });
}

std::optional<QJsonObject> lastSeen(const Server &server, const QString &name, const Paths &paths)
{
    const auto bytes = readFile(fileOf(server, name, paths), largestSeen);
    if (!bytes)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

} // namespace hubkeeper
