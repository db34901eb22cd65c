// SPDX-License-Identifier: MIT
#pragma once

#include "journal/headkeeper.h"
#include "journal/journalentry.h"

#include <QList>

#include <stop_token>

namespace SQLite {
class Database;
}

namespace hubkeeper {

/// The three answers of Journal::verify() (DESIGN 7).
enum class JournalState {
    Sealed, ///< Every entry is chained and bears a seal of this key.
    /// The chain holds, but some seals are missing or cannot be checked here; without a key also an
    /// empty journal, which may have been emptied.
    NotSealed,
    Altered, ///< An entry was changed, exchanged or taken out, or the file is damaged.
};

/// "sealed", "notSealed", "altered".
[[nodiscard]] QString nameOf(JournalState state);

/// Entries that follow each other and whose seals say nothing, for one reason.
struct UnsealedEntries
{
    qint64 first = 0;
    qint64 last = 0;
    SealState why = SealState::None; ///< None, NoKey or OtherKey.

    bool operator==(const UnsealedEntries &) const = default;
};

/// "noSeal", "noKey", "otherKey".
[[nodiscard]] QString nameOf(SealState why);

/// What verify() found.
struct JournalVerdict
{
    JournalState state = JournalState::Sealed;
    qint64 entries = 0;
    qint64 firstBadEntry = -1; ///< -1: none, or the damage is not one of an entry.
    QList<UnsealedEntries> unsealed;
    QString sentence;
};

/// Reads every entry, then the file's own structure. `known` is where the journal ended at least.
/// Gives up when `stop` says so, with what was found until then. Throws what SQLiteCpp throws.
[[nodiscard]] JournalVerdict checkJournal(SQLite::Database &database, const JournalSeal &seal,
                                          const JournalHead &known, const std::stop_token &stop);

} // namespace hubkeeper
