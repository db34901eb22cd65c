// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "connector/connector.h"
#include "provisioner/confidential/maskeddiff.h"
#include "provisioner/document/document.h"
#include "session/schema/schemadiff.h"
#include "session/schema/schemapatch.h"
#include "waiting.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct SchemaDiffArguments
{
    ConnectOptions connect;
    bool live = false;
    bool write = false;
    bool addClasses = false;
    bool dryRun = false;
};

Result<Schema> readSchema(const ConnectOptions &options, bool live, Services &services)
{
    const auto session = openFor(options, services);
    if (!session)
        return tl::unexpected(session.error());
    ConnectorOptions choice = (*session)->connector().options();
    choice.readSchema = choice.readSchema || live;
    const auto connector = (*session)->connectorWith(choice);
    return waitFor(connector->schema(&services.calls), services.interrupt);
}

int runSchema(const ConnectOptions &options, bool live, Services &services)
{
    if (options.file.empty()) {
        return services.output.failure(fail(ErrorKind::InvalidInput, u"There is no FILE."_s,
                                            u"See `hubkeeper-cli schema --help`."_s)
                                           .value());
    }
    const auto schema = readSchema(options, live, services);
    if (!schema)
        return services.output.failure(schema.error());
    if (services.output.json) {
        services.output.result(schema->toJson());
        return Done;
    }
    QList<QStringList> rows {{u"CLASS"_s, u"ATTRIBUTE"_s, u"TYPE"_s, u"FLAGS"_s}};
    for (const ObjectClassInfo &info : schema->classes) {
        for (const AttributeInfo &attribute : info.attributes) {
            QStringList flags = attribute.flags();
            if (attribute.required)
                flags.prepend(u"required"_s);
            rows.append({info.name(), attribute.name, attribute.type, flags.join(u", "_s)});
        }
    }
    services.output.table(rows);
    return Done;
}

Result<JsonText> textOf(const std::string &file)
{
    const auto document = Document::open(QString::fromStdString(file));
    if (!document)
        return tl::unexpected(document.error());
    if (const auto fault = (*document)->firstFault()) {
        return fail(ErrorKind::InvalidInput, u"%1: %2"_s.arg(QString::fromStdString(file), *fault),
                    u"`hubkeeper-cli validate` shows every fault."_s);
    }
    return (*document)->text();
}

QJsonObject asJson(const SchemaDifference &difference)
{
    return {{u"kind"_s, nameOf(difference.kind)},     {u"objectType"_s, difference.objectType},
            {u"attribute"_s, difference.attribute},   {u"default"_s, difference.inDefault},
            {u"file"_s, difference.inFile},           {u"live"_s, difference.inLive},
            {u"suggestion"_s, difference.suggestion}, {u"pointer"_s, difference.pointer},
            {u"drift"_s, difference.isDrift}};
}

void showTable(const QList<SchemaDifference> &differences, Output &output)
{
    QList<QStringList> rows {
        {u"DRIFT"_s, u"WHAT"_s, u"TYPE"_s, u"ATTRIBUTE"_s, u"DEFAULT"_s, u"FILE"_s, u"LIVE"_s}};
    const auto shown = [](const QString &text) { return text.isEmpty() ? u"-"_s : text; };
    for (const SchemaDifference &difference : differences) {
        rows.append({difference.isDrift ? u"yes"_s : u"-"_s, nameOf(difference.kind),
                     difference.objectType, shown(difference.attribute),
                     shown(difference.inDefault), shown(difference.inFile),
                     shown(difference.inLive)});
    }
    if (rows.size() > 1)
        output.table(rows);
}

/// Writes the object types in line with the schema, or shows how; gives whether anything differs.
Result<bool> patch(const SchemaDiffArguments &arguments, const JsonText &text, const Schema &schema,
                   Services &services)
{
    SchemaPatch wanted;
    wanted.addClasses = arguments.addClasses;
    const QByteArray after = applied(text.bytes(), patchedObjectTypes(text, schema, wanted));
    if (after == text.bytes())
        return false;
    const QString path = QString::fromStdString(arguments.connect.file);
    if (arguments.dryRun) {
        const JsonText now(after);
        const QByteArray diff = maskedDiff(text, now, path, path);
        if (!services.output.json)
            services.output.raw(diff);
        return true;
    }
    return saveFile(path, after, FileMode::KeepOrDefault).map([&] {
        services.output.message(u"Wrote the object types of %1."_s.arg(path));
        return true;
    });
}

int runSchemaDiff(const SchemaDiffArguments &arguments, Services &services)
{
    const auto text = textOf(arguments.connect.file);
    if (!text)
        return services.output.failure(text.error());
    const auto schema = arguments.live ? readSchema(arguments.connect, true, services)
                                       : Result<Schema>(defaultSchema());
    if (!schema)
        return services.output.failure(schema.error());
    const QList<SchemaDifference> differences = schemaDifferences(*text, *schema);
    const bool drifts =
        std::any_of(differences.begin(), differences.end(),
                    [](const SchemaDifference &difference) { return difference.isDrift; });
    if (!services.output.json && !(arguments.write && arguments.dryRun))
        showTable(differences, services.output);
    bool patched = false;
    if (arguments.write) {
        const auto written = patch(arguments, *text, *schema, services);
        if (!written)
            return services.output.failure(written.error());
        patched = *written;
    }
    if (services.output.json) {
        QJsonArray list;
        for (const SchemaDifference &difference : differences)
            list.append(asJson(difference));
        services.output.result(QJsonObject {{u"differences"_s, list},
                                            {u"drift"_s, drifts},
                                            {u"written"_s, patched && !arguments.dryRun}});
    }
    if (arguments.write)
        return patched && arguments.dryRun ? Findings : Done;
    return drifts ? Findings : Done;
}

void addSchemaDiff(CLI::App &schema, Run &chosen)
{
    addVerb(schema, "diff", "Compare a file's object types with the schema", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<SchemaDiffArguments>();
                arguments->connect.addTo(verb);
                verb.add_flag("--live", arguments->live,
                              "With what HubSpot defines now, not only the built-in schema");
                verb.add_flag("--write", arguments->write, "Bring the file in line");
                verb.add_flag("--add-classes", arguments->addClasses,
                              "With --write: also object types the file has none of");
                verb.add_flag("--dry-run", arguments->dryRun,
                              "With --write: print a diff and write nothing");
                return Run([arguments](Services &services) {
                    return runSchemaDiff(*arguments, services);
                });
            });
}

} // namespace

void addSchemaCommands(CLI::App &app, Run &chosen)
{
    auto options = std::make_shared<ConnectOptions>();
    auto live = std::make_shared<bool>(false);
    CLI::App *verb = app.add_subcommand("schema", "Show object classes and attributes");
    verb->fallthrough();
    verb->require_subcommand(0, 1);
    options->addFileTo(*verb)->required(false); // `schema diff` has a FILE of its own.
    options->addPortalTo(*verb);
    verb->add_flag("--live", *live, "What HubSpot defines now, whatever readSchema says");
    addSchemaDiff(*verb, chosen);
    verb->callback([&chosen, verb, options, live] {
        if (!verb->get_subcommands().empty())
            return;
        chosen = [options, live](Services &services) {
            return runSchema(*options, *live, services);
        };
    });
}

} // namespace hubkeeper::cli
