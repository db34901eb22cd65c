// SPDX-License-Identifier: MIT
#include "changes/journal.h"
#include "commands.h"
#include "journalrevert.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QJsonObject asJson(const JournalRun &run)
{
    return {{u"id"_s, run.id},
            {u"startedAt"_s, run.startedAt.toString(Qt::ISODateWithMs)},
            {u"endedAt"_s, run.endedAt.toString(Qt::ISODateWithMs)},
            {u"connection"_s, run.connection},
            {u"portalId"_s, run.portalId},
            {u"user"_s, run.user},
            {u"note"_s, run.note},
            {u"revertOf"_s, run.revertOf},
            {u"rows"_s, run.rows},
            {u"applied"_s, run.applied},
            {u"failed"_s, run.failed}};
}

QJsonObject asJson(const JournalRow &row)
{
    QJsonObject cells;
    for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
        cells.insert(cell.key(), QJsonObject {{u"old"_s, cell->before}, {u"new"_s, cell->after}});
    QJsonObject json {{u"type"_s, nameOf(row.type)}, {u"operation"_s, nameOf(row.kind)},
                      {u"id"_s, row.recordId},       {u"label"_s, row.label},
                      {u"cells"_s, cells},           {u"outcome"_s, row.outcome},
                      {u"message"_s, row.message}};
    if (row.isDefinition)
        json.insert(u"definition"_s, true);
    return json;
}

int runList(const ConnectOptions &options, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const auto runs = (*session)->journal().runs();
    if (!runs)
        return services.output.failure(runs.error());
    QJsonArray list;
    QList<QStringList> rows {
        {u"RUN"_s, u"STARTED"_s, u"ROWS"_s, u"APPLIED"_s, u"FAILED"_s, u"NOTE"_s}};
    for (const JournalRun &run : *runs) {
        list.append(asJson(run));
        rows.append({run.id, run.startedAt.toString(Qt::ISODate), QString::number(run.rows),
                     QString::number(run.applied), QString::number(run.failed), run.note});
    }
    if (services.output.json)
        services.output.result(list);
    else
        services.output.table(rows);
    return Done;
}

int runShow(const ConnectOptions &options, const std::string &runId, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const auto rows = (*session)->journal().rows(QString::fromStdString(runId));
    if (!rows)
        return services.output.failure(rows.error());
    if (rows->isEmpty()) { // A run has at least one row.
        return services.output.failure(
            fail(ErrorKind::NotFound,
                 u"The journal has no run %1."_s.arg(QString::fromStdString(runId)),
                 u"`hubkeeper-cli journal list` shows them."_s)
                .value());
    }
    QJsonArray list;
    QList<QStringList> table {{u"RECORD"_s, u"PROPERTY"_s, u"OLD"_s, u"NEW"_s, u"OUTCOME"_s}};
    for (const JournalRow &row : *rows) {
        list.append(asJson(row));
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            table.append({row.label, cell.key(), cell->before, cell->after, row.outcome});
        if (row.cells.isEmpty())
            table.append({row.label, u"(archived)"_s, {}, {}, row.outcome});
    }
    if (services.output.json)
        services.output.result(list);
    else
        services.output.table(table);
    return Done;
}

int runVerify(const ConnectOptions &options, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return services.output.failure(session.error());
    const auto verdict = (*session)->journal().verify();
    if (!verdict)
        return services.output.failure(verdict.error());
    if (services.output.json) {
        services.output.result(QJsonObject {{u"intact"_s, verdict->intact},
                                            {u"entries"_s, verdict->entries},
                                            {u"firstBadEntry"_s, verdict->firstBadEntry},
                                            {u"message"_s, verdict->sentence}});
    } else {
        services.output.line(verdict->sentence);
    }
    return verdict->intact ? Done : LocalDataDamaged;
}

} // namespace

void addJournalCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("journal", "What was written, and taking it back");
    group->require_subcommand(1);
    group->fallthrough();
    const auto plain = [&](const char *name, const char *help,
                           int (*run)(const ConnectOptions &, Services &)) {
        addVerb(*group, name, help, chosen, [run](CLI::App &verb) {
            auto options = std::make_shared<ConnectOptions>();
            options->addTo(verb);
            return Run([options, run](Services &services) { return run(*options, services); });
        });
    };
    plain("list", "The runs, newest first", runList);
    plain("verify", "Check that nobody altered it", runVerify);
    addVerb(*group, "show", "The rows of a run", chosen, [](CLI::App &verb) {
        auto options = std::make_shared<ConnectOptions>();
        auto id = std::make_shared<std::string>();
        options->addTo(verb);
        verb.add_option("RUN", *id, "The run's id")->required();
        return Run([options, id](Services &services) { return runShow(*options, *id, services); });
    });
    addVerb(*group, "revert", "Write the old values of a run again", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<RevertArguments>();
        arguments->connect.addTo(verb);
        verb.add_option("RUN", arguments->runId, "The run's id")->required();
        verb.add_flag("--yes", arguments->yes,
                      "Answer the question of the modes review and confirm");
        verb.add_flag("--dry-run", arguments->dryRun, "Show old -> new and send nothing");
        return Run([arguments](Services &services) { return runRevert(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
