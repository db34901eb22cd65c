// SPDX-License-Identifier: MIT
#include "session/views/relativedate.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int longestSpan = 100'000; // Days and more; a date stays one that HubSpot takes.

DayRange oneDay(QDate day)
{
    return {day, day.addDays(1)};
}

QDate startOf(const QString &unit, QDate day)
{
    if (unit == "week"_L1)
        return day.addDays(1 - day.dayOfWeek());
    if (unit == "month"_L1)
        return {day.year(), day.month(), 1};
    if (unit == "quarter"_L1)
        return {day.year(), (day.month() - 1) / 3 * 3 + 1, 1};
    return {day.year(), 1, 1};
}

QDate moved(QDate day, const QString &unit, int by)
{
    if (unit == "day"_L1)
        return day.addDays(by);
    if (unit == "week"_L1)
        return day.addDays(7 * qint64(by));
    if (unit == "month"_L1)
        return day.addMonths(by);
    if (unit == "quarter"_L1)
        return day.addMonths(3 * by);
    return day.addYears(by);
}

/// "this week", "last month", "next year".
std::optional<DayRange> calendarRange(const QString &words, QDate today)
{
    static const QRegularExpression form(uR"(\A(this|last|next) (week|month|quarter|year)\z)"_s);
    const auto match = form.match(words);
    if (!match.hasMatch())
        return std::nullopt;
    const QString which = match.captured(1);
    const QString unit = match.captured(2);
    const int by = which == "this"_L1 ? 0 : (which == "last"_L1 ? -1 : 1);
    const QDate first = moved(startOf(unit, today), unit, by);
    return DayRange {first, moved(first, unit, 1)};
}

/// "last 7 days", "next 30 days".
std::optional<DayRange> rollingRange(const QString &words, QDate today)
{
    static const QRegularExpression form(uR"(\A(last|next) (\d{1,6}) days?\z)"_s);
    const auto match = form.match(words);
    const int count = match.captured(2).toInt();
    if (!match.hasMatch() || count < 1 || count > longestSpan)
        return std::nullopt;
    if (match.captured(1) == "last"_L1)
        return DayRange {today.addDays(1 - count), today.addDays(1)};
    return DayRange {today, today.addDays(count)};
}

/// "7 days ago", "in 2 weeks".
std::optional<DayRange> distantDay(const QString &words, QDate today)
{
    static const QRegularExpression form(
        uR"(\A(?:(\d{1,6}) (day|week|month|year)s? ago|in (\d{1,6}) (day|week|month|year)s?)\z)"_s);
    const auto match = form.match(words);
    if (!match.hasMatch())
        return std::nullopt;
    const bool isPast = !match.captured(1).isEmpty();
    const int count = match.captured(isPast ? 1 : 3).toInt();
    if (count > longestSpan)
        return std::nullopt;
    const QDate day = moved(today, match.captured(isPast ? 2 : 4), isPast ? -count : count);
    return day.year() < 1 || day.year() > 9999 ? std::nullopt : std::optional(oneDay(day));
}

} // namespace

bool isDateTerm(const QString &text)
{
    return text.size() > 2 && text.startsWith(u'{') && text.endsWith(u'}');
}

std::optional<DayRange> daysOf(const QString &term, QDate today)
{
    if (!isDateTerm(term))
        return std::nullopt;
    const QString words = term.mid(1, term.size() - 2).simplified().toLower();
    if (words == "today"_L1)
        return oneDay(today);
    if (words == "yesterday"_L1)
        return oneDay(today.addDays(-1));
    if (words == "tomorrow"_L1)
        return oneDay(today.addDays(1));
    if (const QDate day = QDate::fromString(words, Qt::ISODate);
        words.size() == 10 && day.isValid())
        return oneDay(day);
    if (const auto range = calendarRange(words, today))
        return range;
    if (const auto range = rollingRange(words, today))
        return range;
    return distantDay(words, today);
}

QStringList dateTermExamples()
{
    return {u"{today}"_s,      u"{yesterday}"_s, u"{last 7 days}"_s,  u"{next 30 days}"_s,
            u"{this month}"_s, u"{last week}"_s, u"{next quarter}"_s, u"{7 days ago}"_s,
            u"{in 2 weeks}"_s, u"{2026-11-30}"_s};
}

} // namespace hubkeeper
