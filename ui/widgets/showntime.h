// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>

namespace hubkeeper {

/// A moment as people see it everywhere in the window: local time, in the locale's short form.
/// Empty if it is not valid.
[[nodiscard]] QString shownTime(const QDateTime &moment);
/// The same, without its day if that is today: for what happens soon or just has.
[[nodiscard]] QString shownSoon(const QDateTime &moment);
/// A day, in the same form.
[[nodiscard]] QString shownDay(QDate day);

/// A day that somebody typed as the locale writes them, or in ISO 8601; a year of two digits is one
/// from 1970 on. Not valid if it is neither.
[[nodiscard]] QDate typedDay(const QString &text);

/// A sentence of the core, whose moments and days are in UTC and ISO 8601 ("2026-11-29T08:24:42Z",
/// "2027-02-16") as reports have them, with these as shownTime() and shownDay() have them. What is
/// in quotes stays as it is: it is somebody's value.
[[nodiscard]] QString withShownTimes(const QString &sentence);

} // namespace hubkeeper
