// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "connector/connector.h"
#include "counttext.h"
#include "options.h"
#include "provisioner/confidential/maskeddiff.h"
#include "provisioner/document/document.h"
#include "reportplaces.h"
#include "session/checks/livereport.h"
#include "session/schema/schemadiff.h"
#include "session/schema/schemapatch.h"
#include "waiting.h"

#include <QBuffer>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct SchemaDiffArguments
{
    ConnectOptions connect;
    bool live = false;
    bool all = false; ///< Also differences that are no drift.
    bool write = false;
    std::vector<std::string> add; ///< Attributes; "*" is all.
    std::vector<std::string> remove; ///< Attributes that are gone; "*" is all.
    bool addClasses = false;
    bool dryRun = false;
    ReportOptions reports;
};

Result<Schema> readSchema(const ConnectOptions &options, bool live, Services &services)
{
    const auto session = openFor(options, services, SessionUse::Read);
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
        return services.output.failure(fail(ErrorKind::InvalidInput, u"FILE is required."_s,
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

QJsonObject schemaDifferenceJson(const SchemaDifference &difference)
{
    return {{u"kind"_s, nameOf(difference.kind)},     {u"objectType"_s, difference.objectType},
            {u"attribute"_s, difference.attribute},   {u"default"_s, difference.inDefault},
            {u"file"_s, difference.inFile},           {u"live"_s, difference.inLive},
            {u"suggestion"_s, difference.suggestion}, {u"pointer"_s, difference.pointer},
            {u"drift"_s, difference.isDrift}};
}

QString wordsOf(SchemaDifferenceKind kind)
{
    switch (kind) {
    case SchemaDifferenceKind::ClassMissing:
        return u"class missing"_s;
    case SchemaDifferenceKind::ClassUnknown:
        return u"class unknown"_s;
    case SchemaDifferenceKind::AttributeMissing:
        return u"attribute missing"_s;
    case SchemaDifferenceKind::AttributeGone:
        return u"attribute gone"_s;
    case SchemaDifferenceKind::TypeDiffers:
        return u"type differs"_s;
    case SchemaDifferenceKind::FlagsDiffer:
        return u"flags differ"_s;
    case SchemaDifferenceKind::RequiredDiffers:
        return u"required differs"_s;
    }
    Q_UNREACHABLE();
}

void showTable(const QList<SchemaDifference> &differences, Output &output)
{
    QList<QStringList> rows {
        {u"DRIFT"_s, u"WHAT"_s, u"TYPE"_s, u"ATTRIBUTE"_s, u"DEFAULT"_s, u"FILE"_s, u"LIVE"_s}};
    const auto shown = [](const QString &text) { return text.isEmpty() ? u"-"_s : text; };
    for (const SchemaDifference &difference : differences) {
        rows.append({difference.isDrift ? u"yes"_s : u"-"_s, wordsOf(difference.kind),
                     difference.objectType, shown(difference.attribute),
                     shown(difference.inDefault), shown(difference.inFile),
                     shown(difference.inLive)});
    }
    if (rows.size() > 1)
        output.table(rows);
}

/// The object types as they are wished: types and strictness corrected where that is shown, and
/// what was named added and removed.
Result<QByteArray> patched(const SchemaDiffArguments &arguments, const JsonText &text,
                           const Schema &schema)
{
    const QStringList add = listOf(arguments.add);
    SchemaPatch wanted;
    wanted.onlyDrift = !arguments.all; // What is shown, and no more.
    wanted.addClasses = arguments.addClasses;
    wanted.addAttributes = !add.isEmpty();
    if (!add.contains(u"*"_s))
        wanted.onlyAttributes = add;
    for (const QString &name : std::as_const(wanted.onlyAttributes)) {
        const bool isKnown =
            std::any_of(schema.classes.begin(), schema.classes.end(),
                        [&name](const ObjectClassInfo &info) { return info.find(name); });
        if (!isKnown)
            return fail(ErrorKind::InvalidInput, u"The schema has no attribute %1."_s.arg(name),
                        u"`hubkeeper-cli schema FILE` lists them."_s);
    }
    const QStringList gone = goneAttributes(text, schema);
    QStringList remove = listOf(arguments.remove);
    if (remove.contains(u"*"_s))
        remove = gone;
    for (const QString &name : std::as_const(remove)) {
        if (!gone.contains(name, Qt::CaseInsensitive))
            return fail(ErrorKind::InvalidInput,
                        u"%1 is not an attribute that is gone from the schema."_s.arg(name),
                        gone.isEmpty() ? u"None is."_s
                                       : u"These are: %1"_s.arg(gone.join(u", "_s)));
    }
    const QByteArray corrected = applied(text.bytes(), patchedObjectTypes(text, schema, wanted));
    return withoutGone(corrected, schema, remove);
}

/// Writes the file, or shows how; gives whether anything differs.
Result<bool> patch(const SchemaDiffArguments &arguments, const JsonText &text, const Schema &schema,
                   Services &services)
{
    const auto after = patched(arguments, text, schema);
    if (!after)
        return tl::unexpected(after.error());
    const QStringList left = goneAttributes(JsonText(*after), schema);
    if (!left.isEmpty())
        services.output.message(
            u"Left in the file, though the schema does not have them: %1. --remove takes them "
            "out."_s.arg(left.join(u", "_s)));
    if (*after == text.bytes())
        return false;
    const QString path = QString::fromStdString(arguments.connect.file);
    if (arguments.dryRun) {
        const JsonText now(*after);
        if (!services.output.json)
            services.output.text(maskedDiff(text, now, path, path));
        return true;
    }
    return saveFile(path, *after, FileMode::KeepOrDefault).map([&] {
        services.output.message(u"Wrote the object types of %1."_s.arg(path));
        return true;
    });
}

/// As findings of the rules that `validate --live` has for them.
Result<QList<Finding>> driftFindings(const SchemaDiffArguments &arguments, const JsonText &text,
                                     Services &services)
{
    const auto session = openFor(arguments.connect, services, SessionUse::Read);
    if (!session)
        return tl::unexpected(session.error());
    QHash<ObjectType, QList<PropertyDefinition>> definitions;
    for (const ObjectType type : allObjectTypes) {
        const auto defined =
            waitFor((*session)->definitions(type, false, &services.calls), services.interrupt);
        if (!defined)
            return tl::unexpected(defined.error());
        definitions.insert(type, *defined);
    }
    LiveReport report(text);
    report.compareSchema(definitions);
    QList<Finding> findings = report.takeFindings();
    findings.removeIf([&](const Finding &finding) {
        return !arguments.all && finding.severity == Severity::Info;
    });
    return findings;
}

/// What has the form of the findings of `validate`; this verb has its own text and JSON.
bool isOfFindings(const ReportPlace &place)
{
    return place.format != ReportFormat::Text && place.format != ReportFormat::Json;
}

/// Whether there is any.
Result<bool> reportDrift(const SchemaDiffArguments &arguments, const JsonText &text,
                         const QList<ReportPlace> &places, Services &services)
{
    if (!arguments.live || arguments.write)
        return fail(ErrorKind::InvalidInput, u"This format needs --live, and no --write."_s,
                    u"The report names the rules of `validate --live`."_s);
    const auto findings = driftFindings(arguments, text, services);
    if (!findings)
        return tl::unexpected(findings.error());
    const CheckedFile file {QString::fromStdString(arguments.connect.file), text.bytes(),
                            *findings};
    Result<void> written;
    for (const ReportPlace &place : places) {
        const auto one =
            writeReport(place, reportOf(place.format, {file}, Severity::Info), services.output);
        if (written) // The others are written all the same.
            written = one;
    }
    return written.map([&] { return !findings->isEmpty(); });
}

/// What differs, as far as it is shown.
struct Drift
{
    QList<SchemaDifference> shown;
    bool isThere = false; ///< Something breaks, shown or not.
    bool isPatched = false; ///< The file was written, or would be.
};

/// Compares, and writes the file if that is wanted.
Result<Drift> findDrift(const SchemaDiffArguments &arguments, const JsonText &text,
                        Services &services)
{
    const auto schema = arguments.live ? readSchema(arguments.connect, true, services)
                                       : Result<Schema>(defaultSchema());
    if (!schema)
        return tl::unexpected(schema.error());
    Drift drift {schemaDifferences(text, *schema)};
    const auto isNoDrift = [](const SchemaDifference &one) { return !one.isDrift; };
    const auto others = std::count_if(drift.shown.begin(), drift.shown.end(), isNoDrift);
    drift.isThere = others < drift.shown.size();
    if (!arguments.all) {
        drift.shown.removeIf(isNoDrift);
        if (others > 0 && !arguments.write)
            services.output.message(
                u"%1 left out because they are not drift; --all shows them."_s.arg(
                    countText(others, "difference"_L1, "differences"_L1)));
    }
    if (arguments.write) {
        const auto written = patch(arguments, text, *schema, services);
        if (!written)
            return tl::unexpected(written.error());
        drift.isPatched = *written;
    }
    return drift;
}

/// In this verb's own words.
void printDrift(const Drift &drift, const SchemaDiffArguments &arguments, Output &output)
{
    if (!output.json) {
        if (!(arguments.write && arguments.dryRun))
            showTable(drift.shown, output);
        return;
    }
    QJsonArray list;
    for (const SchemaDifference &difference : drift.shown)
        list.append(schemaDifferenceJson(difference));
    output.result(QJsonObject {{u"differences"_s, list},
                               {u"drift"_s, drift.isThere},
                               {u"written"_s, drift.isPatched && !arguments.dryRun}});
}

/// To standard output or a file.
Result<void> placeDrift(const Drift &drift, const SchemaDiffArguments &arguments,
                        const ReportPlace &place, Output &output)
{
    if (!place.isFile()) {
        printDrift(drift, arguments, output);
        return {};
    }
    QBuffer report;
    QBuffer messages;
    report.open(QIODevice::WriteOnly);
    messages.open(QIODevice::WriteOnly);
    Output file(report, messages);
    file.json = place.format == ReportFormat::Json;
    printDrift(drift, arguments, file);
    return writeReport(place, report.data(), output);
}

/// All of this verb's own forms.
int reportOwn(const SchemaDiffArguments &arguments, const JsonText &text,
              const QList<ReportPlace> &places, Services &services)
{
    const auto drift = findDrift(arguments, text, services);
    if (!drift)
        return services.output.failure(drift.error());
    for (const ReportPlace &place : places) {
        if (const auto placed = placeDrift(*drift, arguments, place, services.output); !placed)
            return services.output.failure(placed.error());
    }
    if (arguments.write)
        return drift->isPatched && arguments.dryRun ? Findings : Done;
    return drift->isThere ? Findings : Done;
}

int runSchemaDiff(const SchemaDiffArguments &arguments, Services &services)
{
    const auto text = textOf(arguments.connect.file);
    if (!text)
        return services.output.failure(text.error());
    const auto places = arguments.reports.places(services.output.json);
    if (!places)
        return services.output.failure(places.error());
    QList<ReportPlace> reports;
    QList<ReportPlace> own;
    for (const ReportPlace &place : *places) {
        (isOfFindings(place) ? reports : own).append(place);
        if (!place.isFile() && !isOfFindings(place))
            services.output.json = place.format == ReportFormat::Json;
    }
    if (!reports.isEmpty()) {
        const auto drifts = reportDrift(arguments, *text, reports, services);
        if (!drifts)
            return services.output.failure(drifts.error());
        if (own.isEmpty())
            return *drifts ? Findings : Done;
    }
    return reportOwn(arguments, *text, own, services);
}

void addSchemaDiff(CLI::App &schema, Run &chosen)
{
    addVerb(schema, "diff", "Compare a file's object types with the schema", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<SchemaDiffArguments>();
                arguments->connect.addTo(verb);
                verb.add_flag("--live", arguments->live,
                              "With what HubSpot defines now, not only the built-in schema");
                verb.add_flag("--all", arguments->all,
                              "Also what differs without breaking anything");
                verb.add_flag("--write", arguments->write,
                              "Correct the types and the strictness that are shown, and what is "
                              "named below");
                verb.add_option("--add", arguments->add,
                                "With --write: add these attributes, separated by commas; * is all")
                    ->delimiter(',');
                verb.add_option("--remove", arguments->remove,
                                "With --write: remove these attributes, which the schema does not "
                                "have; * is all")
                    ->delimiter(',');
                verb.add_flag("--add-classes", arguments->addClasses,
                              "With --write: also object types the file has none of");
                verb.add_flag("--dry-run", arguments->dryRun,
                              "With --write: print a diff and write nothing");
                arguments->reports.addTo(verb);
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
    options->addTimeLimitTo(*verb);
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
