// SPDX-License-Identifier: MIT
#include "changes/runtext.h"

#include "widgets/durationtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct RunWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::RunText)
};

QString number(qint64 count)
{
    return QLocale().toString(count);
}

QString dayText(const CallBudget &budget)
{
    switch (budget.fit()) {
    case CallBudget::NotKnown:
        return RunWords::tr("HubSpot reports no daily limit for this app.");
    case CallBudget::ReachesLimit:
        return RunWords::tr("HubSpot allows %1 more calls today: the run would stop in the middle. "
                            "What is left can be resumed tomorrow.")
            .arg(number(budget.dailyLeft));
    case CallBudget::Fits:
    case CallBudget::TouchesReserve:
        break;
    }
    const QString share = QLocale().toString(budget.share(), 'g', 2);
    QString text =
        RunWords::tr("That is %1 % of the daily limit; %2 calls are left for the connector "
                     "today.")
            .arg(share, number(budget.leftAfter()));
    if (budget.fit() == CallBudget::TouchesReserve)
        text += u' ' + RunWords::tr("This connection keeps %1 for it.").arg(number(budget.kept));
    return text;
}

} // namespace

QStringList budgetText(const CallBudget &budget)
{
    QStringList lines {
        //: The parts are "39 calls to HubSpot" and "4 seconds".
        RunWords::tr("About %1, %2 at least.")
            .arg(RunWords::tr("%Ln call(s) to HubSpot", nullptr, int(budget.calls())),
                 durationText(budget.duration()))};
    if (budget.perRefusal > 0)
        lines.first() += u' '
            + RunWords::tr("Each record that HubSpot refuses may add %Ln call(s).", nullptr,
                           int(budget.perRefusal));
    lines.append(dayText(budget));
    return lines;
}

QString shortBudgetText(const CallBudget &budget)
{
    //: The parts are "39 calls" and "4 seconds".
    return RunWords::tr("about %1, %2")
        .arg(RunWords::tr("%Ln call(s)", nullptr, int(budget.calls())),
             durationText(budget.duration()));
}

QString summaryText(const RunSummary &summary)
{
    QStringList parts {RunWords::tr("%Ln record(s) applied and proven.", nullptr,
                                    summary.applied - summary.unproven)};
    if (summary.unproven > 0)
        parts.append(RunWords::tr("%Ln written but not proven.", nullptr, summary.unproven));
    if (summary.failed > 0) // Without an answer nothing was refused.
        parts.append(summary.stopped ? RunWords::tr("%Ln not written.", nullptr, summary.failed)
                                     : RunWords::tr("%Ln refused.", nullptr, summary.failed));
    if (summary.conflicting > 0)
        parts.append(RunWords::tr("%Ln changed meanwhile.", nullptr, summary.conflicting));
    if (summary.unknown > 0)
        parts.append(RunWords::tr("%Ln of unknown outcome.", nullptr, summary.unknown));
    if (summary.skipped > 0)
        parts.append(RunWords::tr("%Ln not sent.", nullptr, summary.skipped));
    return parts.join(u' ');
}

QStringList consequences(const RowIndex &index, const std::vector<qint64> &rows)
{
    std::array<int, 3> counts {}; // By ChangeKind; an association that goes can come back.
    for (const qint64 row : rows) {
        if (const RowIndex::Slot *slot = index.slot(row))
            ++counts[size_t(slot->subject == RowSubject::Association ? ChangeKind::Update
                                                                     : slot->kind)];
    }
    const int archives = counts[size_t(ChangeKind::Archive)];
    QStringList parts;
    if (const int updates = counts[size_t(ChangeKind::Update)]; updates > 0)
        parts.append(RunWords::tr("%Ln to be changed", nullptr, updates));
    if (const int creates = counts[size_t(ChangeKind::Create)]; creates > 0)
        parts.append(RunWords::tr("%Ln to be created", nullptr, creates));
    if (archives > 0)
        parts.append(RunWords::tr("%Ln to be archived", nullptr, archives));
    QStringList sentences {parts.join(u", "_s) + u'.'};
    if (index.excluded() > 0)
        sentences.append(
            RunWords::tr("%Ln left out: kept and not sent.", nullptr, index.excluded()));
    if (archives > 0)
        sentences.append(RunWords::tr("What is archived cannot be brought back from here: only "
                                      "HubSpot can, for 90 days."));
    if (archives < int(rows.size()))
        sentences.append(archives > 0 ? RunWords::tr("The rest can be reverted from the Journal.")
                                      : RunWords::tr("The run can be reverted from the Journal."));
    return sentences;
}

} // namespace hubkeeper
