// SPDX-License-Identifier: MIT
#include "commands.h"
#include "journal/journal.h"
#include "journal/journaljson.h"
#include "journalresolve.h"
#include "journalrevert.h"
#include "journalsearch.h"
#include "session/open/journalkey.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct RunListArguments
{
    ConnectOptions connect;
    bool all = false;
};

/// Nothing was written yet where there is no file.
Result<std::unique_ptr<JournalReader>> readerOf(Services &services)
{
    return JournalReader::open(journalPath(services.paths));
}

QString stateOf(const JournalRun &run)
{
    switch (run.state()) {
    case RunState::UnderWay:
        return u"under way"_s;
    case RunState::Open:
        return u"no end"_s;
    case RunState::Ended:
    case RunState::Stopped:
    case RunState::Interrupted:
        break;
    }
    return nameOf(run.state());
}

QStringList cellsOf(const JournalRun &run, bool withConnection)
{
    QStringList cells {run.id, run.startedAt.toString(Qt::ISODate)};
    if (withConnection)
        cells << (run.portalId == 0 ? u"-"_s : QString::number(run.portalId)) << run.connection;
    cells << stateOf(run);
    for (const int count : {run.rows, run.applied, run.unproven, run.failed, run.conflicting,
                            run.unknown, run.waiting()})
        cells << QString::number(count);
    return cells << run.user << run.note;
}

Result<QList<JournalRun>> runsFor(const RunListArguments &arguments, Services &services)
{
    RunFilter filter;
    if (!arguments.all) {
        const auto connection = connectionFor(arguments.connect, services);
        if (!connection)
            return tl::unexpected(connection.error());
        filter.connectionId = connection->id;
        filter.connection = connection->label;
    }
    const auto reader = readerOf(services);
    if (!reader && reader.error().kind == ErrorKind::NotFound)
        return QList<JournalRun>();
    return reader ? (*reader)->runs(filter) : tl::unexpected(reader.error());
}

int runListRuns(const RunListArguments &arguments, Services &services)
{
    if (arguments.connect.file.empty() && !arguments.all)
        return services.output.failure(
            fail(ErrorKind::InvalidInput, u"Which connection's runs?"_s,
                 u"Name its provisioner, or list the runs of all connections with --all."_s)
                .value());
    const auto runs = runsFor(arguments, services);
    if (!runs)
        return services.output.failure(runs.error());
    QJsonArray list;
    QStringList head {u"RUN"_s, u"STARTED"_s};
    if (arguments.all)
        head << u"PORTAL"_s << u"CONNECTION"_s;
    head << u"STATE"_s << u"ROWS"_s << u"APPLIED"_s << u"UNPROVEN"_s << u"FAILED"_s << u"CONFLICT"_s
         << u"UNKNOWN"_s << u"WAITING"_s << u"WHO"_s << u"NOTE"_s;
    QList<QStringList> rows {head};
    for (const JournalRun &run : *runs) {
        list.append(runJson(run));
        rows.append(cellsOf(run, arguments.all));
    }
    if (services.output.json)
        services.output.result(list);
    else
        services.output.table(rows);
    return Done;
}

Result<RunRecord> runOf(const std::string &id, Services &services)
{
    return readerOf(services).and_then([&](const std::unique_ptr<JournalReader> &reader) {
        return reader->run(QString::fromStdString(id));
    });
}

int runShowRun(const ConnectOptions &, const std::string &runId, Services &services)
{
    const auto record = runOf(runId, services);
    if (!record)
        return services.output.failure(record.error());
    QJsonArray list;
    QList<QStringList> table {
        {u"ROW"_s, u"RECORD"_s, u"PROPERTY"_s, u"OLD"_s, u"NEW"_s, u"OUTCOME"_s, u"MESSAGE"_s}};
    for (const JournalRow &row : record->rows) {
        QJsonObject json = rowJson(row);
        if (record->takenBackBy.contains(row.subject))
            json.insert(u"revertedBy"_s, record->takenBackBy.value(row.subject));
        list.append(json);
        const QString what = nameOf(row.kind);
        const QString id = row.subject;
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            table.append(
                {id, row.label, cell.key(), cell->before, cell->after, row.outcome, row.message});
        if (row.cells.isEmpty())
            table.append({id, row.label, u'(' + what + u')', {}, {}, row.outcome, row.message});
    }
    if (services.output.json)
        services.output.result(list);
    else
        services.output.table(table);
    return Done;
}

int verifyExitCode(JournalState state)
{
    switch (state) {
    case JournalState::Sealed:
        return Done;
    case JournalState::NotSealed:
        return Findings; // What cannot be checked has not passed.
    case JournalState::Altered:
        break;
    }
    return LocalDataDamaged;
}

int runVerify(const ConnectOptions &, Services &services)
{
    const auto key = waitFor(findJournalKey(services.keychain, services.paths, &services.calls),
                             services.interrupt);
    if (!key)
        return services.output.failure(key.error());
    const auto journal =
        Journal::open(journalPath(services.paths), services.clock, (*key)->key, (*key)->keeper);
    if (!journal)
        return services.output.failure(journal.error());
    const auto verdict = waitFor((*journal)->check(&services.calls), services.interrupt);
    if (!verdict)
        return services.output.failure(verdict.error());
    QJsonArray unsealed;
    for (const UnsealedEntries &range : verdict->unsealed)
        unsealed.append(QJsonObject {
            {u"first"_s, range.first}, {u"last"_s, range.last}, {u"reason"_s, nameOf(range.why)}});
    if (services.output.json)
        services.output.result(QJsonObject {{u"state"_s, nameOf(verdict->state)},
                                            {u"entries"_s, verdict->entries},
                                            {u"firstBadEntry"_s, verdict->firstBadEntry},
                                            {u"unsealed"_s, unsealed},
                                            {u"message"_s, verdict->sentence}});
    else
        services.output.line(verdict->sentence);
    return verifyExitCode(verdict->state);
}

void addList(CLI::App &group, Run &chosen)
{
    addVerb(group, "list", "The runs of a connection, newest first", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<RunListArguments>();
        arguments->connect.addFileTo(verb)->required(false);
        verb.add_flag("--all", arguments->all, "The runs of all connections");
        return Run([arguments](Services &services) { return runListRuns(*arguments, services); });
    });
}

void addResolve(CLI::App &group, Run &chosen)
{
    addVerb(group, "resolve", "Ask the portal what became of rows of unknown outcome", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<ResolveArguments>();
                arguments->connect.addTo(verb);
                verb.add_option("RUN", arguments->runId,
                                "The run's id; all runs of the connection without it");
                return Run(
                    [arguments](Services &services) { return runResolve(*arguments, services); });
            });
}

void addRevert(CLI::App &group, Run &chosen)
{
    addVerb(group, "revert", "Write the old values of a run again", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<RevertArguments>();
        arguments->connect.addTo(verb);
        verb.add_option("RUN", arguments->runId, "The run's id")->required();
        verb.add_option("--row,--record", arguments->rows,
                        "Only this row of the run, by its name in `journal show` or by the "
                        "record's id; may be repeated");
        verb.add_flag("--recreate,--make-anew", arguments->makeAnew,
                      "Recreate records that the run archived, under new IDs");
        verb.add_flag("--yes", arguments->yes,
                      "Agree beforehand: to the write modes review and confirm, and to archiving");
        verb.add_flag("--dry-run", arguments->dryRun, "Show old -> new and send nothing");
        return Run([arguments](Services &services) { return runRevert(*arguments, services); });
    });
}

} // namespace

void addJournalCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("journal", "What was written, and taking it back");
    group->require_subcommand(1);
    group->fallthrough();
    addList(*group, chosen);
    addVerb(*group, "verify", "Check that nobody altered it", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        options->addFileTo(verb)->required(false);
        return Run([options](Services &services) { return runVerify(*options, services); });
    });
    addVerb(*group, "show", "The rows of a run", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        auto id = std::make_shared<std::string>();
        options->addFileTo(verb);
        verb.add_option("RUN", *id, "The run's id")->required();
        return Run(
            [options, id](Services &services) { return runShowRun(*options, *id, services); });
    });
    addJournalSearch(*group, chosen);
    addResolve(*group, chosen);
    addRevert(*group, chosen);
}

} // namespace hubkeeper::cli
