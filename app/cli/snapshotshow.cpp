// SPDX-License-Identifier: MIT
#include "exportoptions.h"
#include "objectwriter.h"
#include "options.h"
#include "portal/propertychoice.h"
#include "session/views/recordview.h"
#include "snapshotfiles.h"
#include "snapshotverbs.h"

#include <QFileInfo>
#include <QLocale>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct SnapshotShowArguments
{
    std::string file;
    std::string objectClass;
    std::string filter;
    std::vector<std::string> ids;
    std::vector<std::string> fields;
    std::string format;
    std::string output;
    ExportOptions table;
};

/// "text", or what --format and --json say.
ObjectFormat shownFormat(const SnapshotShowArguments &arguments, const Output &output)
{
    if (!arguments.format.empty())
        return objectFormatFrom(QString::fromStdString(arguments.format));
    return output.json ? ObjectFormat::Json : ObjectFormat::Table;
}

Result<QStringList> columnsFor(const std::vector<std::string> &names, ObjectType type,
                               const QList<PropertyDefinition> &definitions)
{
    if (!names.empty())
        return propertiesNamed(listOf(names), definitions);
    QStringList known;
    for (const PropertyDefinition &one : definitions)
        known.append(one.name);
    QStringList columns = usualColumns(type);
    columns.removeIf([&known](const QString &name) { return !known.contains(name); });
    return columns;
}

int showRecords(SnapshotReader &snapshot, const SnapshotChoice &choice, const QStringList &columns,
                const SnapshotShowArguments &arguments, Output &output)
{
    ObjectWriter::Options options;
    options.format = shownFormat(arguments, output);
    options.columns = columns;
    options.wereChosen = !arguments.fields.empty();
    options.room = output.columns;
    ObjectWriter writer(options, [&output](const QByteArray &bytes) {
        if (output.isTerminal)
            output.text(bytes);
        else
            output.raw(bytes);
    });
    const auto show = [&](const Record &record) -> Result<bool> {
        ConnectorObject object;
        object.objectClass =
            choice.type == ObjectType::Contacts ? ObjectClass::Contact : ObjectClass::Company;
        object.uid = record.id;
        for (const QString &column : columns) {
            if (const QString text = record.text(column); !text.isEmpty())
                object.attributes.insert(column, text);
        }
        writer.add(object);
        return !output.fault();
    };
    const InterruptWatch watch;
    if (const auto shown = visitSnapshot(snapshot, choice, show, watch.token()); !shown) {
        const ExitCode code = exitCodeFor(shown.error().kind);
        writer.end({}, errorJson(shown.error(), code));
        output.complain(shown.error());
        return code;
    }
    writer.end({}, {});
    if (!writer.leftOut().isEmpty())
        output.message(u"Columns that do not fit: %1. Choose some with --fields, or use --format "
                       "csv."_s.arg(writer.leftOut().join(u", "_s)));
    return Done;
}

int exportRecords(SnapshotReader &snapshot, const SnapshotChoice &choice,
                  const TableFiles::Target &target, const SnapshotShowArguments &arguments,
                  const QList<PropertyDefinition> &definitions, Output &output)
{
    ExportPlan plan;
    plan.target = target;
    plan.hasLabels = arguments.table.labels;
    const auto &chosen =
        arguments.table.columns.empty() ? arguments.fields : arguments.table.columns;
    const auto columns = columnsFor(chosen, choice.type, definitions);
    if (!columns)
        return output.failure(columns.error());
    plan.properties = *columns;
    for (const std::string &text : arguments.table.associations) {
        const auto links = exportedLinksFrom(QString::fromStdString(text));
        if (!links)
            return output.failure(links.error());
        plan.links.append(*links);
    }
    if (arguments.table.labels) {
        const auto owners = snapshot.owners();
        if (!owners)
            return output.failure(owners.error());
        const auto labels = std::make_shared<const ValueLabels>(definitions, *owners);
        plan.textOf = [labels](const QString &property, const QString &text) {
            return labels->of(property, text);
        };
    }
    const InterruptWatch watch;
    const auto progress = [&output](qint64 rows) {
        output.progress(u"%1 records written"_s.arg(QLocale(QLocale::English).toString(rows)));
    };
    const auto written = exportSnapshot(snapshot, choice, plan, progress, watch.token());
    if (!written)
        return output.failure(written.error());
    reportTable(written->table, written->titles, output);
    return Done;
}

int showInfo(const SnapshotReader &snapshot, Output &output)
{
    const qint64 bytes = QFileInfo(snapshot.path()).size();
    if (output.json) {
        output.result(snapshotJson(snapshot.path(), bytes, snapshot.info()));
        return Done;
    }
    for (const QString &line : snapshotText(snapshot.path(), bytes, snapshot.info()))
        output.line(line);
    output.message(u"Its content matches its seal: it was not changed."_s);
    return Done;
}

int runShow(const SnapshotShowArguments &arguments, Services &services)
{
    Output &output = services.output;
    const QString path = QString::fromStdString(arguments.output);
    const auto target = arguments.table.targetOf(path, arguments.format);
    if (!target)
        return output.failure(target.error());
    if (!path.isEmpty() && !*target)
        return output.failure(fail(ErrorKind::InvalidInput,
                                   u"Records are exported as .csv, .xlsx or .jsonl with "
                                   "--columns."_s,
                                   u"Name the file so, or use --format and --columns."_s)
                                  .value());
    const auto snapshot = openWhole(arguments.file, services);
    if (!snapshot)
        return output.failure(snapshot.error());
    if (arguments.objectClass.empty())
        return showInfo(**snapshot, output);
    const ObjectType type = typesFrom(arguments.objectClass).first();
    const auto choice = snapshotChoice(**snapshot, type, listOf(arguments.ids), arguments.filter);
    if (!choice)
        return output.failure(choice.error());
    const auto schema = (*snapshot)->schema(type);
    if (!schema)
        return output.failure(schema.error());
    if (*target)
        return exportRecords(**snapshot, *choice, **target, arguments, schema->definitions, output);
    const auto columns = columnsFor(arguments.fields, type, schema->definitions);
    if (!columns)
        return output.failure(columns.error());
    return showRecords(**snapshot, *choice, *columns, arguments, output);
}

} // namespace

void addSnapshotShow(CLI::App &group, Run &chosen)
{
    addVerb(group, "show", "What a snapshot is of, or records of it; checks its seal", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<SnapshotShowArguments>();
                verb.add_option("SNAPSHOT", arguments->file, "The snapshot")
                    ->required()
                    ->type_name(fileArgument);
                auto *objectClass = addWords(verb, "--class", arguments->objectClass,
                                             {"contact", "company"}, "Show these records");
                verb.add_option("--ids", arguments->ids, "Only these records, separated by commas")
                    ->delimiter(',')
                    ->type_name("ID")
                    ->needs(objectClass);
                verb.add_option("--filter", arguments->filter,
                                "Only records that a filter over HubSpot's properties takes")
                    ->needs(objectClass);
                verb.add_option("--fields", arguments->fields,
                                "Properties to show, by name or label, separated by commas; * is "
                                "all")
                    ->delimiter(',')
                    ->type_name("PROPERTY")
                    ->needs(objectClass);
                addFormat(verb, arguments->format, objectFormats());
                CLI::Option *output =
                    verb.add_option("-o,--output", arguments->output,
                                    "Export the records to this file, whole or not at all")
                        ->type_name(fileArgument)
                        ->needs(objectClass);
                arguments->table.addTo(verb, output);
                return Run(
                    [arguments](Services &services) { return runShow(*arguments, services); });
            });
}

} // namespace hubkeeper::cli
