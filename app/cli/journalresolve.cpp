// SPDX-License-Identifier: MIT
#include "journalresolve.h"

#include "journal/journaljson.h"
#include "session/writing/journallookup.h"
#include "session/writing/resolverun.h"
#include "waiting.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// Open runs that this connection made on this portal; those that are under way go to `busy`.
Result<QStringList> openRuns(Session &session, QStringList &busy, Services &services)
{
    const auto account = waitFor(session.account(&services.calls), services.interrupt);
    if (!account)
        return tl::unexpected(account.error());
    RunFilter filter;
    filter.connectionId = session.connection().id;
    filter.connection = session.connection().label;
    const auto runs =
        waitFor(session.journal().readRuns(filter, &services.calls), services.interrupt);
    if (!runs)
        return tl::unexpected(runs.error());
    QStringList open;
    for (const JournalRun &run : *runs) {
        if (run.portalId == account->portalId && isOpen(run))
            (run.state() == RunState::UnderWay ? busy : open).append(run.id);
    }
    return open;
}

QJsonObject resolvedJson(const ResolvedRun &resolved)
{
    QJsonArray rows;
    for (const JournalRow &row : resolved.rows)
        rows.append(rowJson(row));
    return {{u"run"_s, runJson(resolved.run)}, {u"rows"_s, rows}};
}

struct Report
{
    QJsonArray runs;
    QList<QStringList> table {
        {u"RUN"_s, u"ROW"_s, u"RECORD"_s, u"OPERATION"_s, u"OUTCOME"_s, u"MESSAGE"_s}};
    QSet<QString> taken; // What creates made in the runs so far.
    int applied = 0;
    int failed = 0;
    int unknown = 0;

    void add(const ResolvedRun &resolved)
    {
        runs.append(resolvedJson(resolved));
        taken.unite(createdRecords(resolved.rows));
        for (const JournalRow &row : resolved.rows)
            table.append({resolved.run.id, row.subject, row.label, nameOf(row.kind), row.outcome,
                          row.message});
        applied += resolved.count(outcome::applied);
        failed += resolved.count(outcome::failed);
        unknown += resolved.count(outcome::unknown);
    }
};

void printResolved(const Report &report, const QStringList &busy, Output &output)
{
    if (output.json) {
        output.result(QJsonObject {{u"runs"_s, report.runs},
                                   {u"applied"_s, report.applied},
                                   {u"failed"_s, report.failed},
                                   {u"unknown"_s, report.unknown},
                                   {u"underWay"_s, QJsonArray::fromStringList(busy)}});
    } else if (report.table.size() > 1) {
        output.table(report.table);
    }
    for (const QString &run : busy)
        output.message(u"Run %1 is still under way."_s.arg(run));
    if (report.runs.isEmpty())
        output.message(u"There is nothing to resolve."_s);
    else
        output.message(u"%1 applied, %2 not written, %3 still unknown."_s.arg(report.applied)
                           .arg(report.failed)
                           .arg(report.unknown));
}

} // namespace

int runResolve(const ResolveArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    QStringList busy;
    const auto runs = arguments.runId.empty()
        ? openRuns(**session, busy, services)
        : Result<QStringList>(QStringList {QString::fromStdString(arguments.runId)});
    if (!runs)
        return services.output.failure(runs.error());
    if (!runs->isEmpty())
        warnOfJournal(**session, services.output);
    Report report;
    for (const QString &run : *runs) {
        const auto resolved =
            waitFor(resolveRun(**session, run, report.taken, &services.calls), services.interrupt);
        if (!resolved)
            return services.output.failure(resolved.error());
        report.add(*resolved);
    }
    printResolved(report, busy, services.output);
    return report.unknown > 0 ? Unknown : Done;
}

} // namespace hubkeeper::cli
