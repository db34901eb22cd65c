// SPDX-License-Identifier: MIT
#include "commands.h"
#include "nextsteps.h"
#include "options.h"
#include "repair/recipe/shippedrecipes.h"
#include "repair/table/repairtable.h"
#include "repairoptions.h"
#include "searchexport.h"
#include "session/workbench/repairrecords.h"
#include "stagedset.h"
#include "tableinput.h"
#include "waiting.h"

#include <QCoreApplication>
#include <QDir>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct RunArguments
{
    std::string recipe;
    TableInput table;
    RepairOptions options;
    RecordChoice records;
    std::vector<std::string> columns;
    std::string output;
    std::string doubtful;
    std::string saveChanges;
    bool dryRun = false;
};

Result<void> checkRunUsage(const RunArguments &arguments)
{
    const bool isTable = !arguments.table.file.empty();
    if (isTable == arguments.records.isGiven())
        return fail(ErrorKind::InvalidInput,
                    u"A repair is of a table, or of records with --connection."_s);
    if (isTable && arguments.output.empty() && !arguments.dryRun)
        return fail(ErrorKind::InvalidInput, u"Nothing says where the repaired table goes."_s,
                    u"Name a file with --output, or look only with --dry-run."_s);
    if (!isTable && !arguments.output.empty())
        return fail(ErrorKind::InvalidInput,
                    u"--output is for tables; repairs of records are staged."_s,
                    u"Write them as a change set with --save-changes."_s);
    if (isTable && !arguments.saveChanges.empty())
        return fail(ErrorKind::InvalidInput, u"--save-changes is for records of a portal."_s,
                    u"Name the repaired table with --output."_s);
    return {};
}

/// The exit code where everything was done.
int codeFor(const RepairCounts &counts)
{
    return counts.doubtfulCount() > 0 ? Findings : Done;
}

int repairFile(const RunArguments &arguments, const Recipe &recipe, const RepairSettings &settings,
               Services &services)
{
    Output &output = services.output;
    const auto file = TableFile::of(arguments.table, services);
    if (!file)
        return output.failure(file.error());
    const auto table = arguments.table.options();
    if (!table)
        return output.failure(table.error());
    auto doubtful = FoundTable::begin(arguments.doubtful, doubtfulTitles(), services);
    if (!doubtful)
        return output.failure(doubtful.error());
    TableRepairRequest request;
    request.path = file->path();
    request.table = *table;
    request.recipe = recipe;
    request.settings = settings;
    request.columns = listOf(arguments.columns);
    request.workFolder = services.paths.cache;
    QDir().mkpath(services.paths.cache);
    if (!arguments.output.empty() && !arguments.dryRun)
        request.output = QString::fromStdString(arguments.output);
    std::stop_source stop;
    const auto repaired = repairTable(
        request, [&](const DoubtfulValue &value) { doubtful->add(cellsOf(value)); },
        [&](qint64 rows) {
            output.progress(u"%1 rows repaired"_s.arg(rows));
            QCoreApplication::processEvents();
            if (Interrupt::wasRequested())
                stop.request_stop();
        },
        stop.get_token());
    if (!repaired)
        return output.failure(repaired.error());
    if (const auto kept = doubtful->finish(); !kept)
        return output.failure(kept.error());
    if (output.json) {
        QJsonObject json = repairJson(repaired->counts, u"row"_s);
        json.insert(u"recipe"_s, recipe.name);
        json.insert(u"rows"_s, repaired->rows);
        json.insert(u"faults"_s, repaired->faults);
        json.insert(u"files"_s, QJsonArray::fromStringList(repaired->written.files));
        json.insert(u"staged"_s, 0);
        json.insert(u"saved"_s, QJsonValue());
        output.result(json);
    } else {
        printRepair(repaired->counts, u"row"_s, output);
        if (repaired->faults > 0)
            output.message(
                u"The file has %1 faults; `hubkeeper-cli import FILE --parse` shows them."_s.arg(
                    repaired->faults));
        if (arguments.dryRun)
            output.message(u"Dry run: nothing was written."_s);
    }
    return codeFor(repaired->counts);
}

Result<std::shared_ptr<CheckedRepair>> checkRecords(const RunArguments &arguments,
                                                    const RecordRepairRequest &request,
                                                    Session &session, Services &services)
{
    const auto view = arguments.records.recordView(services);
    if (!view)
        return tl::unexpected(view.error());
    const auto definitions =
        waitFor(session.definitions(view->type, false, &services.calls), services.interrupt);
    if (!definitions)
        return tl::unexpected(definitions.error());
    QStringList columns = view->columns.isEmpty() ? usualColumns(view->type) : view->columns;
    columns += request.recipe.properties;
    const auto properties = repairedProperties(request, columns, *definitions);
    if (!properties)
        return tl::unexpected(properties.error());
    auto own = request;
    if (!own.recipe.isBetween())
        own.properties = *properties;
    const auto found =
        arguments.records.read(session, propertiesReadBy(own, *properties, view->type), services);
    if (!found)
        return tl::unexpected(found.error());
    auto *call = new RepairRecords(session, *found->set, found->rows, own, &services.calls);
    showRecordProgress(*call, u"repaired"_s, services.output);
    return waitFor(static_cast<Call<std::shared_ptr<CheckedRepair>> *>(call), services.interrupt);
}

/// Stages what was checked, or saves it as a file of changes. Gives how many records.
Result<qint64> keepRepair(const std::shared_ptr<CheckedRepair> &checked, const StagedSet &set,
                          Session &session, Services &services)
{
    if (checked->isEmpty())
        return set.path.empty() ? Result<qint64>(0)
                                : set.keep(session, services).map([] { return qint64(0); });
    auto *call = stageRepair(session, checked, {}, &services.calls);
    showRecordProgress(*call, u"staged"_s, services.output);
    const auto added = waitFor(call, services.interrupt);
    if (!added)
        return tl::unexpected(added.error());
    return set.keep(session, services).map([&added] { return qint64(added->added); });
}

/// What was repaired, left and staged.
void tellRepair(const CheckedRepair &checked, qint64 staged, const RunArguments &arguments,
                const Recipe &recipe, Output &output)
{
    if (output.json) {
        QJsonObject json = repairJson(checked.counts, u"id"_s);
        json.insert(u"recipe"_s, recipe.name);
        json.insert(u"rows"_s, checked.records);
        json.insert(u"faults"_s, 0);
        json.insert(u"files"_s, QJsonArray());
        json.insert(u"staged"_s, staged);
        json.insert(u"saved"_s,
                    !arguments.dryRun && !arguments.saveChanges.empty()
                        ? QJsonValue(QString::fromStdString(arguments.saveChanges))
                        : QJsonValue());
        return output.result(json);
    }
    printRepair(checked.counts, u"record"_s, output);
    if (arguments.dryRun)
        output.message(u"Dry run: nothing was staged."_s);
    else if (staged > 0)
        output.message(nextSteps(arguments.records.connect.file, arguments.saveChanges));
}

int repairPortal(const RunArguments &arguments, const Recipe &recipe,
                 const RepairSettings &settings, Services &services)
{
    Output &output = services.output;
    const StagedSet set {arguments.saveChanges};
    const bool stages = !arguments.dryRun && set.path.empty();
    const auto session =
        openFor(arguments.records.connect, services, stages ? SessionUse::Write : SessionUse::Read);
    if (!session)
        return output.failure(session.error());
    if (!arguments.dryRun) {
        if (const auto open = set.open(**session, services); !open)
            return output.failure(open.error());
    }
    auto doubtful = FoundTable::begin(arguments.doubtful, doubtfulTitles(), services);
    if (!doubtful)
        return output.failure(doubtful.error());
    const auto checked =
        checkRecords(arguments,
                     {recipe, settings, listOf(arguments.columns),
                      [&doubtful](const DoubtfulValue &value) { doubtful->add(cellsOf(value)); }},
                     **session, services);
    if (!checked)
        return output.failure(checked.error());
    if (const auto kept = doubtful->finish(); !kept)
        return output.failure(kept.error());
    qint64 staged = 0;
    if (!arguments.dryRun) {
        const auto kept = keepRepair(*checked, set, **session, services);
        if (!kept)
            return output.failure(kept.error());
        staged = *kept;
    }
    tellRepair(**checked, staged, arguments, recipe, output);
    return codeFor((*checked)->counts);
}

int runRepair(const RunArguments &arguments, Services &services)
{
    if (const auto usable = checkRunUsage(arguments); !usable)
        return services.output.failure(usable.error());
    const auto recipe = recipeNamed(QString::fromStdString(arguments.recipe));
    if (!recipe)
        return services.output.failure(recipe.error());
    const auto settings = arguments.options.settings();
    if (!settings)
        return services.output.failure(settings.error());
    if (arguments.records.isGiven())
        return repairPortal(arguments, *recipe, *settings, services);
    if (const auto usable = checkHasOptions(*recipe, *settings); !usable)
        return services.output.failure(usable.error());
    return repairFile(arguments, *recipe, *settings, services);
}

} // namespace

void addRepairRunCommand(CLI::App &repair, Run &chosen)
{
    addVerb(repair, "run", "Repair a table, or stage the repair of records", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<RunArguments>();
                verb.add_option("RECIPE", arguments->recipe, "A recipe's name or file")
                    ->required()
                    ->type_name(fileArgument);
                arguments->table.addTo(verb);
                verb.get_option("TABLE")->required(false);
                arguments->options.addTo(verb);
                verb.add_option("--column", arguments->columns,
                                "Columns or properties to repair, in place of those the recipe "
                                "names; TITLE=PROPERTY for those that it reads and writes")
                    ->take_all()
                    ->allow_extra_args(false);
                verb.add_option("-o,--output", arguments->output,
                                "Write the repaired table: CSV, XLSX or JSON Lines, by its ending")
                    ->type_name(fileArgument);
                verb.add_option("--doubtful", arguments->doubtful,
                                "Write the doubtful values as a table")
                    ->type_name(fileArgument);
                verb.add_option("--save-changes", arguments->saveChanges,
                                "Save a change set file instead of staging for the connection")
                    ->type_name(fileArgument);
                verb.add_flag("--dry-run", arguments->dryRun, "Show it and write or stage nothing");
                arguments->records.addTo(verb);
                return Run(
                    [arguments](Services &services) { return runRepair(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
