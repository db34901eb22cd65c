// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/linkrepair.h"

namespace hubkeeper {

/// What taking a run that wrote links back would write.
struct LinkRollback
{
    QString run;
    QList<LinkWrite> writes; ///< Empty: the links are as they were before the run.
};

/// Whether a run of the journal wrote links.
[[nodiscard]] bool wroteLinks(const RunRecord &run);

/// Reads the run and what the server has now, and decides for each link (linkTakenBack()): links
/// that are as before already need no write. Sends nothing that changes anything. Fails with
/// NotFound for an unknown run, with Refused for one on another server, with InvalidInput where it
/// wrote something else, with Conflict if somebody has changed a link since. `session` must outlive
/// the call.
[[nodiscard]] Call<LinkRollback> *planLinkRollback(ServerSession &session,
                                                   std::shared_ptr<Journal> journal,
                                                   const QString &run, QObject *parent);

/// Writes it, as a run of its own that reverts the other one; each link only if it still is what
/// the plan saw. Without a write nothing is sent, and the report has no run. Fails as
/// writeToServer().
[[nodiscard]] Call<LinkRepairReport> *rollBackLinks(ServerSession &session,
                                                    const SessionServices &services,
                                                    std::shared_ptr<Journal> journal,
                                                    const LinkRollback &plan, QObject *parent);

} // namespace hubkeeper
