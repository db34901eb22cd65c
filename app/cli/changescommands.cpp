// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "changes/run/plan.h"
#include "changes/set/changesfile.h"
#include "commands.h"
#include "consent.h"
#include "fillresult.h"
#include "options.h"
#include "rowjson.h"
#include "rowtext.h"
#include "session/writing/applychanges.h"
#include "session/writing/keepchanges.h"
#include "session/writing/keptchanges.h"
#include "standardinput.h"
#include "waiting.h"

#include <QFile>
#include <QFileInfo>

#include <CLI/CLI.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestChangesFile = 1 << 30; // Bytes.

struct ChangesArguments
{
    ConnectOptions connect;
    std::string changes; ///< A change set file; empty: what is staged for the connection.
    std::string result;
    std::string fill;
    std::string note;
    int firstRows = 0;
    bool yes = false;
};

QString rowCount(qsizetype count)
{
    return count == 1 ? u"1 change"_s : u"%1 changes"_s.arg(count);
}

QJsonObject bindingJson(const ChangeBinding &binding)
{
    return {{u"portalId"_s, binding.portalId},
            {u"portalName"_s, binding.portalName},
            {u"connectionId"_s, binding.connectionId},
            {u"connection"_s, binding.connectionLabel}};
}

int runListChanges(Services &services)
{
    QStringList unreadable;
    QJsonArray list;
    QList<QStringList> table {{u"CONNECTION"_s, u"PORTAL"_s, u"WAITING"_s, u"ARCHIVES"_s,
                               u"CONFLICT"_s, u"UNKNOWN"_s, u"APPLIED"_s, u"FILE"_s}};
    for (const KeptChanges &kept : keptChanges(services.paths, {}, &unreadable)) {
        QJsonObject json = bindingJson(kept.binding);
        json.insert(u"path"_s, kept.path);
        json.insert(u"waiting"_s, kept.waiting);
        json.insert(u"archives"_s, kept.archives);
        json.insert(u"conflicting"_s, kept.conflicting);
        json.insert(u"unknown"_s, kept.unknown);
        json.insert(u"applied"_s, kept.applied);
        list.append(json);
        QStringList cells {kept.binding.connectionLabel, kept.binding.portal()};
        for (const int count :
             {kept.waiting, kept.archives, kept.conflicting, kept.unknown, kept.applied})
            cells.append(QString::number(count));
        table.append(cells << kept.path);
    }
    for (const QString &sentence : std::as_const(unreadable))
        services.output.message(sentence);
    if (services.output.json)
        services.output.result(list);
    else if (list.isEmpty())
        services.output.message(u"Nothing is staged."_s);
    else
        services.output.table(table);
    return Done;
}

Result<ExchangedChanges> readChanges(const std::string &path)
{
    return readFile(QString::fromStdString(path), largestChangesFile).and_then(&changesFromFile);
}

/// The set that a window keeps for a connection.
Result<ExchangedChanges> keptOf(const std::string &provisioner, Services &services)
{
    ConnectOptions options;
    options.file = provisioner;
    const auto connection = connectionFor(options, services);
    if (!connection)
        return tl::unexpected(connection.error());
    const QList<KeptChanges> kept = keptChanges(services.paths, connection->id, nullptr);
    if (kept.isEmpty())
        return fail(ErrorKind::NotFound, u"Nothing is staged for %1."_s.arg(connection->label),
                    u"`hubkeeper-cli changes list` shows what is staged."_s);
    return rowsOfKept(kept.first().path).map([&](std::vector<RowChange> rows) {
        return ExchangedChanges {kept.first().binding, std::move(rows)};
    });
}

bool isChangeSet(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) && file.read(512).contains("\"hubkeeper-changes\"");
}

int runShowChanges(const std::string &path, Services &services)
{
    if (!QFileInfo::exists(QString::fromStdString(path)))
        return services.output.failure(
            fail(ErrorKind::InvalidInput,
                 u"There is no file %1."_s.arg(QString::fromStdString(path)),
                 u"Give the path of a change set file, or of a provisioner."_s)
                .value());
    const auto set = isChangeSet(path) ? readChanges(path) : keptOf(path, services);
    if (!set)
        return services.output.failure(set.error());
    if (services.output.json) {
        QJsonObject json = bindingJson(set->binding);
        json.insert(u"rows"_s, rowsJson(set->rows));
        services.output.result(json);
        return Done;
    }
    if (set->binding.portalId != 0)
        services.output.message(u"For %1."_s.arg(set->binding.portal()));
    services.output.table(rowsTable(set->rows));
    services.output.message(rowCount(qsizetype(set->rows.size())) + u'.');
    return Done;
}

/// Puts the rows of the file, or what is staged for the connection, into the session's set.
Result<void> load(Session &session, const ChangesArguments &arguments, Services &services)
{
    if (arguments.changes.empty()) {
        return waitFor(
                   static_cast<Call<RestoredChanges> *>(new KeepChanges(session, &services.calls)),
                   services.interrupt)
            .and_then([](const RestoredChanges &restored) -> Result<void> {
                if (restored.takenBy.isEmpty())
                    return {};
                return fail(ErrorKind::Refused,
                            u"The staged changes are open in %1."_s.arg(restored.takenBy),
                            u"Close it, or apply them there."_s);
            });
    }
    const auto set = readChanges(arguments.changes);
    if (!set)
        return tl::unexpected(set.error());
    session.changes().setBinding(set->binding); // The run refuses another portal.
    return waitFor(session.changes().addRows(set->rows, Adding::KeepStaged, {}, &services.calls),
                   services.interrupt)
        .map([](const AddedRows &) {});
}

QJsonObject outcomeJson(const Session &, const RunSummary &summary, const ChangeSet &changes)
{
    return {{u"run"_s, summary.runId},
            {u"rows"_s, rowsJson(changes.rows())},
            {u"sendable"_s, summary.sendable},
            {u"applied"_s, summary.applied},
            {u"unproven"_s, summary.unproven},
            {u"failed"_s, summary.failed},
            {u"conflicting"_s, summary.conflicting},
            {u"unknown"_s, summary.unknown},
            {u"notSent"_s, summary.skipped}};
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

void printReasons(const ChangeSet &changes, Output &output)
{
    for (const RowChange &row : changes.rows()) {
        if (!row.error && row.state != RowState::Conflicting)
            continue;
        output.message(u"%1: %2. %3"_s.arg(row.label, nameOf(row.state),
                                           row.error ? row.error->sentence() : QString()));
        for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
            output.message(u"  %1 is now \"%2\""_s.arg(text.key(), text.value()));
    }
}

/// Sends the set, or with `dryRun` makes every check and sends nothing.
int runApply(const ChangesArguments &arguments, bool dryRun, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    if (const auto loaded = load(**session, arguments, services); !loaded)
        return services.output.failure(loaded.error());
    ChangeSet &changes = (*session)->changes();
    if (changes.waiting() == 0) {
        services.output.message(u"Nothing is waiting to be sent."_s);
        if (services.output.json)
            services.output.result(outcomeJson(**session, {}, changes));
        return Done;
    }
    RunOptions options;
    options.firstRows = arguments.firstRows;
    const std::vector<RowChange> planned = changes.rowsOf(rowsToSend(changes.index(), options));
    if (!services.output.json)
        showRows(planned, services.output);
    const bool archives = std::any_of(planned.begin(), planned.end(), [](const RowChange &row) {
        return row.kind == ChangeKind::Archive;
    });
    const Intention intention {u"Send %1 to %2?"_s.arg(rowCount(qsizetype(planned.size())),
                                                       (*session)->connection().label),
                               archives,
                               arguments.yes,
                               dryRun,
                               arguments.connect.file,
                               u"`hubkeeper-cli changes check`"_s};
    if (const auto agreed = agreeTo(intention, **session, services); !agreed)
        return services.output.failure(agreed.error());
    options.reviewed = true; // They were shown, and somebody agreed.
    options.confirmed = true;
    options.dryRun = dryRun;
    options.note = QString::fromStdString(arguments.note);
    if (!dryRun)
        warnOfJournal(**session, services.output);
    auto *call = applyChanges(**session, options, &services.calls);
    QObject::connect(call, &CallBase::progressed, call, [&](qint64 done, qint64 total) {
        services.output.progress(u"%1 of %2 sent"_s.arg(done).arg(total));
    });
    const auto summary = waitForWrites(call, **session, services.interrupt);
    if (!arguments.result.empty() && !dryRun) {
        const auto saved =
            waitFor(changes.saveAs(QString::fromStdString(arguments.result), &services.calls),
                    services.interrupt);
        if (!saved)
            services.output.complain(saved.error());
    }
    if (!arguments.fill.empty() && !dryRun) {
        const auto filled = fillResult(QString::fromStdString(arguments.fill), changes);
        if (!filled)
            services.output.complain(filled.error());
    }
    printReasons(changes, services.output);
    if (!summary)
        return services.output.failure(reasonOfRun(summary.error(), changes));
    if (services.output.json)
        services.output.result(outcomeJson(**session, *summary, changes));
    else if (dryRun)
        services.output.message(
            u"%1 would be sent, %2 refused, %3 changed meanwhile. Nothing was sent."_s
                .arg(summary->sendable)
                .arg(summary->failed)
                .arg(summary->conflicting));
    else
        services.output.message(
            u"%1 applied, %2 failed, %3 changed meanwhile, %4 unknown, %5 not sent. Journal run "
            "%6"_s.arg(summary->applied)
                .arg(summary->failed)
                .arg(summary->conflicting)
                .arg(summary->unknown)
                .arg(summary->skipped)
                .arg(summary->runId));
    return applyExitCode(*summary);
}

int runDiscard(const ChangesArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.connect, services);
    if (!session)
        return services.output.failure(session.error());
    if (const auto loaded = load(**session, arguments, services); !loaded)
        return services.output.failure(loaded.error());
    ChangeSet &changes = (*session)->changes();
    const int count = changes.count();
    if (count > 0 && !arguments.yes) {
        showRows(changes.rows(), services.output);
        if (!StandardInput::isTerminal())
            return services.output.failure(
                fail(ErrorKind::Refused, u"%1 would be dropped."_s.arg(rowCount(count)),
                     u"Look at them with `changes show`, then add --yes."_s)
                    .value());
        const auto yes = askYes(u"Drop %1?"_s.arg(rowCount(count)), services);
        if (!yes || !*yes)
            return yes ? int(Refused) : services.output.failure(yes.error());
    }
    changes.revertAll();
    const auto saved = waitFor(changes.flush(&services.calls), services.interrupt);
    if (!saved)
        return services.output.failure(saved.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"dropped"_s, count}});
    services.output.message(u"Dropped %1; nothing was sent."_s.arg(rowCount(count)));
    return Done;
}

void addSet(CLI::App &verb, ChangesArguments &arguments)
{
    arguments.connect.addTo(verb);
    verb.add_option("CHANGES", arguments.changes,
                    "A change set file; without it, what is staged for the connection")
        ->type_name(fileArgument);
}

} // namespace

void addChangesCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("changes", "Review and send staged changes");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "What is staged, by connection", chosen,
            [](CLI::App &) { return Run(&runListChanges); });
    addVerb(*group, "show", "The old and new values of a change set", chosen, [](CLI::App &verb) {
        auto path = std::make_shared<std::string>();
        verb.add_option("SET", *path,
                        "A change set file, or a provisioner: what is staged for its connection")
            ->required()
            ->type_name(fileArgument);
        return Run([path](Services &services) { return runShowChanges(*path, services); });
    });
    addVerb(*group, "check", "Check a change set at the portal and send nothing", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<ChangesArguments>();
                addSet(verb, *arguments);
                return Run([arguments](Services &services) {
                    return runApply(*arguments, true, services);
                });
            });
    addVerb(*group, "apply", "Send a change set, after a question", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ChangesArguments>();
        addSet(verb, *arguments);
        verb.add_flag("--yes", arguments->yes, "Agree beforehand");
        verb.add_option("--first", arguments->firstRows, "A trial: only so many rows")
            ->check(CLI::PositiveNumber);
        verb.add_option("--result", arguments->result,
                        "Write the change set with the outcome of each row to this file")
            ->type_name(fileArgument);
        verb.add_option("--fill", arguments->fill,
                        "Fill in id, status and message of a result file of `import`")
            ->type_name(fileArgument);
        verb.add_option("--note", arguments->note, "A note for the journal");
        return Run(
            [arguments](Services &services) { return runApply(*arguments, false, services); });
    });
    addVerb(*group, "discard", "Drop what is staged for a connection", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ChangesArguments>();
        arguments->connect.addTo(verb);
        verb.add_flag("--yes", arguments->yes, "Drop it without a question");
        return Run([arguments](Services &services) { return runDiscard(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
