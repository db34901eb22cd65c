// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "repair/values/repairedvalue.h"

#include <QDate>

namespace hubkeeper {

/// How dates of a list are written, as far as it is known.
struct DateHabits
{
    enum Order { Unknown, DayMonthYear, MonthDayYear, YearMonthDay };

    Order order = Unknown; ///< As somebody said it: for every separator.
    QString language; ///< "de", "en-GB": of the names of months; and an order where it has one.
    QString country; ///< "US": an order, if there is none of the language's own.
    QDate today; ///< Two-digit years are near it.
};

/// "dmy", "mdy", "ymd"; InvalidInput for another text.
[[nodiscard]] Result<DateHabits::Order> dateOrderFrom(const QString &text);

/// A day as HubSpot keeps it: "2026-11-05". Reads numbers with any separator, names of months in
/// some thirty languages, weekdays, ordinals, two-digit years, full-width digits, Chinese, Japanese
/// and Korean forms, eight digits, and milliseconds of a midnight UTC.
///
/// Doubtful: what can be two days (5/11/2026), unless the order was given, or language or country
/// write with this separator in one order only; days that do not exist; a weekday that is another;
/// a time of day other than midnight, which would be lost, in the form of ISO 8601, too; numbers of
/// spreadsheets; two-digit years that may be of either century; relative words. Pure; any thread.
[[nodiscard]] RepairedValue repairDate(const QString &text, const DateHabits &habits);

} // namespace hubkeeper
