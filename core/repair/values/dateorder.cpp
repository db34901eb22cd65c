// SPDX-License-Identifier: MIT
#include "repair/values/dateorder.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

DateHabits::Order orderOf(const QString &region, QChar separator)
{
    static const QSet<QString> dotted {
        u"de"_s, u"at"_s, u"ch"_s, u"pl"_s, u"cs"_s, u"cz"_s, u"sk"_s, u"sl"_s, u"si"_s, u"hr"_s,
        u"fi"_s, u"nb"_s, u"no"_s, u"da"_s, u"dk"_s, u"ru"_s, u"uk"_s, u"ua"_s, u"tr"_s, u"ro"_s,
        u"bg"_s, u"et"_s, u"ee"_s, u"lv"_s, u"is"_s, u"sr"_s, u"rs"_s, u"it"_s, u"be"_s};
    static const QSet<QString> slashed {
        u"fr"_s, u"es"_s, u"it"_s, u"pt"_s,    u"br"_s, u"gb"_s, u"ie"_s, u"au"_s, u"nz"_s, u"in"_s,
        u"el"_s, u"gr"_s, u"mx"_s, u"ar"_s,    u"cl"_s, u"co"_s, u"pe"_s, u"be"_s, u"za"_s, u"sg"_s,
        u"my"_s, u"hk"_s, u"id"_s, u"ca-fr"_s, u"vi"_s, u"vn"_s, u"th"_s, u"nl"_s};
    static const QSet<QString> hyphened {u"nl"_s, u"dk"_s, u"da"_s, u"pt"_s, u"in"_s,
                                         u"cl"_s, u"id"_s, u"fr"_s, u"es"_s, u"it"_s,
                                         u"gb"_s, u"ie"_s, u"br"_s};
    if (region == "us"_L1 || region == "ph"_L1)
        return separator == u'.' ? DateHabits::Unknown : DateHabits::MonthDayYear;
    const bool isUsual =
        (separator == u'.' && (dotted.contains(region) || slashed.contains(region)))
        || (separator == u'/' && slashed.contains(region))
        || (separator == u'-' && hyphened.contains(region))
        || (separator == u' ' && (dotted.contains(region) || slashed.contains(region)));
    return isUsual ? DateHabits::DayMonthYear : DateHabits::Unknown;
}

} // namespace

DateHabits::Order dateOrderFor(const DateHabits &habits, QChar separator)
{
    if (habits.order != DateHabits::Unknown)
        return habits.order;
    const QString language = habits.language.toLower().replace(u'_', u'-');
    const QString region = language.section(u'-', 1, 1);
    for (const QString &known : {habits.country.toLower(), region, language.section(u'-', 0, 0)}) {
        if (known.isEmpty())
            continue;
        const auto order = orderOf(known, separator);
        if (order != DateHabits::Unknown || known != language.section(u'-', 0, 0))
            return order;
    }
    return DateHabits::Unknown;
}

} // namespace hubkeeper
