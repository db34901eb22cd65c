// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/clock.h"
#include "base/secret.h"
#include "changes/set/changeset.h"

namespace hubkeeper {

/// A run as the journal lists it.
struct JournalRun
{
    QString id; ///< UUID.
    QDateTime startedAt; ///< UTC.
    QDateTime endedAt; ///< Invalid: interrupted.
    QString connection; ///< Its label.
    qint64 portalId = 0;
    QString user; ///< Login name on this machine.
    QString note;
    QString revertOf; ///< Id of the run this one reverts, or empty.
    int rows = 0;
    int applied = 0;
    int failed = 0;
};

/// One row of a run with old and new texts.
struct JournalRow
{
    /// It is not a record but a property definition of that type, by its name. A change set cannot
    /// take it back; revertDefinitions() (session) does.
    bool isDefinition = false;
    ObjectType type = ObjectType::Contacts;
    ChangeKind kind = ChangeKind::Update;
    QString recordId;
    QString label;
    QMap<QString, CellChange> cells;
    QString outcome; ///< "intended", "applied", "failed", "conflict", "unknown", "skipped".
    QString message;
};

/// What verify() found.
struct JournalVerdict
{
    bool intact = true;
    qint64 entries = 0;
    qint64 firstBadEntry = -1;
    QString sentence;
};

/// The append-only, hash-chained record of runs (SQLite, 0600): every entry holds the SHA-256 of
/// the one before it and an HMAC when a key is given (DESIGN 7). Written before and after each
/// batch; an interrupted run is seen at the next start. Belongs to one thread; a thread of its own
/// writes, in the order of the calls.
class Journal final
{
public:
    /// Opens or makes the file. Without a key entries are chained but not authenticated.
    /// Fails with Storage.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const QString &path, Clock &clock,
                                                               const Secret &key);
    ~Journal();

    [[nodiscard]] Result<QString> beginRun(const QString &connection, qint64 portalId,
                                           const QString &note, const QString &revertOf);
    /// Each call is on the disk when it returns; many rows in one call cost as much as one.
    [[nodiscard]] Result<void> addIntents(const QString &runId, const std::vector<RowChange> &rows);
    /// The outcome is the row's state, the message its error.
    [[nodiscard]] Result<void> addOutcomes(const QString &runId,
                                           const std::vector<RowChange> &rows);
    /// The same without waiting here: on the disk when the call is over. Cancelling it takes
    /// nothing back.
    [[nodiscard]] Call<void> *noteIntents(const QString &runId, std::vector<RowChange> rows,
                                          QObject *parent);
    [[nodiscard]] Call<void> *noteOutcomes(const QString &runId, std::vector<RowChange> rows,
                                           QObject *parent);
    [[nodiscard]] Result<void> addIntent(const QString &runId, const RowChange &row);
    [[nodiscard]] Result<void> addOutcome(const QString &runId, const RowChange &row);
    /// The same for the `number`-th write of a run that is not made of the rows of a change set:
    /// one run may write a record more than once then. The row's outcome and message count for the
    /// second only.
    [[nodiscard]] Result<void> addWriteIntent(const QString &runId, int number,
                                              const JournalRow &row);
    [[nodiscard]] Result<void> addWriteOutcome(const QString &runId, int number,
                                               const JournalRow &row);
    [[nodiscard]] Result<void> endRun(const QString &runId);

    /// Newest first.
    [[nodiscard]] Result<QList<JournalRun>> runs() const;
    [[nodiscard]] Result<QList<JournalRow>> rows(const QString &runId) const;
    /// The change set that takes a run back; see inverserows.h.
    [[nodiscard]] Result<std::vector<RowChange>> inverseOf(const QString &runId,
                                                           QStringList *left) const;
    /// Reads every entry. With a key, entries sealed with another one (or none) are bad.
    [[nodiscard]] Result<JournalVerdict> verify() const;

private:
    class Private;
    explicit Journal(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
