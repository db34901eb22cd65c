// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/entryexport.h"
#include "session/idm/reconrun.h"

namespace hubkeeper {

/// Takes the entries of a run, a page at a time.
using EntryPages = std::function<void(const QList<AuditEntry> &page)>;

/// Runs to be started, one after the other.
struct RunPlan
{
    QList<ReconOrder> orders;
    std::optional<PredictedRun> predicted; ///< Of all of them.
    QString note; ///< For the journal.
    std::chrono::milliseconds patience {600'000}; ///< WatchOptions::patience.
};

/// What runAll() reports while it works.
struct RunListener
{
    std::function<void(const StartedRun &)> onStarted;
    std::function<void(const ServerRun &)> onLook; ///< After each look at a run.
    EntryPages onEntries; ///< Of the run that was started last, after its end.
};

/// Starts one run after the other, each watched until it is over; what it came to goes to the
/// journal and is the outcome; after one that was cancelled, none is started. Holds the session: a
/// server that is closed in the meantime does not end it. Cancelling the call ends the watching,
/// not the run. Fails as openJournal(), startRun(), watchRun(), readRunResult().
[[nodiscard]] Call<QList<RunResult>> *runAll(std::shared_ptr<ServerSession> session,
                                             const SessionServices &services, RunPlan plan,
                                             RunListener listener, QObject *parent);

/// readRunResult() with its entries page by page; holds the session.
[[nodiscard]] Call<RunResult> *readResultInPages(std::shared_ptr<ServerSession> session,
                                                 const QString &id,
                                                 const std::optional<PredictedRun> &predicted,
                                                 EntryPages pages, QObject *parent);

/// cancelRun() with the journal opened before; holds the session.
[[nodiscard]] Call<void> *cancelOnServer(std::shared_ptr<ServerSession> session,
                                         const SessionServices &services, const QString &id,
                                         QObject *parent);

/// Writes all entries of a run to a file and gives their number. Fails as readAudit() and with
/// NotSaved; the file is whole or as it was.
[[nodiscard]] Call<qint64> *exportEntries(std::shared_ptr<ServerSession> session, const QString &id,
                                          const QString &path, EntryFormat format, QObject *parent);

} // namespace hubkeeper
