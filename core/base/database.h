// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <type_traits>

namespace hubkeeper {

/// How long a database waits for another program before it gives up.
inline constexpr std::chrono::milliseconds databasePatience {10'000};

/// What SQLite's failure means to the user, by its code: used by another program, a full disk and
/// a folder that cannot be written are NotSaved, anything else (damage) is Storage. `subject` and
/// `doing` are parts of an English sentence: "The journal", "beginning a run".
[[nodiscard]] Error databaseError(const QString &subject, const QString &doing,
                                  const SQLite::Exception &thrown);

/// Switches to write-ahead logging, the one step that SQLite's own busy time-out does not cover:
/// two programs that open a new database at once would otherwise fail with "database is locked".
/// Throws SQLite::Exception.
void useWriteAheadLog(SQLite::Database &database,
                      std::chrono::milliseconds patience = databasePatience);

/// Runs `work` and turns what SQLiteCpp throws into databaseError().
template <typename Work>
[[nodiscard]] auto databaseCall(const QString &subject, const char *doing, Work &&work)
    -> Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const SQLite::Exception &thrown) {
        return tl::unexpected(databaseError(subject, QString::fromLatin1(doing), thrown));
    }
}

} // namespace hubkeeper
