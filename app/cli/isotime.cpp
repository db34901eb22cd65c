// SPDX-License-Identifier: MIT
#include "isotime.h"

#include "base/qtcompat.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

Result<QDateTime> isoTimeFrom(const std::string &text, const char *option)
{
    const QString given = QString::fromStdString(text).trimmed();
    QDateTime time = QDateTime::fromString(given, Qt::ISODateWithMs);
    if (const QDate day = QDate::fromString(given, Qt::ISODate); given.size() == 10)
        time = day.startOfDay(utc);
    if (time.isValid())
        return time.toUTC();
    return fail(ErrorKind::InvalidInput,
                u"%1: \"%2\" is not a time."_s.arg(QLatin1StringView(option), given.left(40)),
                u"Write it as 2026-11-30T12:00:00Z, or as a day."_s);
}

} // namespace hubkeeper::cli
