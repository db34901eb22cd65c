// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "journal/journalcheck.h"
#include "journal/journalfile.h"
#include "journal/journalreader.h"

#include <functional>

namespace hubkeeper {

/// The append-only, hash-chained record of runs (SQLite, 0600): every entry holds the SHA-256 of
/// the one before it, and an HMAC where there is a key (DESIGN 7). Written before and after each
/// batch; an interrupted run is seen at the next start.
///
/// Belongs to one thread. A thread of its own writes, in the order of the calls, another one
/// reads: the calls that return a Call do not wait for the disk. The others do, and are for
/// programs without a window and for tests. All fail with Storage, or
/// NotSaved where the disk or another program does not let it write.
class Journal final
{
public:
    /// Opens or makes the file. Without a key entries are chained but not sealed. `keeper`, which
    /// may be null, remembers where the journal ends.
    [[nodiscard]] static Result<std::unique_ptr<Journal>>
    open(const QString &path, Clock &clock, const Secret &key,
         std::shared_ptr<HeadKeeper> keeper = {});
    /// The same without waiting.
    [[nodiscard]] static Call<std::shared_ptr<Journal>> *opened(const QString &path, Clock &clock,
                                                                const Secret &key,
                                                                std::shared_ptr<HeadKeeper> keeper,
                                                                QObject *parent);
    ~Journal();

    /// What is written from now on is worth, as far as it was seen until now.
    [[nodiscard]] JournalTrust trust() const;
    /// Where the file is.
    [[nodiscard]] const QString &path() const;

    /// An id for RunStart, for those who need it before the run has begun.
    [[nodiscard]] static QString newRunId();
    /// The id of the run. On the disk when the call is over, like everything below.
    [[nodiscard]] Call<QString> *begin(const RunStart &start, QObject *parent);
    /// What will be written. Many rows in one call cost as much as one. Cancelling a call takes
    /// nothing back.
    [[nodiscard]] Call<void> *noteIntents(const QString &runId, std::vector<JournalRow> rows,
                                          QObject *parent);
    /// What became of it: each row with its outcome.
    [[nodiscard]] Call<void> *noteOutcomes(const QString &runId, std::vector<JournalRow> rows,
                                           QObject *parent);
    /// Ends the run with its counts, and has the keeper remember the end of the journal. A keeper
    /// that cannot is not a failure: an older end still holds. A run whose rows got other outcomes
    /// afterwards is ended once more: the last end counts.
    [[nodiscard]] Call<void> *end(const QString &runId, QObject *parent);
    /// The same for who cannot wait: written in their order before the journal is destroyed, at
    /// the latest. A failure is logged; the journal shows the intents alone then.
    void leaveOutcomes(const QString &runId, std::vector<JournalRow> rows);
    void leaveEnd(const QString &runId);
    /// Over when everything that was left, or ended by endRun(), is written and the keeper has its
    /// end, or did not answer in time. Who ends the program waits for it.
    [[nodiscard]] Call<void> *finish(QObject *parent);

    [[nodiscard]] Call<QList<JournalRun>> *readRuns(const RunFilter &filter, QObject *parent);
    /// Fails with NotFound for an unknown id.
    [[nodiscard]] Call<RunRecord> *readRun(const QString &id, QObject *parent);
    [[nodiscard]] Call<JournalVerdict> *check(QObject *parent);

    // The same, waiting.
    [[nodiscard]] Result<QString> beginRun(const RunStart &start);
    [[nodiscard]] Result<void> addIntents(const QString &runId, std::vector<JournalRow> rows);
    [[nodiscard]] Result<void> addOutcomes(const QString &runId, std::vector<JournalRow> rows);
    /// The keeper hears of the end later: finish().
    [[nodiscard]] Result<void> endRun(const QString &runId);
    /// Newest first.
    [[nodiscard]] Result<QList<JournalRun>> runs(const RunFilter &filter = {}) const;
    [[nodiscard]] Result<QList<JournalRow>> rows(const QString &runId) const;
    [[nodiscard]] Result<RunRecord> run(const QString &id) const;
    [[nodiscard]] Result<JournalVerdict> verify() const;

private:
    class Private;
    explicit Journal(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
