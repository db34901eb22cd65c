// SPDX-License-Identifier: MIT
#pragma once

#include "idm/writing/reconwrite.h"
#include "session/idm/runresult.h"

namespace hubkeeper {

/// A run that was started from here.
struct StartedRun
{
    QString id; ///< Of the server's run.
    QString journalRun; ///< Of the journal.
    JournalRow row; ///< Of the journal, without the result.
};

/// Starts a reconciliation through writeToServer(): the intent is in the journal before it is sent.
/// Does not wait for its end. Fails with Conflict if one of the mapping is under way, with Refused
/// as the write mode does, with OutcomeUnknown if nobody knows whether it was started.
[[nodiscard]] Call<StartedRun> *startRun(ServerSession &session, const SessionServices &services,
                                         std::shared_ptr<Journal> journal, const ReconOrder &order,
                                         const QString &note, QObject *parent);

/// Asks the server to cancel a run. It ends later: watchRun(). Fails with Conflict if it is over,
/// with Refused, NotFound, and as IdmClient::send().
[[nodiscard]] Call<void> *cancelRun(ServerSession &session, const SessionServices &services,
                                    std::shared_ptr<Journal> journal, const QString &id,
                                    QObject *parent);

/// How a run is watched.
struct WatchOptions
{
    std::chrono::milliseconds firstPause {1'000}; ///< Between two looks; grows to five times that.
    /// How long nothing may happen in a run: one can stay ACTIVE for ever (idm-rest 9.3).
    std::chrono::milliseconds patience {600'000};
    std::function<void(const ServerRun &)> onLook; ///< After each look.
};

/// Looks at a run until it is over. A server that does not answer is asked again until the patience
/// is over. Cancelling the call does not cancel the run. Fails with TimedOut when nothing has
/// happened for too long, else as readServerRun().
[[nodiscard]] Call<ServerRun> *watchRun(ServerSession &session, const SessionServices &services,
                                        const QString &id, const WatchOptions &options,
                                        QObject *parent);

/// Notes in the journal what a run that was started from here came to.
[[nodiscard]] Call<void> *noteResult(std::shared_ptr<Journal> journal, const StartedRun &started,
                                     const RunResult &result, QObject *parent);

} // namespace hubkeeper
