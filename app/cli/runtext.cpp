// SPDX-License-Identifier: MIT
#include "runtext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype mostShown = 50; // Of failures and of differences.

QString objectsOf(const AuditEntry &entry)
{
    QStringList ids {entry.sourceId, entry.targetId};
    ids.removeAll(QString());
    return ids.join(u" - "_s);
}

void printTally(const RunResult &result, Output &output)
{
    if (result.tally.isEmpty())
        return;
    QList<QStringList> table {{u"side"_s, u"situation"_s, u"action"_s, u"result"_s, u"count"_s}};
    for (auto it = result.tally.cbegin(); it != result.tally.cend(); ++it) {
        const TallyKey &key = it.key();
        table.append({key.ofTargetPhase ? u"target"_s : u"source"_s,
                      key.situation.isEmpty() ? u"-"_s : key.situation,
                      key.action.isEmpty() ? u"-"_s : key.action,
                      key.failed ? u"FAILED"_s : u"done"_s, QString::number(it.value())});
    }
    output.table(table);
}

/// What the server counts, where its entries cannot be read.
void printSituations(const ServerRun &run, Output &output)
{
    QList<QStringList> table {{u"situation"_s, u"count"_s}};
    for (auto it = run.situations.cbegin(); it != run.situations.cend(); ++it) {
        if (it.value() > 0)
            table.append({it.key(), QString::number(it.value())});
    }
    output.table(table);
}

void printFailures(const RunResult &result, Output &output)
{
    if (result.failed == 0)
        return;
    output.line({});
    output.line(u"Failed: %1"_s.arg(result.failed));
    for (const AuditEntry &entry : result.failures.first(qMin(mostShown, result.failures.size()))) {
        const QString situation = entry.situation.isEmpty() ? u"no situation"_s : entry.situation;
        output.line(u"  %1: %2 %3"_s.arg(objectsOf(entry), situation, entry.message).trimmed());
    }
    if (result.failed > mostShown)
        output.line(u"  and %1 more; --output writes all entries to a file."_s.arg(result.failed
                                                                                   - mostShown));
}

void printComparison(const RunComparison &comparison, Output &output)
{
    const QList<ComparedEntry> all = comparison.differences();
    output.line({});
    output.line(u"As predicted: %1; different: %2"_s.arg(comparison.same()).arg(all.size()));
    for (const ComparedEntry &one : all.first(qMin(mostShown, all.size())))
        output.line(
            u"  %1: %2"_s.arg(objectsOf(one.came ? *one.came : *one.predicted), textOf(one)));
    if (all.size() > mostShown)
        output.line(u"  and %1 more"_s.arg(all.size() - mostShown));
}

} // namespace

void printResult(const RunResult &result, Output &output)
{
    const ServerRun &run = result.run;
    output.line(u"%1 (%2): %3 after %4 s, %5"_s.arg(run.mapping, run.id, run.stateWord)
                    .arg(double(run.milliseconds) / 1000.0, 0, 'f', 1)
                    .arg(run.progressText()));
    if (result.hasEntries) {
        printTally(result, output);
        if (run.state == ServerRunState::Success && result.failed > 0)
            output.line(u"The server says SUCCESS, but objects failed: %1."_s.arg(result.failed));
    } else {
        output.message(u"The entries of the run cannot be read: "_s + result.whyNoEntries);
        printSituations(run, output);
    }
    if (run.state == ServerRunState::Failed && result.entries == 0)
        output.line(
            u"It failed before it looked at any object: its source is empty, a query fails, "
            "or the mapping has a fault. `hubkeeper-cli idm preview` says which."_s);
    printFailures(result, output);
    if (result.comparison)
        printComparison(*result.comparison, output);
}

void printRuns(const QList<ServerRun> &runs, Output &output)
{
    QList<QStringList> table {
        {u"RUN"_s, u"MAPPING"_s, u"STATE"_s, u"STARTED"_s, u"SECONDS"_s, u"FAILURES"_s}};
    for (const ServerRun &run : runs)
        table.append({run.id, run.mapping, run.stateWord,
                      run.started.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s),
                      QString::number(double(run.milliseconds) / 1000.0, 'f', 1),
                      QString::number(run.failures)});
    output.table(table);
}

ExitCode codeOf(const RunResult &result)
{
    return result.isGood() ? Done : Findings;
}

} // namespace hubkeeper::cli
