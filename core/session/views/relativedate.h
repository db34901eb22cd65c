// SPDX-License-Identifier: MIT
#pragma once

#include <QDate>
#include <QStringList>

#include <optional>

namespace hubkeeper {

/// Days from one to before another.
struct DayRange
{
    QDate first;
    QDate after; ///< The first day that no longer belongs to it.

    bool operator==(const DayRange &) const = default;
};

/// What a term of a view means on the day `today`: "{today}", "{last 7 days}", "{3 months ago}",
/// "{this quarter}", or a day itself, "{2026-11-30}". Weeks begin on Monday; "last 7 days" are
/// today and the six before, "next 7 days" today and the six after. Nothing if it is no term.
[[nodiscard]] std::optional<DayRange> daysOf(const QString &term, QDate today);

/// Whether a value is written as a term, known or not: in braces.
[[nodiscard]] bool isDateTerm(const QString &text);

/// Examples of all kinds, for messages and help.
[[nodiscard]] QStringList dateTermExamples();

} // namespace hubkeeper
