// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/deploychecks.h"
#include "idm/configuration/deploydifference.h"
#include "idmserver.h"

namespace hubkeeper::cli {

/// A provisioner file and the configuration of a server that it is or becomes.
struct FileOnServer
{
    ServerOptions server;
    std::string file;
    std::string id;

    void addTo(CLI::App &verb, bool needsFile);
    /// "provisioner.openicf/hubspot", as said or by the name of the file.
    [[nodiscard]] QString configId() const;
};

/// The session of the server that was named, else that of the file's connection, else the only one
/// there is. Fails as openFor() and ConnectionRegistry::load().
[[nodiscard]] Result<std::shared_ptr<ServerSession>> openFor(const FileOnServer &what,
                                                             Services &services);

/// The file as JSON. Fails with InvalidInput.
[[nodiscard]] Result<JsonText> provisionerIn(const std::string &path, Services &services);

/// The whole of it as a value.
[[nodiscard]] QJsonObject objectOf(const JsonText &text);

[[nodiscard]] QJsonArray asJson(const QList<DeployObstacle> &obstacles);
/// What differs, for people; what must not be deployed goes to the messages.
void showDifference(const std::optional<DeployDifference> &difference,
                    const QList<DeployObstacle> &obstacles, const QString &id, Output &output);

} // namespace hubkeeper::cli
