// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "counttext.h"
#include "nextsteps.h"
#include "options.h"
#include "session/workbench/importresult.h"
#include "session/writing/keepchanges.h"
#include "tableinput.h"
#include "textcolumns.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype shownRefusals = 1'000;
constexpr qint64 noteworthySpace = 100 << 20; // Bytes.
constexpr qint64 largestMapping = 1 << 20; // Bytes.

struct ImportArguments
{
    TableInput table;
    ConnectOptions connect;
    bool onlyParse = false;
    std::string objectClass;
    std::string match;
    std::string mode = "upsert";
    std::string empty = "leave";
    std::string associations = "add";
    std::string dates;
    std::vector<std::string> columns; ///< "column=property".
    std::string mapping;
    std::string saveMapping;
    std::string saveChanges;
    std::string result;
    bool dryRun = false;
    bool isGuarded = false;
};

/// What the mapping file and then the single options say.
Result<ChosenColumns> chosenColumns(const ImportArguments &arguments)
{
    ChosenColumns chosen;
    if (!arguments.mapping.empty()) {
        const auto kept = readFile(QString::fromStdString(arguments.mapping), largestMapping)
                              .and_then(&mappingFromFile);
        if (!kept)
            return kept;
        chosen = *kept;
    }
    for (const std::string &column : arguments.columns) {
        const QString text = QString::fromStdString(column);
        const qsizetype equals = text.lastIndexOf(u'=');
        if (equals < 1)
            return fail(ErrorKind::InvalidInput,
                        u"\"%1\" is not a COLUMN=PROPERTY pair."_s.arg(text),
                        u"Leave the property empty for a column that is not imported."_s);
        chosen.insert(text.left(equals), text.mid(equals + 1));
    }
    return chosen;
}

Result<ImportRequest> requestOf(const ImportArguments &arguments)
{
    ImportRequest request;
    request.name = arguments.table.name();
    const auto options = arguments.table.options();
    if (!options)
        return tl::unexpected(options.error());
    request.table = *options;
    const auto chosen = chosenColumns(arguments);
    if (!chosen)
        return tl::unexpected(chosen.error());
    request.columns = *chosen;
    if (arguments.connect.file.empty() || arguments.objectClass.empty())
        return fail(ErrorKind::InvalidInput,
                    u"An import needs --connection and --object, or --parse."_s);
    request.type =
        arguments.objectClass == "company" ? ObjectType::Companies : ObjectType::Contacts;
    request.match = QString::fromStdString(arguments.match);
    request.mode = arguments.mode == "create" ? ImportMode::Create
        : arguments.mode == "update"          ? ImportMode::Update
                                              : ImportMode::CreateOrUpdate;
    request.emptyClears = arguments.empty == "clear";
    request.removesOtherLinks = arguments.associations == "replace";
    request.isGuarded = arguments.isGuarded;
    request.dates = arguments.dates == "dmy" ? DateOrder::DayMonthYear
        : arguments.dates == "mdy"           ? DateOrder::MonthDayYear
                                             : DateOrder::Unknown;
    return request;
}

/// Prepares the set that the rows go to: what is staged for the connection, or one of its own that
/// becomes a file.
Result<void> prepareSet(const ImportArguments &arguments, Session &session, Services &services)
{
    const auto account = waitFor(session.account(&services.calls), services.interrupt);
    if (!account)
        return tl::unexpected(account.error());
    if (arguments.dryRun || !arguments.saveChanges.empty()) {
        session.changes().setBinding({account->portalId, account->portalName,
                                      session.connection().id, session.connection().label});
        return {};
    }
    const auto kept =
        waitFor(static_cast<Call<RestoredChanges> *>(new KeepChanges(session, &services.calls)),
                services.interrupt);
    if (!kept)
        return tl::unexpected(kept.error());
    if (kept->setAside)
        services.output.message(kept->setAside->sentence());
    if (kept->takenBy.isEmpty())
        return {};
    return fail(ErrorKind::Refused, u"The staged changes are open in %1."_s.arg(kept->takenBy),
                u"Close it, or save a change set file with --save-changes."_s);
}

/// Stages what was checked, or saves it as a file of changes. Gives ImportedTable::firstLocal.
Result<qint64> stage(const ImportArguments &arguments, Session &session,
                     const CheckedImport &checked, Services &services)
{
    if (arguments.dryRun)
        return 0;
    if (!arguments.saveChanges.empty()) {
        return waitFor(saveImport(checked, session.changes().binding(),
                                  QString::fromStdString(arguments.saveChanges), &services.calls),
                       services.interrupt)
            .map([] { return qint64(1); });
    }
    if (checked.isEmpty())
        return 0;
    auto *call = stageImport(session, checked, &services.calls);
    QObject::connect(call, &CallBase::progressed, call, [&services](qint64 done, qint64 total) {
        services.output.progress(u"%1 of %2 rows staged"_s.arg(done).arg(total));
    });
    const auto added = waitFor(call, services.interrupt);
    if (!added)
        return tl::unexpected(added.error());
    return waitFor(session.changes().flush(&services.calls), services.interrupt).map([&added] {
        return added->localOffset + 1;
    });
}

/// Everything that an import leaves behind. What cannot be written is found out before anything is
/// staged.
Result<void> keep(const ImportArguments &arguments, Session &session, const CheckedImport &checked,
                  Services &services)
{
    const QString result = QString::fromStdString(arguments.result);
    if (!result.isEmpty()) {
        const auto begun = FileSaver::begin(result, FileMode::KeepOrPrivate);
        if (!begun)
            return tl::unexpected(begun.error());
    }
    if (!arguments.saveMapping.empty()) {
        const auto saved = saveFile(QString::fromStdString(arguments.saveMapping),
                                    mappingToFile(checked.table.mapping), FileMode::KeepOrDefault);
        if (!saved)
            return saved;
    }
    const auto firstLocal = stage(arguments, session, checked, services);
    if (!firstLocal || result.isEmpty())
        return firstLocal.map([](qint64) {});
    ImportedTable table = checked.table;
    table.firstLocal = *firstLocal;
    return writeImportResult(result, table, ResultRows::All).map([](qint64) {});
}

QJsonObject asJson(const ImportArguments &arguments, const ImportedTable &table)
{
    QJsonArray columns;
    for (qsizetype i = 0; i < table.mapping.columns.size(); ++i) {
        const QString &property = table.mapping.properties[i];
        columns.append(QJsonObject {
            {u"column"_s, table.mapping.columns[i]},
            {u"property"_s, property.isEmpty() ? QJsonValue() : QJsonValue(property)}});
    }
    QJsonArray refusals;
    (void)visitRows(*table.rows, [&](const ImportedRow &row) {
        if (row.status == ImportedRow::Status::Refused)
            refusals.append(QJsonObject {
                {u"row"_s, row.number}, {u"id"_s, row.id}, {u"message"_s, row.message}});
        return refusals.size() < shownRefusals;
    });
    QJsonArray readOnly;
    for (const ReadOnlyColumn &column : table.readOnly)
        readOnly.append(QJsonObject {{u"column"_s, column.column},
                                     {u"property"_s, column.property},
                                     {u"differing"_s, column.differing}});
    return {{u"rows"_s, table.rows->count()},
            {u"creates"_s, table.creates},
            {u"updates"_s, table.updates},
            {u"unchanged"_s, table.unchanged},
            {u"refused"_s, table.refused},
            {u"associations"_s, table.associations},
            {u"associationsRemoved"_s, table.removedAssociations},
            {u"columns"_s, columns},
            {u"readOnly"_s, readOnly},
            {u"refusals"_s, refusals},
            {u"faults"_s, table.faults.size()},
            {u"staged"_s, !arguments.dryRun},
            {u"changes"_s,
             arguments.saveChanges.empty()
                 ? QJsonValue()
                 : QJsonValue(QString::fromStdString(arguments.saveChanges))}};
}

QString readOnlySentence(const ReadOnlyColumn &column)
{
    const QString sentence = u"Not imported: column \"%1\". HubSpot sets %2 itself"_s.arg(
        printable(column.column), column.property);
    if (column.differing == 0)
        return sentence + u'.';
    return sentence
        + (column.differing == 1 ? u"; 1 row has another value."_s
                                 : u"; %1 rows have other values."_s.arg(column.differing));
}

void report(const ImportArguments &arguments, const ImportedTable &table, Output &output)
{
    for (qsizetype i = 0; i < table.mapping.columns.size(); ++i) {
        if (table.mapping.properties[i].isEmpty())
            output.message(
                u"Not imported: column \"%1\"."_s.arg(printable(table.mapping.columns[i])));
    }
    for (const ReadOnlyColumn &column : table.readOnly)
        output.message(readOnlySentence(column));
    for (const TableFault &fault : table.faults)
        output.message(u"Row %1: %2"_s.arg(QString::number(fault.row), printable(fault.text)));
    (void)visitRows(*table.rows, [&output](const ImportedRow &row) {
        if (!row.message.isEmpty())
            output.message(u"Row %1 (%2): %3"_s.arg(QString::number(row.number), nameOf(row.status),
                                                    printable(row.message)));
        return true;
    });
    output.line(u"%1 to create, %2 to update, %3 unchanged, %4 refused."_s.arg(table.creates)
                    .arg(table.updates)
                    .arg(table.unchanged)
                    .arg(table.refused));
    if (table.associations > 0)
        output.line(u"%1 to add."_s.arg(
            countText(table.associations, "association"_L1, "associations"_L1)));
    if (table.removedAssociations > 0)
        output.line(u"%1 to remove."_s.arg(
            countText(table.removedAssociations, "association"_L1, "associations"_L1)));
    if (arguments.dryRun)
        output.message(u"Dry run: nothing was staged."_s);
    else if (table.creates + table.updates > 0)
        output.message(nextSteps(arguments.connect.file, arguments.saveChanges));
}

int runImport(const ImportArguments &arguments, Services &services)
{
    const auto file = TableFile::of(arguments.table, services);
    if (!file)
        return services.output.failure(file.error());
    if (arguments.onlyParse)
        return runParse(arguments.table, file->path(), services);
    auto request = requestOf(arguments);
    if (!request)
        return services.output.failure(request.error());
    request->path = file->path();
    const auto session = openFor(arguments.connect, services,
                                 arguments.dryRun ? SessionUse::Read : SessionUse::Write);
    if (!session)
        return services.output.failure(session.error());
    if (const auto prepared = prepareSet(arguments, **session, services); !prepared)
        return services.output.failure(prepared.error());
    auto *call = checkImport(**session, *request, &services.calls);
    QObject::connect(call, &CallBase::progressed, call, [&services](qint64 done, qint64 total) {
        services.output.progress(total < 0 ? u"%1 rows read"_s.arg(done)
                                           : u"%1 of %2 rows checked"_s.arg(done).arg(total));
    });
    const auto checked = waitFor(call, services.interrupt);
    if (!checked)
        return services.output.failure(checked.error());
    const ImportedTable *table = &(*checked)->table;
    if (!services.output.json && !arguments.dryRun && (*checked)->space > noteworthySpace)
        services.output.message(u"About %1 of disk space are needed."_s.arg(
            QLocale::c().formattedDataSize((*checked)->space)));
    if (const auto kept = keep(arguments, **session, **checked, services); !kept)
        return services.output.failure(kept.error());
    if (services.output.json)
        services.output.result(asJson(arguments, *table));
    else
        report(arguments, *table, services.output);
    return table->refused > 0 ? Findings : Done;
}

void addOptions(CLI::App &verb, ImportArguments &arguments)
{
    arguments.table.addTo(verb);
    verb.add_flag("--parse", arguments.onlyParse,
                  "Only show what is in the file; no portal is needed");
    verb.add_option("--connection", arguments.connect.file,
                    "The provisioner, provisioner.openicf-<name>.json")
        ->type_name(fileArgument);
    addWords(verb, "--object", arguments.objectClass, {"contact", "company"}, "What the rows are");
    verb.add_option("--match", arguments.match,
                    "What finds a row's record: id, email, domain or a unique property");
    addWords(verb, "--mode", arguments.mode, {"upsert", "create", "update"},
             "What may become of a row");
    addWords(verb, "--empty", arguments.empty, {"leave", "clear"}, "What an empty cell means");
    addWords(verb, "--associations", arguments.associations, {"add", "replace"},
             "Whether associations with records that a row does not name are kept or removed");
    addWords(verb, "--dates", arguments.dates, {"dmy", "mdy"},
             "Order of dates such as 5/11/2026; without it they are refused");
    verb.add_option("--column", arguments.columns, "COLUMN=PROPERTY; COLUMN= leaves a column out")
        ->take_all()
        ->allow_extra_args(false);
    verb.add_option("--mapping", arguments.mapping, "A column mapping that was saved")
        ->type_name(fileArgument);
    verb.add_option("--save-mapping", arguments.saveMapping, "Save the column mapping")
        ->type_name(fileArgument);
    verb.add_option("--save-changes", arguments.saveChanges,
                    "Save a change set file instead of staging for the connection")
        ->type_name(fileArgument);
    verb.add_option("--result", arguments.result,
                    "Write the table with id, status and message of each row: CSV, XLSX or JSON "
                    "Lines, by its ending")
        ->type_name(fileArgument);
    verb.add_flag("--guard", arguments.isGuarded,
                  "Take off the apostrophes that an export with --guard wrote");
    verb.add_flag("--dry-run", arguments.dryRun, "Check every row and stage nothing");
    arguments.connect.addPortalTo(verb);
    arguments.connect.addTimeLimitTo(verb);
}

} // namespace

void addImportCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "import", "Stage the rows of a table: CSV, TSV, XLSX or JSON Lines", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<ImportArguments>();
                addOptions(verb, *arguments);
                return Run(
                    [arguments](Services &services) { return runImport(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
