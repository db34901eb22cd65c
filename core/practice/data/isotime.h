// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace hubkeeper::practice {

/// Milliseconds since 1970-01-01 UTC: how the practice portal keeps instants.
using EpochMs = qint64;

/// "2026-11-23T10:00:00.000Z". Years 0 to 9999.
[[nodiscard]] QString isoText(EpochMs instant);

/// "2026-11-23", the day in UTC.
[[nodiscard]] QString isoDay(EpochMs instant);

/// Reads "2026-11-23" and "2026-11-23T10:00[:00[.fff]](Z|+hh:mm|-hh:mm)"; nothing for anything
/// else, a time without a zone included. Written by hand: search reads very many of them.
[[nodiscard]] std::optional<EpochMs> readIso(QStringView text);

/// Like readIso(), and also whole numbers, taken as epoch milliseconds. Years 0 to 9999 only.
[[nodiscard]] std::optional<EpochMs> readInstant(QStringView text);

inline constexpr EpochMs dayMs = 86'400'000;

} // namespace hubkeeper::practice
