// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <exception>
#include <type_traits>

namespace hubkeeper {

/// The journal's file failed while `doing`, a phrase such as "reading a run".
[[nodiscard]] Error journalFault(const char *doing, const std::exception &thrown);

/// What `work` gives, or databaseError() for what SQLite throws in it.
template <typename Work>
auto journalCall(const char *doing, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const std::exception &thrown) {
        return tl::unexpected(journalFault(doing, thrown));
    }
}

} // namespace hubkeeper
