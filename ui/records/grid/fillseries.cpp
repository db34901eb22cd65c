// SPDX-License-Identifier: MIT
#include "records/grid/fillseries.h"

#include <QDate>

namespace hubkeeper {

namespace {

/// Far from where a count would overflow.
constexpr qint64 largestNumber = 1'000'000'000'000'000;

std::optional<QList<qint64>> numbersOf(const QStringList &texts)
{
    QList<qint64> numbers;
    for (const QString &text : texts) {
        bool isNumber = false;
        const qint64 number = text.toLongLong(&isNumber);
        if (!isNumber || QString::number(number) != text || qAbs(number) > largestNumber)
            return std::nullopt;
        numbers.append(number);
    }
    return numbers;
}

std::optional<QList<qint64>> daysOfTexts(const QStringList &texts)
{
    QList<qint64> days;
    for (const QString &text : texts) {
        const QDate day = QDate::fromString(text, Qt::ISODate);
        if (text.size() != 10 || !day.isValid())
            return std::nullopt;
        days.append(day.toJulianDay());
    }
    return days;
}

} // namespace

std::optional<QString> continued(const QStringList &source, qint64 offset)
{
    if (source.isEmpty())
        return std::nullopt;
    const auto at = [offset](const QList<qint64> &values) {
        const qint64 step = values.size() > 1 ? values[1] - values[0] : 1;
        return values[0] + step * offset;
    };
    if (const auto numbers = numbersOf(source))
        return QString::number(at(*numbers));
    if (const auto days = daysOfTexts(source)) {
        const QDate day = QDate::fromJulianDay(at(*days));
        return day.isValid() ? std::optional(day.toString(Qt::ISODate)) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace hubkeeper
