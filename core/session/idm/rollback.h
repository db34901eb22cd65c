// SPDX-License-Identifier: MIT
#pragma once

#include "idm/writing/configwrite.h"
#include "session/idm/activation.h"
#include "session/idm/serversession.h"

namespace hubkeeper {

/// What taking a run on a server back would write.
struct RollbackPlan
{
    QString run;
    JournalRow row;
    std::optional<ConfigWrite> write; ///< Nothing: everything is as it was before the run.
};

/// Reads the run and what the server has now, and decides (takenBack()). Sends nothing that changes
/// anything. Fails with NotFound for an unknown run, Refused for one that wrote elsewhere, Conflict
/// if somebody has written since, and as IdmClient::send(). `session` must outlive the call.
[[nodiscard]] Call<RollbackPlan> *planRollback(ServerSession &session,
                                               std::shared_ptr<Journal> journal, const QString &run,
                                               QObject *parent);

/// What a roll-back did.
struct RollbackReport
{
    ConfigWriteOutcome written; ///< Without a run if there was nothing to write.
    QString connector; ///< The name of the connector whose configuration it was; else empty.
    Activation activation; ///< Of that connector.
};

/// Writes it, as a run of its own that reverts the other one; a connector's configuration is then
/// waited for (waitUntilActive()). Without a write in the plan nothing is sent. Fails as
/// writeConfig(); what comes after the write does not fail.
[[nodiscard]] Call<RollbackReport> *
rollBack(ServerSession &session, const SessionServices &services, std::shared_ptr<Journal> journal,
         const RollbackPlan &plan, const ActivationWait &wait, QObject *parent);

} // namespace hubkeeper
