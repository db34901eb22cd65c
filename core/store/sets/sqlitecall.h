// SPDX-License-Identifier: MIT
#pragma once

#include "base/database.h"

namespace hubkeeper {

/// Runs `work` and turns what SQLiteCpp throws into an error: the one place of this part where
/// exceptions end. `doing` is an English phrase: "storing records".
template <typename Work>
[[nodiscard]] auto sqliteCall(const char *doing, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    return databaseCall(QStringLiteral("The local store"), doing, std::forward<Work>(work));
}

} // namespace hubkeeper
