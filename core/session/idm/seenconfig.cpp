// SPDX-License-Identifier: MIT
#include "session/idm/seenconfig.h"

#include "base/savefile.h"

#include <QJsonDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestDeployed = 16 << 20; // Bytes.

QString deployedFolder(const Server &server, const Paths &paths)
{
    return paths.data + u"/seen/"_s + server.id;
}

QString deployedFile(const Server &server, const QString &id, const Paths &paths)
{
    const QString safe = QString::fromLatin1(QUrl::toPercentEncoding(id));
    return deployedFolder(server, paths) + u"/config-"_s + safe + u".json"_s;
}

} // namespace

Result<void> rememberDeployed(const Server &server, const ConfigObject &object, const Paths &paths)
{
    return makePrivateFolder(deployedFolder(server, paths)).and_then([&] {
        return saveFile(deployedFile(server, object.id, paths),
                        QJsonDocument(object.value).toJson(), FileMode::KeepOrPrivate);
    });
}

std::optional<DeployDifference> changedSinceDeployed(const Server &server, const ConfigObject &now,
                                                     const Paths &paths)
{
    const auto bytes = readFile(deployedFile(server, now.id, paths), largestDeployed);
    if (!bytes)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes);
    if (!document.isObject())
        return std::nullopt;
    return differenceTo(JsonText(QJsonDocument(now.value).toJson()),
                        ConfigObject {now.id, document.object()});
}

} // namespace hubkeeper
