// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/deploychecks.h"
#include "idm/configuration/deploydifference.h"
#include "idm/system/connectorref.h"
#include "portal/access/oauth.h"
#include "session/idm/serversession.h"

namespace hubkeeper {

/// Where a secret of a provisioner that is deployed comes from.
enum class DeployedSecret {
    File, ///< In clear text in the file; the server encrypts it.
    Substitution, ///< `&{…}` in the file, for servers that replace it.
    Server, ///< What the server has, encrypted, stays.
    Keychain, ///< Sent in clear text from the keychain; the server encrypts it.
    Nowhere, ///< It would be deployed without one.
};

[[nodiscard]] QString nameOf(DeployedSecret source); ///< "file", "substitution", "server", ...

/// What shall become of the secrets.
enum class SecretChoice {
    AsTheyAre, ///< The file's, else the server's, else the keychain's.
    KeepServers, ///< The server's where it has them.
    FromKeychain, ///< The keychain's.
};

/// What a deployment would do; computed before anything is written.
struct DeployPlan
{
    QString id; ///< "provisioner.openicf/hubspot".
    QString name; ///< Of the system.
    ServerFacts server;
    std::optional<ConfigObject> seen; ///< What is deployed now.
    ConfigObject wanted; ///< What would be sent, secrets in it.
    std::optional<DeployDifference> difference; ///< Nothing: it is new.
    QList<DeployObstacle> obstacles; ///< With any of them it must not be sent.
    BundleCheck bundle;
    QList<std::pair<QString, DeployedSecret>> secrets; ///< By property.

    /// Nothing would change; secrets that are sent count as a change.
    [[nodiscard]] bool isSame() const;
    /// Why it must not be sent, or nothing.
    [[nodiscard]] std::optional<Error> refusal() const;
};

/// What is to be deployed, where, and with which secrets.
struct DeployWish
{
    JsonText file; ///< Valid, an object.
    QString id; ///< Of its configuration.
    SecretChoice choice = SecretChoice::AsTheyAre;
    QString connection; ///< Id of the file's connection, whose secrets the keychain may have.
};

/// Reads the server and says what deploying the file there would do. Sends nothing that changes
/// anything. Fails as IdmClient::send(), and with SecretChoice::FromKeychain as the keychain does.
/// `secrets` must outlive the call.
[[nodiscard]] Call<DeployPlan> *planDeploy(ServerSession &session, SecretStore &secrets,
                                           const DeployWish &wish, QObject *parent);

/// Puts the secrets into `value`, and says where each comes from. Pure.
[[nodiscard]] QList<std::pair<QString, DeployedSecret>>
placeSecrets(QJsonObject &value, const std::optional<ConfigObject> &seen, SecretChoice choice,
             const OAuthCredentials &kept);

} // namespace hubkeeper
