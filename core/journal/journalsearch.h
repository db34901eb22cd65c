// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "journal/journalentry.h"
#include "journal/journalrow.h"

#include <memory>
#include <stop_token>

namespace hubkeeper {

/// What to look for in a journal; members that are empty choose nothing, all others have to hold.
struct JournalQuery
{
    QString type; ///< "contacts", "companies".
    QString record; ///< Id of a record: a row's own, the other end of its link, or of a merge.
    QString property; ///< That the row writes; any letter case.
    QString user; ///< Login name of who wrote it; any letter case.
    QDateTime from; ///< Written down at that time or later.
    QDateTime until; ///< Written down before that time.
    QString text; ///< Somewhere in the row: names, values, messages. Case of ASCII letters is one.
    QString connectionId; ///< Only runs of that connection.
    QString outcome; ///< One of the words of `outcome::`.
    int most = 1000; ///< Hits; at least 1.

    [[nodiscard]] bool isEmpty() const;
};

/// Whether an entry is the one that was written.
enum class EntryMark {
    Sealed, ///< Its hash follows from the entry before it, and it bears a seal of this key.
    NotSealed, ///< Its hash does, and nobody can check a seal.
    Altered, ///< Its hash or its seal is not the one that it should have.
};
/// "sealed", "notSealed", "altered".
[[nodiscard]] QString nameOf(EntryMark mark);

/// A row that was found, with its last outcome.
struct JournalHit
{
    QString runId;
    QString connectionId;
    QString connection; ///< Its label at that time.
    qint64 portalId = 0;
    QString user;
    QString note;
    QDateTime at; ///< When the last word on the row was written down; UTC.
    qint64 entry = 0; ///< Number of the entry that has it.
    JournalRow row;
    EntryMark mark = EntryMark::NotSealed; ///< Of that entry.
};

struct JournalHits
{
    QList<JournalHit> hits; ///< Newest first.
    bool isCut = false; ///< There are more than JournalQuery::most.
};

/// Looks through the journal of all connections from its end. Memory grows with the hits only.
/// Marks the hits with what `seal` says of theirs; the whole chain is checkJournal()'s. Gives
/// up when `stop` says so. Fails with Storage, and with NotFound if there is no journal. Any
/// thread.
[[nodiscard]] Result<JournalHits> searchJournal(const QString &path, const JournalQuery &query,
                                                const JournalSeal &seal,
                                                const std::stop_token &stop = {});

/// The same on a thread of the global pool.
[[nodiscard]] Call<JournalHits> *findInJournal(const QString &path, const JournalQuery &query,
                                               std::shared_ptr<const JournalSeal> seal,
                                               QObject *parent);

/// As `journal search --json` prints it.
[[nodiscard]] QJsonObject hitJson(const JournalHit &hit);

} // namespace hubkeeper
