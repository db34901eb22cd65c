// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <type_traits>

namespace hubkeeper {

/// Runs `work` and turns what SQLiteCpp throws into a Storage error: the one place of this part
/// where exceptions end. `doing` is an English phrase: "storing records".
template <typename Work>
[[nodiscard]] auto sqliteCall(const char *doing, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const std::exception &thrown) {
        return fail(ErrorKind::Storage,
                    QStringLiteral("The local store failed while %1: %2.")
                        .arg(QString::fromLatin1(doing), QString::fromUtf8(thrown.what())),
                    QStringLiteral("Check the free space and the permissions of its folder."));
    }
}

} // namespace hubkeeper
