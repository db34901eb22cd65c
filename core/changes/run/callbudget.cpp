// SPDX-License-Identifier: MIT
#include "changes/run/callbudget.h"

#include "changes/changestext.h"
#include "changes/run/plan.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 domainsPerSearch = 80; // As SameDomains packs them, of 25 characters each.
constexpr qint64 triesOfALookUp = 2; // LostCreate: at once and once more.

/// Requests that isolating one refused row of a batch adds: two for every halving.
qint64 callsToIsolate(qint64 rows)
{
    qint64 calls = 0;
    for (; rows > 1; rows = (rows + 1) / 2)
        calls += 2;
    return calls;
}

void addBatch(CallBudget &budget, const RowIndex::Slot &first, qint64 rows, bool hasDomains)
{
    ++budget.batches;
    ++budget.writes;
    ++budget.proofs;
    if (first.subject == RowSubject::Association) {
        budget.reads += 3; // Both records and the links, at most.
        ++budget.writes; // Labels that go and labels that come.
    } else if (first.subject == RowSubject::Merge) {
        budget.reads += 6; // Both records and their links.
        ++budget.writes; // What shall stay instead.
        ++budget.proofs;
    } else if (first.kind != ChangeKind::Create)
        ++budget.reads;
    else if (first.type == ObjectType::Companies && hasDomains)
        budget.lookUps += (rows + domainsPerSearch - 1) / domainsPerSearch;
    budget.perRefusal = std::max(budget.perRefusal, callsToIsolate(rows));
    budget.ifAllAreRefused += 2 * rows - 2;
}

double paceOf(const CallLimits &limits)
{
    double pace = limits.permitsPerSecond;
    if (limits.report.windowMax > 0 && limits.report.window.count() > 0)
        pace =
            std::min(pace, limits.report.windowMax * 1000.0 / double(limits.report.window.count()));
    return std::max(pace * (100 - limits.reserve) / 100, 0.1);
}

QString grouped(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

} // namespace

std::chrono::seconds CallBudget::duration() const
{
    return std::chrono::seconds(qint64(std::ceil(double(calls()) / callsPerSecond)));
}

double CallBudget::share() const
{
    return dailyMax > 0 ? double(calls()) * 100 / double(dailyMax) : -1;
}

CallBudget::Fit CallBudget::fit() const
{
    if (dailyLeft < 0)
        return NotKnown;
    if (leftAfter() < 0)
        return ReachesLimit;
    return leftAfter() < kept ? TouchesReserve : Fits;
}

CallBudget budgetOf(const ChangeSet &changes, const RunOptions &options, const CallLimits &limits,
                    bool countsPortal)
{
    CallBudget budget;
    const RowIndex &index = changes.index();
    const std::vector<qint64> rows = rowsToSend(index, options);
    const bool hasDomains = changes.uses(u"domain"_s) > 0;
    QSet<ObjectType> types;
    budget.rows = int(rows.size());
    for (const std::vector<qint64> &batch : batchesOf(index, rows)) {
        const RowIndex::Slot first = *index.slot(batch.front());
        types.insert(first.type);
        addBatch(budget, first, qint64(batch.size()), hasDomains);
        for (const qint64 row : batch) {
            const RowIndex::Slot *slot = index.slot(row);
            if (slot->kind == ChangeKind::Create && slot->state == RowState::Unknown)
                budget.lookUps += triesOfALookUp;
        }
    }
    budget.lookUps += countsPortal ? types.size() : 0;
    budget.callsPerSecond = paceOf(limits);
    budget.dailyMax = limits.report.dailyMax;
    budget.dailyLeft = limits.report.dailyRemaining;
    if (budget.dailyMax > 0)
        budget.kept = budget.dailyMax * limits.reserve / 100;
    return budget;
}

std::optional<Error> refusalOf(const CallBudget &budget)
{
    if (budget.fit() != CallBudget::ReachesLimit)
        return {};
    return fail(ErrorKind::Refused,
                ChangesText::tr("The run needs some %1 calls, and HubSpot allows %2 more today: it "
                                "would stop in the middle.")
                    .arg(grouped(budget.calls()), grouped(budget.dailyLeft)),
                ChangesText::tr("Send fewer rows, or wait until midnight of the account's time "
                                "zone. What does not go out today can be resumed."))
        .value();
}

} // namespace hubkeeper
