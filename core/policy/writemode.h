// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace hubkeeper {

/// How far a connection or a server may be written to (DESIGN 7). From the strictest on.
enum class WriteMode {
    ReadOnly, ///< Staging is fine, Apply is refused.
    ReviewRequired, ///< Apply only what was shown in a review of exactly this change set.
    Confirm, ///< Apply after one question.
    Free,
};
inline constexpr std::array allWriteModes {WriteMode::ReadOnly, WriteMode::ReviewRequired,
                                           WriteMode::Confirm, WriteMode::Free};

[[nodiscard]] QString nameOf(WriteMode mode); ///< "read-only", "review", "confirm", "free".
[[nodiscard]] std::optional<WriteMode> writeModeFrom(const QString &name);

} // namespace hubkeeper
