// SPDX-License-Identifier: MIT
#include "practice/data/isotime.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr EpochMs firstInstant = -62'167'219'200'000; // 0000-01-01
constexpr EpochMs lastInstant = 253'402'300'799'999; // The last millisecond of 9999.

constexpr EpochMs floorDay(EpochMs instant)
{
    return instant >= 0 ? instant / dayMs : -((-instant + dayMs - 1) / dayMs);
}

void appendNumber(QString &text, int value, int digits)
{
    char16_t buffer[8];
    for (int i = digits - 1; i >= 0; --i, value /= 10)
        buffer[i] = static_cast<char16_t>(u'0' + value % 10);
    text.append(QStringView(buffer, digits));
}

/// Reads exactly `digits` digits at `at` and moves on; -1 if they are not there.
int takeNumber(QStringView text, qsizetype &at, int digits)
{
    if (at + digits > text.size())
        return -1;
    int value = 0;
    for (int i = 0; i < digits; ++i) {
        const char16_t c = text[at + i].unicode();
        if (c < u'0' || c > u'9')
            return -1;
        value = value * 10 + (c - u'0');
    }
    at += digits;
    return value;
}

bool takeSign(QStringView text, qsizetype &at, char16_t sign)
{
    if (at >= text.size() || text[at].unicode() != sign)
        return false;
    ++at;
    return true;
}

std::optional<EpochMs> takeDay(QStringView text, qsizetype &at)
{
    const int year = takeNumber(text, at, 4);
    const bool dash1 = takeSign(text, at, u'-');
    const int month = takeNumber(text, at, 2);
    const bool dash2 = takeSign(text, at, u'-');
    const int day = takeNumber(text, at, 2);
    if (year < 0 || !dash1 || month < 0 || !dash2 || day < 0)
        return std::nullopt;
    const std::chrono::year_month_day date {std::chrono::year(year),
                                            std::chrono::month(static_cast<unsigned>(month)),
                                            std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * dayMs;
}

/// The fraction of a second in ms; digits after the third are dropped.
std::optional<int> takeFraction(QStringView text, qsizetype &at)
{
    int value = 0;
    int digits = 0;
    for (int digit; (digit = takeNumber(text, at, 1)) >= 0; ++digits) {
        if (digits < 3)
            value = value * 10 + digit;
    }
    for (int i = digits; i < 3; ++i)
        value *= 10;
    return digits == 0 ? std::nullopt : std::optional(value);
}

/// The zone as milliseconds east of UTC.
std::optional<EpochMs> takeZone(QStringView text, qsizetype &at)
{
    if (takeSign(text, at, u'Z'))
        return 0;
    const bool west = takeSign(text, at, u'-');
    if (!west && !takeSign(text, at, u'+'))
        return std::nullopt;
    const int hours = takeNumber(text, at, 2);
    takeSign(text, at, u':');
    const int minutes = takeNumber(text, at, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59)
        return std::nullopt;
    const EpochMs offset = (hours * 60 + minutes) * EpochMs(60'000);
    return west ? -offset : offset;
}

} // namespace

QString isoDay(EpochMs instant)
{
    const EpochMs days = floorDay(instant);
    const std::chrono::year_month_day date {
        std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
    QString text;
    text.reserve(24);
    appendNumber(text, int(date.year()), 4);
    text += u'-';
    appendNumber(text, static_cast<int>(unsigned(date.month())), 2);
    text += u'-';
    appendNumber(text, static_cast<int>(unsigned(date.day())), 2);
    return text;
}

QString isoText(EpochMs instant)
{
    QString text = isoDay(instant);
    const int rest = static_cast<int>(instant - floorDay(instant) * dayMs);
    text += u'T';
    appendNumber(text, rest / 3'600'000, 2);
    text += u':';
    appendNumber(text, rest / 60'000 % 60, 2);
    text += u':';
    appendNumber(text, rest / 1000 % 60, 2);
    text += u'.';
    appendNumber(text, rest % 1000, 3);
    text += u'Z';
    return text;
}

std::optional<EpochMs> readIso(QStringView text)
{
    qsizetype at = 0;
    const auto day = takeDay(text, at);
    if (!day || at == text.size())
        return day;
    const bool hasTime = takeSign(text, at, u'T');
    const int hour = takeNumber(text, at, 2);
    const bool colon = takeSign(text, at, u':');
    const int minute = takeNumber(text, at, 2);
    int second = 0;
    int milli = 0;
    if (!hasTime || !colon || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return std::nullopt;
    if (takeSign(text, at, u':')) {
        second = takeNumber(text, at, 2);
        if (second < 0 || second > 59)
            return std::nullopt;
        if (takeSign(text, at, u'.')) {
            const auto fraction = takeFraction(text, at);
            if (!fraction)
                return std::nullopt;
            milli = *fraction;
        }
    }
    const auto zone = takeZone(text, at);
    if (!zone || at != text.size())
        return std::nullopt;
    return *day + hour * EpochMs(3'600'000) + minute * EpochMs(60'000) + second * 1000 + milli
        - *zone;
}

std::optional<EpochMs> readInstant(QStringView text)
{
    bool isNumber = false;
    const EpochMs value = text.toLongLong(&isNumber);
    const auto instant = isNumber ? std::optional(value) : readIso(text);
    return instant && *instant >= firstInstant && *instant <= lastInstant ? instant : std::nullopt;
}

} // namespace hubkeeper::practice
