// SPDX-License-Identifier: MIT
#include "widgets/showntime.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString shownTime(const QDateTime &moment)
{
    return QLocale().toString(moment.toLocalTime(), QLocale::ShortFormat);
}

QString shownSoon(const QDateTime &moment)
{
    const QDateTime local = moment.toLocalTime();
    return local.date() == QDate::currentDate()
        ? QLocale().toString(local.time(), QLocale::ShortFormat)
        : shownTime(moment);
}

QString shownDay(QDate day)
{
    return QLocale().toString(day, QLocale::ShortFormat);
}

QDate typedDay(const QString &text)
{
    if (const QDate day = QDate::fromString(text, Qt::ISODate); day.isValid())
        return day;
    const QLocale locale;
    for (const QLocale::FormatType format : {QLocale::ShortFormat, QLocale::LongFormat}) {
        const QDate day = locale.toDate(text, format);
        if (day.isValid() && day.year() >= 1900 && day.year() < 1970
            && !text.contains(QString::number(day.year())))
            return day.addYears(100); // Qt takes two digits for the last century.
        if (day.isValid())
            return day;
    }
    return {};
}

QString withShownTimes(const QString &sentence)
{
    static const QRegularExpression stamp(
        u"(?<![\"“\\w/.-])\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z)?(?![\\w-])"_s);
    QString shown;
    qsizetype done = 0;
    for (auto found = stamp.globalMatch(sentence); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const bool isDay = match.captured(1).isEmpty();
        const QString text = isDay
            ? shownDay(QDate::fromString(match.captured(), Qt::ISODate))
            : shownTime(QDateTime::fromString(match.captured(), Qt::ISODateWithMs));
        shown += sentence.mid(done, match.capturedStart() - done)
            + (text.isEmpty() ? match.captured() : text);
        done = match.capturedEnd();
    }
    return shown + sentence.mid(done);
}

} // namespace hubkeeper
