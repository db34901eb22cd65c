// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/deploychecks.h"
#include "idm/configuration/deploydifference.h"
#include "idm/writing/configwrite.h"
#include "session/idm/serversession.h"

namespace hubkeeper {

/// What is to become of a configuration object.
struct ConfigWish
{
    QString id;
    std::optional<JsonText> file; ///< What it is to be, an object; nothing: it is to be deleted.
    /// What the file was made from; if the server has something else, somebody has written since.
    std::optional<QJsonObject> base;
};

/// What carrying it out would do; computed before anything is written.
struct ConfigChangePlan
{
    ServerFacts server;
    ConfigWrite write;
    std::optional<DeployDifference> difference; ///< Nothing: it is new, or it is deleted.
    QList<DeployObstacle> obstacles; ///< With any of them it must not be sent.

    [[nodiscard]] bool isSame() const;
    /// Why it must not be sent, or nothing.
    [[nodiscard]] std::optional<Error> refusal() const;
};

/// Reads the server and says what it would do. Fails as IdmClient::send(), with NotFound for the
/// deletion of what is not there, with Conflict where the server does not have `base`.
[[nodiscard]] Call<ConfigChangePlan> *planConfigChange(ServerSession &session,
                                                       const ConfigWish &wish, QObject *parent);

/// What was done.
struct ConfigChangeReport
{
    ConfigWriteOutcome written;
    QString rollbackFile; ///< Empty: it was new.
};

/// Keeps what is there as a roll-back file and writes, by writeConfig(). Fails as the plan's
/// refusal(), with NotSaved and as writeConfig().
[[nodiscard]] Call<ConfigChangeReport> *changeConfig(ServerSession &session,
                                                     const SessionServices &services,
                                                     std::shared_ptr<Journal> journal,
                                                     const ConfigChangePlan &plan,
                                                     const QString &note, QObject *parent);

/// What a list of mappings must not be written with: what takes all mappings of a server away, or
/// breaks every run of one (recon-vectors, facts 38 to 41). Pure.
[[nodiscard]] QList<DeployObstacle> mappingObstacles(const QJsonObject &sync);

} // namespace hubkeeper
