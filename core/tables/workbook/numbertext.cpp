// SPDX-License-Identifier: MIT
#include "tables/workbook/numbertext.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostExponent = 400; // A double goes to 308.
constexpr qsizetype shownDigits = 15;
constexpr qint64 dayMilliseconds = 86'400'000;
constexpr qint64 lastDay = 2'958'465; // 9999-12-31.
constexpr qint64 daysTo1904 = 1'462;

struct Decimal
{
    bool isNegative = false;
    QString digits; ///< Without zeros at the beginning.
    int exponent = 0; ///< Of ten, for the last digit.
};

/// "1.5", "-2E-7", ".5"; nothing else.
std::optional<Decimal> decimalFrom(const QString &stored)
{
    static const QRegularExpression form(
        u"^\\s*([+-]?)(\\d*)(?:\\.(\\d*))?(?:[eE]([+-]?\\d{1,4}))?\\s*$"_s);
    const QRegularExpressionMatch match = form.match(stored);
    if (!match.hasMatch() || match.captured(2).size() + match.captured(3).size() == 0)
        return std::nullopt;
    Decimal decimal;
    decimal.isNegative = match.captured(1) == "-"_L1;
    decimal.digits = match.captured(2) + match.captured(3);
    decimal.exponent = match.captured(4).toInt() - int(match.captured(3).size());
    const auto first = std::find_if(decimal.digits.cbegin(), decimal.digits.cend(),
                                    [](QChar digit) { return digit != u'0'; });
    decimal.digits.remove(0, first - decimal.digits.cbegin());
    if (std::abs(decimal.exponent) > mostExponent)
        return std::nullopt;
    return decimal;
}

void roundTo(Decimal &decimal, qsizetype count)
{
    const qsizetype over = decimal.digits.size() - count;
    if (over <= 0)
        return;
    const bool goesUp = decimal.digits[count] >= u'5';
    decimal.digits.truncate(count);
    decimal.exponent += int(over);
    for (qsizetype i = count - 1; goesUp && i >= -1; --i) {
        if (i < 0) {
            decimal.digits.prepend(u'1');
        } else if (decimal.digits[i] == u'9') {
            decimal.digits[i] = u'0';
        } else {
            decimal.digits[i] = QChar(decimal.digits[i].unicode() + 1);
            break;
        }
    }
}

QString writtenOut(Decimal decimal)
{
    while (decimal.digits.endsWith(u'0')) {
        decimal.digits.chop(1);
        ++decimal.exponent;
    }
    if (decimal.digits.isEmpty())
        return u"0"_s;
    QString text = decimal.digits;
    if (decimal.exponent >= 0) {
        text += QString(decimal.exponent, u'0');
    } else if (-decimal.exponent < text.size()) {
        text.insert(text.size() + decimal.exponent, u'.');
    } else {
        text.prepend(u"0."_s + QString(-decimal.exponent - text.size(), u'0'));
    }
    return decimal.isNegative ? u'-' + text : text;
}

QString timeText(qint64 milliseconds)
{
    const QTime time = QTime::fromMSecsSinceStartOfDay(int(milliseconds));
    return time.toString(time.msec() == 0 ? u"HH:mm:ss"_s : u"HH:mm:ss.zzz"_s);
}

QString elapsedText(double days)
{
    const qint64 seconds = qint64(std::llround(std::abs(days) * 86'400));
    return u"%1%2:%3:%4"_s.arg(days < 0 ? u"-"_s : QString())
        .arg(seconds / 3600, 2, 10, QLatin1Char('0'))
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

/// Counted from 1899-12-30; day 60 of 1900 is the 29 February that Lotus 1-2-3 invented.
std::optional<QDate> dayOf(qint64 day)
{
    if (day < 1 || day == 60 || day > lastDay)
        return std::nullopt;
    return QDate(1899, 12, day < 60 ? 31 : 30).addDays(day);
}

/// As most are: a few digits, perhaps a point, no zeros to take off.
bool isPlainDecimal(QStringView text)
{
    if (text.startsWith(u'-'))
        text = text.mid(1);
    const qsizetype point = text.indexOf(u'.');
    const bool isShort = !text.isEmpty() && text.size() <= shownDigits;
    const bool isTidy = point < 0 ? !(text.size() > 1 && text[0] == u'0') && text != u"0"
                                  : point > 0 && !(point > 1 && text[0] == u'0')
            && point + 1 < text.size() && !text.endsWith(u'0');
    return isShort && isTidy
        && std::all_of(text.begin(), text.end(),
                       [](QChar sign) { return sign == u'.' || (sign >= u'0' && sign <= u'9'); })
        && text.count(u'.') <= 1;
}

} // namespace

std::optional<QString> decimalText(const QString &stored)
{
    if (isPlainDecimal(stored))
        return stored;
    auto decimal = decimalFrom(stored);
    if (!decimal)
        return std::nullopt;
    const bool isWhole = !stored.contains(u'.') && !stored.contains(u'e', Qt::CaseInsensitive);
    if (!isWhole)
        roundTo(*decimal, shownDigits);
    return writtenOut(*decimal);
}

DateText dateText(const QString &stored, NumberKind kind, bool isFrom1904)
{
    const double value = stored.trimmed().toDouble();
    const DateText number {decimalText(stored).value_or(stored), false};
    if (!std::isfinite(value) || std::abs(value) > 1e7)
        return number;
    if (kind == NumberKind::Elapsed)
        return {elapsedText(value)};
    auto day = qint64(std::floor(value));
    qint64 milliseconds = std::llround((value - double(day)) * double(dayMilliseconds));
    if (milliseconds == dayMilliseconds) {
        ++day;
        milliseconds = 0;
    }
    if (value < 0)
        return number;
    if (day == 0 && (kind == NumberKind::Time || kind == NumberKind::DateAndTime)
        && !(isFrom1904 && kind == NumberKind::DateAndTime))
        return {timeText(milliseconds)};
    if (isFrom1904)
        day += daysTo1904;
    const bool hasTime = milliseconds > 0 || kind == NumberKind::DateAndTime;
    const QString time = hasTime ? u'T' + timeText(milliseconds) : QString();
    if (day == 60)
        return {u"1900-02-29"_s + time, false};
    const auto date = dayOf(day);
    return date ? DateText {date->toString(Qt::ISODate) + time} : number;
}

std::optional<QString> isoDateText(const QString &stored, NumberKind kind)
{
    const QString text = stored.trimmed();
    static const QRegularExpression form(
        u"^(\\d{4}-\\d\\d-\\d\\d)?(?:T?(\\d\\d:\\d\\d)(:\\d\\d)?(?:\\.(\\d+))?)?(Z|[+-]\\d\\d:?\\d\\d)?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (text.isEmpty() || !match.hasMatch())
        return std::nullopt;
    const QString date = match.captured(1);
    if (!date.isEmpty() && !QDate::fromString(date, Qt::ISODate).isValid())
        return std::nullopt;
    if (match.captured(2).isEmpty())
        return date;
    QString time = match.captured(2) + (match.captured(3).isEmpty() ? u":00"_s : match.captured(3));
    QString part = match.captured(4);
    while (part.endsWith(u'0'))
        part.chop(1);
    if (!part.isEmpty())
        time += u'.' + part;
    if (date.isEmpty())
        return time;
    if (kind == NumberKind::Date && time == "00:00:00"_L1)
        return date;
    return date + u'T' + time + match.captured(5);
}

} // namespace hubkeeper
