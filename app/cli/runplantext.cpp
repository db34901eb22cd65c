// SPDX-License-Identifier: MIT
#include "runplantext.h"

#include "counttext.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString number(qint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

QString fitWord(CallBudget::Fit fit)
{
    switch (fit) {
    case CallBudget::NotKnown:
        return u"notKnown"_s;
    case CallBudget::Fits:
        return u"fits"_s;
    case CallBudget::TouchesReserve:
        return u"touchesReserve"_s;
    case CallBudget::ReachesLimit:
        return u"reachesLimit"_s;
    }
    Q_UNREACHABLE();
}

QString dayText(const CallBudget &budget)
{
    switch (budget.fit()) {
    case CallBudget::NotKnown:
        return u"HubSpot did not say how many calls are left today."_s;
    case CallBudget::ReachesLimit:
        return u"HubSpot allows %1 more calls today: the run would stop in the middle."_s.arg(
            number(budget.dailyLeft));
    case CallBudget::Fits:
    case CallBudget::TouchesReserve:
        break;
    }
    QString text = u"That is %1 % of the daily limit of %2; %3 are left for the connector."_s.arg(
        QLocale(QLocale::English).toString(budget.share(), 'g', 2), number(budget.dailyMax),
        number(budget.leftAfter()));
    if (budget.fit() == CallBudget::TouchesReserve)
        text += u" The reserve of this connection is %1."_s.arg(number(budget.kept));
    return text;
}

} // namespace

QString durationText(std::chrono::seconds time)
{
    if (time.count() < 120)
        return countText(time.count(), "second"_L1, "seconds"_L1);
    return countText((time.count() + 59) / 60, "minute"_L1, "minutes"_L1);
}

QJsonObject planJson(const CallBudget &budget)
{
    QJsonObject day {{u"fit"_s, fitWord(budget.fit())}};
    if (budget.dailyMax >= 0) {
        day.insert(u"limit"_s, budget.dailyMax);
        day.insert(u"left"_s, budget.dailyLeft);
        day.insert(u"leftAfter"_s, budget.leftAfter());
        day.insert(u"reserve"_s, budget.kept);
        day.insert(u"percent"_s, budget.share());
    }
    return {{u"rows"_s, budget.rows},
            {u"batches"_s, budget.batches},
            {u"calls"_s, budget.calls()},
            {u"reads"_s, budget.reads},
            {u"writes"_s, budget.writes},
            {u"proofs"_s, budget.proofs},
            {u"lookUps"_s, budget.lookUps},
            {u"perRefusal"_s, budget.perRefusal},
            {u"ifAllAreRefused"_s, budget.ifAllAreRefused},
            {u"seconds"_s, qint64(budget.duration().count())},
            {u"callsPerSecond"_s, budget.callsPerSecond},
            {u"day"_s, day}};
}

QStringList planText(const CallBudget &budget, int excluded)
{
    QStringList lines;
    QString calls = u"%1 in %2, %3 at least."_s.arg(
        countText(budget.rows, "row"_L1, "rows"_L1),
        countText(budget.calls(), "call"_L1, "calls"_L1), durationText(budget.duration()));
    if (budget.perRefusal > 0)
        calls +=
            u" Each row that HubSpot refuses adds up to %1 calls."_s.arg(number(budget.perRefusal));
    lines.append(calls);
    lines.append(dayText(budget));
    if (excluded > 0)
        lines.append(u"%1 left out, kept and not sent."_s.arg(
            countText(excluded, "row is"_L1, "rows are"_L1)));
    return lines;
}

} // namespace hubkeeper::cli
