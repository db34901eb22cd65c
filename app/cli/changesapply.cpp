// SPDX-License-Identifier: MIT
#include "changesapply.h"

#include "base/savefile.h"
#include "changes/review/changereview.h"
#include "changes/run/plan.h"
#include "consent.h"
#include "fillresult.h"
#include "options.h"
#include "rowjson.h"
#include "rowtext.h"
#include "runplantext.h"
#include "session/writing/applychanges.h"
#include "session/writing/unfinishedrun.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype mostRowsShown = 100;

/// Work with it that knows the session, and what of its set is meant.
struct Prepared
{
    std::shared_ptr<Session> session;
    RunOptions options;
    std::vector<qint64> rows;
    CallBudget budget;
};

Error usageError(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::InvalidInput, what, remedy).value();
}

/// The rows that the last run left.
Result<void> chooseRest(RunOptions &options, Session &session, Services &services)
{
    const auto found = waitFor(findUnfinishedRun(session, &services.calls), services.interrupt);
    if (!found)
        return tl::unexpected(found.error());
    options.only.emplace();
    if (!*found)
        return {};
    const UnfinishedRun &left = **found;
    options.only = left.rows;
    if (options.note.isEmpty())
        options.note = left.run.note;
    services.output.message(u"Going on with run %1: row %2 of %3."_s.arg(left.run.id)
                                .arg(left.rowsDone())
                                .arg(left.run.rows));
    if (left.unknown > 0)
        services.output.message(
            u"%1 of them may have been sent: the portal is asked first."_s.arg(left.unknown));
    return {};
}

Result<void> chooseFailed(RunOptions &options, ChangeSet &changes, Services &services)
{
    ReviewFilter filter;
    filter.states = {RowState::Failed};
    return waitFor(findChanges(changes, filter, {}, &services.calls), services.interrupt)
        .map([&options](const std::vector<qint64> &rows) { options.only = rows; });
}

Result<void> chooseRows(const ApplyArguments &arguments, Prepared &prepared, Services &services)
{
    RunOptions &options = prepared.options;
    ChangeSet &changes = prepared.session->changes();
    Result<void> chosen;
    if (arguments.resume)
        chosen = chooseRest(options, *prepared.session, services);
    else if (arguments.retryFailed)
        chosen = chooseFailed(options, changes, services);
    if (!chosen)
        return chosen;
    options.firstRows = std::max(arguments.firstRows, arguments.trial);
    if (arguments.sample) {
        options.firstRows = 0;
        options.only = sampleOf(rowsToSend(changes.index(), options), arguments.trial);
    }
    prepared.rows = rowsToSend(changes.index(), options);
    return {};
}

/// Opens, reads the set and the account, which says how many calls are left today.
Result<Prepared> prepared(const ApplyArguments &arguments, Services &services)
{
    if (arguments.resume && !arguments.changes.empty())
        return tl::unexpected(usageError(u"--resume goes on with what is staged."_s,
                                         u"Leave the change set file out."_s));
    if (arguments.sample && arguments.trial == 0)
        return tl::unexpected(
            usageError(u"--sample needs the number of rows."_s, u"Give it with --trial."_s));
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return tl::unexpected(session.error());
    Prepared ready {*session, {}, {}, {}};
    ready.options.note = QString::fromStdString(arguments.note);
    ready.options.mayReachDailyLimit = arguments.pastDailyLimit;
    if (const auto loaded = load(**session, arguments, services); !loaded)
        return tl::unexpected(loaded.error());
    const auto account = waitFor((*session)->account(&services.calls), services.interrupt);
    if (!account)
        return tl::unexpected(account.error());
    if (const auto chosen = chooseRows(arguments, ready, services); !chosen)
        return tl::unexpected(chosen.error());
    ready.budget = callBudget(**session, ready.options);
    return ready;
}

QJsonObject outcomeJson(const Prepared &run, const RunSummary &summary)
{
    const ChangeSet &changes = run.session->changes();
    return {{u"run"_s, summary.runId},
            {u"rows"_s, rowsJson(changes.rows())},
            {u"sendable"_s, summary.sendable},
            {u"applied"_s, summary.applied},
            {u"unproven"_s, summary.unproven},
            {u"failed"_s, summary.failed},
            {u"conflicting"_s, summary.conflicting},
            {u"unknown"_s, summary.unknown},
            {u"notSent"_s, summary.skipped},
            {u"excluded"_s, changes.excluded()},
            {u"waiting"_s, changes.waiting()},
            {u"plan"_s, planJson(run.budget)}};
}

/// What the run ends with: everything that is not applied counts.
int applyExitCode(const RunSummary &summary)
{
    const int open = summary.failed + summary.conflicting + summary.unknown + summary.skipped;
    if (open == 0)
        return Done;
    if (summary.applied + summary.sendable > 0)
        return AppliedInPart;
    if (summary.conflicting == open)
        return Conflicting;
    if (summary.unknown > 0)
        return Unknown;
    return summary.stopped ? exitCodeFor(summary.stopped->kind) : Rejected;
}

void printReasons(const ChangeSet &changes, const std::vector<qint64> &rows, Output &output)
{
    for (const qint64 sequence : rows) {
        const auto row = changes.rowOf(sequence);
        if (!row || (!row->error && row->state != RowState::Conflicting))
            continue;
        output.message(u"%1: %2. %3"_s.arg(row->label, nameOf(row->state),
                                           row->error ? row->error->sentence() : QString()));
        for (auto text = row->theirs.cbegin(); text != row->theirs.cend(); ++text)
            output.message(u"  %1 is now \"%2\""_s.arg(text.key(), text.value()));
    }
}

/// Of many rows the first ones: `changes list --group` sums them up.
void showPlanned(const Prepared &run, Services &services)
{
    const auto end = run.rows.begin() + std::min(qsizetype(run.rows.size()), mostRowsShown);
    showRows(run.session->changes().rowsOf({run.rows.begin(), end}), services.output);
    if (const qsizetype more = run.rows.end() - end; more > 0)
        services.output.message(
            u"... and %1 more; `hubkeeper-cli changes list --group` sums them up."_s.arg(more));
}

Result<void> agreeTo(const ApplyArguments &arguments, Prepared &run, Services &services)
{
    if (run.budget.fit() == CallBudget::ReachesLimit && !arguments.pastDailyLimit
        && !arguments.dryRun) {
        Error error = *refusalOf(run.budget);
        error.remedy = u"Send fewer rows with --first, or let it stop in the middle with "
                       "--past-daily-limit and go on tomorrow with --resume."_s;
        return tl::unexpected(error);
    }
    const RowIndex &index = run.session->changes().index();
    const bool archives = std::any_of(run.rows.begin(), run.rows.end(), [&index](qint64 sequence) {
        const RowIndex::Slot *slot = index.slot(sequence);
        return slot->kind == ChangeKind::Archive || slot->subject == RowSubject::Merge;
    });
    const Intention intention {u"Send %1 to %2?"_s.arg(rowCount(qsizetype(run.rows.size())),
                                                       run.session->connection().label),
                               archives,
                               arguments.yes,
                               arguments.dryRun,
                               arguments.connect.file,
                               u"`hubkeeper-cli changes check`"_s};
    return agreeTo(intention, *run.session, services);
}

void printSummary(const ApplyArguments &arguments, const Prepared &run, const RunSummary &summary,
                  Output &output)
{
    if (arguments.dryRun)
        return output.message(
            u"%1 would be sent, %2 refused, %3 changed meanwhile. Nothing was sent."_s
                .arg(summary.sendable)
                .arg(summary.failed)
                .arg(summary.conflicting));
    output.message(
        u"%1 applied, %2 failed, %3 changed meanwhile, %4 unknown, %5 not sent. Journal run %6"_s
            .arg(summary.applied)
            .arg(summary.failed)
            .arg(summary.conflicting)
            .arg(summary.unknown)
            .arg(summary.skipped)
            .arg(summary.runId));
    const QString file = QString::fromStdString(arguments.connect.file);
    const int waiting = run.session->changes().waiting();
    if (arguments.trial > 0 && waiting > 0)
        output.message(u"%1 to go. Go on: `hubkeeper-cli changes apply %2`. Take the trial back: "
                       "`hubkeeper-cli journal revert %2 %3`."_s.arg(waiting)
                           .arg(file, summary.runId));
}

/// What was not sent, or may have been, is gone on with; of a file its result is applied again.
void sayHowToGoOn(const ApplyArguments &arguments, const Prepared &run, Output &output)
{
    const ChangeSet &changes = run.session->changes();
    const bool isLeft = changes.count(RowState::Skipped) + changes.count(RowState::Unknown) > 0;
    if (isLeft && !arguments.dryRun && arguments.changes.empty())
        output.message(u"Go on: `hubkeeper-cli changes apply %1 --resume`."_s.arg(
            QString::fromStdString(arguments.connect.file)));
}

Result<RunSummary> send(Prepared &run, Services &services)
{
    auto *call = applyChanges(*run.session, run.options, &services.calls);
    QObject::connect(call, &CallBase::progressed, call, [&services](qint64 done, qint64 total) {
        services.output.progress(u"%1 of %2 sent"_s.arg(done).arg(total));
    });
    return waitForWrites(call, *run.session, services.interrupt);
}

Result<void> saveResult(const ApplyArguments &arguments, Prepared &run, Services &services)
{
    if (arguments.result.empty() || arguments.dryRun)
        return {};
    const QString path = QString::fromStdString(arguments.result);
    return waitFor(run.session->changes().saveAs(path, &services.calls), services.interrupt);
}

Result<void> fillTable(const ApplyArguments &arguments, Prepared &run)
{
    if (arguments.fill.empty() || arguments.dryRun)
        return {};
    return fillResult(QString::fromStdString(arguments.fill), run.session->changes())
        .map([](qint64) {});
}

/// Found out before anything is sent: afterwards the outcomes would have no place.
Result<void> checkFiles(const ApplyArguments &arguments)
{
    if (arguments.dryRun)
        return {};
    if (!arguments.fill.empty()) {
        auto checked = checkResult(QString::fromStdString(arguments.fill));
        if (!checked)
            return checked;
    }
    if (arguments.result.empty())
        return {};
    return FileSaver::begin(QString::fromStdString(arguments.result), FileMode::KeepOrPrivate)
        .map([](const FileSaver &) {});
}

/// What a run that wrote everything ends with, if its files could not be written.
int withFiles(int code, const std::array<Result<void>, 2> &files, Output &output)
{
    for (const Result<void> &file : files) {
        if (file)
            continue;
        output.complain(file.error());
        code = code == Done ? exitCodeFor(file.error().kind) : code;
    }
    return code;
}

} // namespace

void ApplyArguments::addSendingTo(CLI::App &verb)
{
    verb.add_flag("--yes", yes, "Agree beforehand");
    verb.add_option("--first", firstRows, "Only so many rows")->check(CLI::PositiveNumber);
    verb.add_option("--trial", trial,
                    "A trial: only so many rows; says how to go on, and how to take them back")
        ->check(CLI::PositiveNumber)
        ->excludes("--first");
    verb.add_flag("--sample", sample, "With --trial: rows chosen at random");
    auto *rest = verb.add_flag("--resume", resume,
                               "Only the rows that the last run left, after it was stopped or "
                               "its program ended");
    verb.add_flag("--retry-failed", retryFailed, "Only rows that were refused before")
        ->excludes(rest);
    verb.add_flag("--past-daily-limit", pastDailyLimit,
                  "Send although HubSpot's daily limit would be reached in the middle");
    verb.add_flag("--dry-run", dryRun, "Check at the portal, say what it would ask, send nothing");
    verb.add_option("--result", result,
                    "Write the change set with the outcome of each row to this file")
        ->type_name(fileArgument);
    verb.add_option("--fill", fill, "Fill in id, status and message of a result file of `import`")
        ->type_name(fileArgument);
    verb.add_option("--note", note, "A note for the journal");
}

int runPlan(const ApplyArguments &arguments, Services &services)
{
    const auto run = prepared(arguments, services);
    if (!run)
        return services.output.failure(run.error());
    const int excluded = run->session->changes().excluded();
    if (services.output.json) {
        QJsonObject json = planJson(run->budget);
        json.insert(u"excluded"_s, excluded);
        services.output.result(json);
    } else {
        for (const QString &line : planText(run->budget, excluded))
            services.output.line(line);
    }
    return run->budget.fit() == CallBudget::ReachesLimit ? int(Findings) : int(Done);
}

int runApply(const ApplyArguments &arguments, Services &services)
{
    auto run = prepared(arguments, services);
    if (!run)
        return services.output.failure(run.error());
    ChangeSet &changes = run->session->changes();
    if (run->rows.empty()) {
        services.output.message(u"Nothing is waiting to be sent."_s);
        if (services.output.json)
            services.output.result(outcomeJson(*run, {}));
        return Done;
    }
    if (!services.output.json)
        showPlanned(*run, services);
    for (const QString &line : planText(run->budget, changes.excluded()))
        services.output.message(line);
    if (const auto checked = checkFiles(arguments); !checked)
        return services.output.failure(checked.error());
    if (const auto agreed = agreeTo(arguments, *run, services); !agreed)
        return services.output.failure(agreed.error());
    run->options.reviewed = true; // They were shown, and somebody agreed.
    run->options.confirmed = true;
    run->options.dryRun = arguments.dryRun;
    if (!arguments.dryRun)
        warnOfJournal(*run->session, services.output);
    const auto summary = send(*run, services);
    const std::array files {saveResult(arguments, *run, services), fillTable(arguments, *run)};
    printReasons(changes, run->rows, services.output);
    sayHowToGoOn(arguments, *run, services.output);
    if (!summary)
        return withFiles(services.output.failure(reasonOfRun(summary.error(), changes)), files,
                         services.output);
    if (services.output.json)
        services.output.result(outcomeJson(*run, *summary));
    else
        printSummary(arguments, *run, *summary, services.output);
    return withFiles(applyExitCode(*summary), files, services.output);
}

} // namespace hubkeeper::cli
