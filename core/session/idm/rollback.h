// SPDX-License-Identifier: MIT
#pragma once

#include "idm/writing/configwrite.h"
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

/// Writes it, as a run of its own that reverts the other one. Without a write in the plan nothing
/// is sent, and the outcome has no run. Fails as writeConfig().
[[nodiscard]] Call<ConfigWriteOutcome> *rollBack(ServerSession &session,
                                                 const SessionServices &services,
                                                 std::shared_ptr<Journal> journal,
                                                 const RollbackPlan &plan, QObject *parent);

} // namespace hubkeeper
