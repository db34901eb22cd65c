// SPDX-License-Identifier: MIT
#include "idmprovisioner.h"

#include "differencetext.h"
#include "options.h"
#include "provisionerfiles.h"
#include "session/idm/fileonserver.h"
#include "session/idm/serveruse.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

void FileOnServer::addTo(CLI::App &verb, bool needsFile)
{
    verb.add_option("FILE", file, "The provisioner, provisioner.openicf-<name>.json")
        ->required(needsFile)
        ->type_name(fileArgument);
    verb.add_option("--id", id,
                    "Its configuration on the server, provisioner.openicf/<name>; by the name of "
                    "the file if it is not said");
    server.addTo(verb);
}

QString FileOnServer::configId() const
{
    if (!id.empty()) {
        const QString given = QString::fromStdString(id);
        return given.contains(u'/') ? given : provisionerPrefix + given;
    }
    return configIdOfFile(QString::fromStdString(file));
}

Result<std::shared_ptr<ServerSession>> openFor(const FileOnServer &what, Services &services)
{
    if (!what.server.server.empty() || what.file.empty())
        return openFor(what.server, services);
    const auto known = serverOfFile(QString::fromStdString(what.file), services.paths);
    if (!known)
        return tl::unexpected(known.error());
    ServerOptions options = what.server;
    if (*known)
        options.server = (*known)->id.toStdString();
    return openFor(options, services);
}

/// The file as JSON. Fails with InvalidInput.
Result<JsonText> provisionerIn(const std::string &path, Services &services)
{
    const QString name = QString::fromStdString(path);
    return bytesOf(name, services).and_then([&](const QByteArray &bytes) -> Result<JsonText> {
        JsonText text(bytes);
        if (text.isValid() && text.node(text.root()).kind == JsonKind::Object)
            return text;
        return fail(ErrorKind::InvalidInput, u"%1 is not a provisioner."_s.arg(name),
                    u"`hubkeeper-cli validate` says what is wrong."_s);
    });
}

QJsonObject objectOf(const JsonText &text)
{
    return text.valueOf(text.root()).toObject();
}

QJsonArray asJson(const QList<DeployObstacle> &obstacles)
{
    QJsonArray list;
    for (const DeployObstacle &one : obstacles)
        list.append(QJsonObject {
            {u"pointer"_s, one.pointer}, {u"message"_s, one.what}, {u"remedy"_s, one.remedy}});
    return list;
}

void showDifference(const std::optional<DeployDifference> &difference,
                    const QList<DeployObstacle> &obstacles, const QString &id, Output &output)
{
    if (!difference)
        output.line(u"The server has no %1: it would be new."_s.arg(id));
    else if (difference->isSame())
        output.line(u"%1 is the same as the file."_s.arg(id));
    else
        for (const MeaningChange &change : difference->changes)
            output.line(lineOf(change));
    if (difference && !difference->notCompared.isEmpty())
        output.message(u"Not compared, since only the server can read them: %1"_s.arg(
            difference->notCompared.join(u", "_s)));
    for (const DeployObstacle &one : obstacles)
        output.message(u"Must not be deployed%1: %2 %3"_s.arg(
            one.pointer.isEmpty() ? QString() : u" (%1)"_s.arg(one.pointer), one.what, one.remedy));
}

} // namespace hubkeeper::cli
