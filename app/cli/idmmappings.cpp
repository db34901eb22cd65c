// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "idm/mappings/mappingtable.h"
#include "idmserver.h"
#include "mappingtext.h"
#include "options.h"
#include "provisioner/report/report.h"
#include "provisionerfiles.h"
#include "reportplaces.h"
#include "session/idm/deploy.h"
#include "session/idm/mappingput.h"
#include "session/idm/seenmapping.h"
#include "waiting.h"

#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct MappingArguments
{
    ServerOptions server;
    std::string name;
    std::string file;
    std::string output;
    std::string base;
    std::string note;
    std::string failOn;
    ReportOptions reports;
    bool dryRun = false;
    WriteConsent consent;
};

/// Where mappings come from: a file that was named, else the server.
struct MappingSource
{
    JsonText text;
    QString from; ///< "sync.json", or the label of the server.
    std::optional<ServerMappings> onServer;
    std::shared_ptr<ServerSession> session;
};

Result<JsonText> mappingText(const std::string &path, Services &services)
{
    const QString name = QString::fromStdString(path);
    return bytesOf(name, services).and_then([&](const QByteArray &bytes) -> Result<JsonText> {
        JsonText text(bytes);
        if (text.isValid() && mappingsIn(text).isMappings())
            return text;
        return fail(ErrorKind::InvalidInput, u"%1 holds no mappings."_s.arg(name),
                    u"`hubkeeper-cli validate` says what is wrong."_s);
    });
}

Result<MappingSource> mappingSourceOf(const MappingArguments &arguments, Services &services)
{
    MappingSource source;
    if (!arguments.file.empty()) {
        const auto text = mappingText(arguments.file, services);
        if (!text)
            return tl::unexpected(text.error());
        source.text = *text;
        source.from = QString::fromStdString(arguments.file);
        return source;
    }
    const auto session = openFor(arguments.server, services);
    if (!session)
        return tl::unexpected(session.error());
    source.session = *session;
    source.from = (*session)->server().label;
    const auto facts = waitFor((*session)->ask(&services.calls), services.interrupt);
    if (!facts)
        return tl::unexpected(facts.error());
    const auto read =
        waitFor(readServerMappings((*session)->client(), facts->profile, &services.calls),
                services.interrupt);
    if (!read)
        return tl::unexpected(read.error());
    source.onServer = *read;
    source.text = JsonText(read->text());
    return source;
}

Error notThere(const std::string &name, const QString &from)
{
    return fail(ErrorKind::NotFound,
                u"%1 has no mapping %2."_s.arg(from, QString::fromStdString(name)),
                u"`hubkeeper-cli idm mappings list` shows those there are."_s)
        .value();
}

int runListMappings(const MappingArguments &arguments, Services &services)
{
    const auto source = mappingSourceOf(arguments, services);
    if (!source)
        return services.output.failure(source.error());
    const QList<MappingTable> tables = tablesOf(source->text);
    if (services.output.json)
        services.output.result(mappingList(tables));
    else if (tables.isEmpty())
        services.output.message(u"%1 has no mappings."_s.arg(source->from));
    else
        printMappings(tables, services.output);
    return Done;
}

int runShowMapping(const MappingArguments &arguments, Services &services)
{
    const auto source = mappingSourceOf(arguments, services);
    if (!source)
        return services.output.failure(source.error());
    const int node = mappingNamed(source->text, mappingsIn(source->text),
                                  QString::fromStdString(arguments.name));
    if (node == JsonText::none)
        return services.output.failure(notThere(arguments.name, source->from));
    const MappingTable table = tableOf(source->text, node);
    if (services.output.json)
        services.output.result(asJson(table));
    else
        printMapping(table, services.output);
    return Done;
}

/// Findings of the server's mappings, as `validate` prints those of a file.
int runCheckMappings(const MappingArguments &arguments, Services &services)
{
    const auto session = openFor(arguments.server, services);
    if (!session)
        return services.output.failure(session.error());
    const auto checked =
        waitFor(checkServerMappings(**session, &services.calls), services.interrupt);
    if (!checked)
        return services.output.failure(checked.error());
    CheckedFile file;
    file.path = (*session)->server().label;
    file.bytes = checked->text;
    file.findings = checked->findings;
    const FailOn failOn = severityFrom(
        arguments.failOn.empty() ? u"error"_s : QString::fromStdString(arguments.failOn));
    const auto places = arguments.reports.places(services.output.json);
    if (!places)
        return services.output.failure(places.error());
    for (const ReportPlace &place : *places) {
        const auto written =
            writeReport(place, reportOf(place.format, {file}, failOn), services.output);
        if (!written)
            return services.output.failure(written.error());
    }
    const bool fails =
        std::any_of(file.findings.begin(), file.findings.end(), [failOn](const Finding &finding) {
            return failOn && finding.severity >= *failOn;
        });
    return fails ? Findings : Done;
}

int runGetMapping(const MappingArguments &arguments, Services &services)
{
    const auto source = mappingSourceOf(arguments, services);
    if (!source)
        return services.output.failure(source.error());
    QByteArray bytes = source->onServer->text();
    const Server &server = source->session->server();
    QList<ServerMapping> seen = source->onServer->all();
    if (!arguments.name.empty()) {
        const auto one = source->onServer->find(QString::fromStdString(arguments.name));
        if (!one)
            return services.output.failure(notThere(arguments.name, source->from));
        bytes = textOfMapping(one->value);
        seen = {*one};
    }
    if (arguments.output.empty()) {
        services.output.raw(bytes);
    } else {
        const QString path = QString::fromStdString(arguments.output);
        if (const auto saved = saveFile(path, bytes, FileMode::KeepOrDefault); !saved)
            return services.output.failure(saved.error());
        if (services.output.json)
            services.output.result(
                QJsonObject {{u"mappings"_s, int(seen.size())}, {u"file"_s, path}});
        else
            services.output.message(u"Written to %1."_s.arg(path));
    }
    for (const ServerMapping &one : std::as_const(seen)) { // So that a put notices other people.
        const auto kept = rememberSeen(server, one.name, one.value, services.paths);
        if (!kept)
            return services.output.failure(kept.error());
    }
    return Done;
}

/// The mapping of that name in a file; the only one if no name is given.
Result<QJsonObject> mappingIn(const std::string &path, const std::string &name, Services &services)
{
    const auto text = mappingText(path, services);
    if (!text)
        return tl::unexpected(text.error());
    const MappingFile file = mappingsIn(*text);
    if (name.empty() && file.mappings.size() == 1)
        return text->valueOf(file.mappings.first()).toObject();
    if (name.empty())
        return fail(
            ErrorKind::InvalidInput,
            u"%1 holds %2 mappings."_s.arg(QString::fromStdString(path)).arg(file.mappings.size()),
            u"Say which one with --mapping NAME."_s);
    const int node = mappingNamed(*text, file, QString::fromStdString(name));
    if (node == JsonText::none)
        return tl::unexpected(notThere(name, QString::fromStdString(path)));
    return text->valueOf(node).toObject();
}

/// What is to be written, and what it was before as far as anybody knows.
Result<MappingWish> mappingWishOf(const MappingArguments &arguments, const Server &server,
                                  Services &services)
{
    const auto value = mappingIn(arguments.file, arguments.name, services);
    if (!value)
        return tl::unexpected(value.error());
    MappingWish wish;
    wish.value = *value;
    wish.name = arguments.name.empty() ? value->value("name"_L1).toString()
                                       : QString::fromStdString(arguments.name);
    if (arguments.base.empty()) {
        wish.base = lastSeen(server, wish.name, services.paths);
        return wish;
    }
    const auto base = mappingIn(arguments.base, wish.name.toStdString(), services);
    if (!base)
        return tl::unexpected(base.error());
    wish.base = *base;
    return wish;
}

int reportPut(const MappingPlan &plan, const MappingReport &report, Output &output)
{
    if (output.json) {
        output.result(QJsonObject {{u"plan"_s, asJson(plan)}, {u"written"_s, asJson(report)}});
    } else {
        output.line(
            u"%1 is written to %2 (run %3)."_s.arg(plan.name, report.configId, report.written.run));
        if (!report.rollbackFile.isEmpty())
            output.line(u"What was there before: "_s + report.rollbackFile);
        if (!report.written.different.isEmpty())
            output.message(u"The server has other values than were sent at: %1"_s.arg(
                report.written.different.join(u", "_s)));
    }
    return report.written.different.isEmpty() ? Done : Findings;
}

int runPut(const MappingArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto session = openFor(arguments.server, services);
    if (!session)
        return output.failure(session.error());
    const Server &server = (*session)->server();
    const auto wish = mappingWishOf(arguments, server, services);
    if (!wish)
        return output.failure(wish.error());
    const auto plan = waitFor(planMapping(**session, *wish, &services.calls), services.interrupt);
    if (!plan)
        return output.failure(plan.error());
    if (!output.json)
        printPlan(*plan, output);
    if (const auto refusal = plan->refusal())
        return output.failure(*refusal, exitCodeFor(refusal->kind),
                              output.json ? asJson(*plan) : QJsonObject());
    if (plan->isSame() || arguments.dryRun) {
        if (output.json)
            output.result(QJsonObject {{u"plan"_s, asJson(*plan)}});
        else
            output.message(arguments.dryRun ? u"Nothing was sent: a dry run."_s
                                            : u"Nothing to do: the server has it already."_s);
        return Done;
    }
    const auto agreed =
        agreeToWrite(server, u"Write the mapping %1 to %2?"_s.arg(plan->name, server.label),
                     arguments.consent, u"--dry-run"_s, services);
    if (!agreed)
        return output.failure(agreed.error());
    const auto journal =
        waitFor(openJournal(services.session(), &services.calls), services.interrupt);
    if (!journal)
        return output.failure(journal.error());
    const auto report =
        outcomeOf(putMapping(**session, services.session(), *journal, *plan,
                             QString::fromStdString(arguments.note), &services.calls),
                  services.interrupt);
    if (!report)
        return output.failure(report.error());
    return reportPut(*plan, *report, output);
}

/// A verb whose mappings may be those of a file.
void addReading(CLI::App &verb, MappingArguments &arguments)
{
    verb.add_option("--file", arguments.file,
                    "Read this file (sync.json, mapping-<name>.json) instead of a server")
        ->type_name(fileArgument);
    arguments.server.addTo(verb);
}

} // namespace

void addIdmMappingCommands(CLI::App &idm, Run &chosen)
{
    CLI::App *group = idm.add_subcommand("mappings", "What is mapped to what, and how");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "The mappings of a server, or of a file", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<MappingArguments>();
        addReading(verb, *arguments);
        return Run(
            [arguments](Services &services) { return runListMappings(*arguments, services); });
    });
    addVerb(*group, "show", "One mapping as a table", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<MappingArguments>();
        verb.add_option("NAME", arguments->name, "The mapping")->required();
        addReading(verb, *arguments);
        return Run(
            [arguments](Services &services) { return runShowMapping(*arguments, services); });
    });
    addVerb(*group, "check", "What is wrong with the mappings of a server", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<MappingArguments>();
                addWords(verb, "--fail-on", arguments->failOn,
                         {"error", "warning", "info", "never"}, "The lowest severity that fails");
                arguments->reports.addTo(verb);
                arguments->server.addTo(verb);
                return Run([arguments](Services &services) {
                    return runCheckMappings(*arguments, services);
                });
            });
    addVerb(*group, "get", "One mapping of a server as JSON, or all of them", chosen,
            [](CLI::App &verb) {
                auto arguments = std::make_shared<MappingArguments>();
                verb.add_option("NAME", arguments->name, "The mapping; all without it");
                verb.add_option("--output", arguments->output, "Write it to a file")
                    ->type_name(fileArgument);
                arguments->server.addTo(verb);
                return Run([arguments](Services &services) {
                    return runGetMapping(*arguments, services);
                });
            });
    addVerb(*group, "put", "Write one mapping of a file to a server", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<MappingArguments>();
        verb.add_option("FILE", arguments->file, "sync.json, mapping-<name>.json, or one mapping")
            ->required()
            ->type_name(fileArgument);
        verb.add_option("--mapping", arguments->name,
                        "Which one; not needed if it is the only one");
        verb.add_option("--base", arguments->base,
                        "The file as it was before it was edited; without it, what this computer "
                        "last saw on the server")
            ->type_name(fileArgument);
        verb.add_option("--note", arguments->note, "Why, for the journal");
        verb.add_flag("--dry-run", arguments->dryRun, "Show what would be sent");
        arguments->consent.addTo(verb);
        arguments->server.addTo(verb);
        return Run([arguments](Services &services) { return runPut(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
