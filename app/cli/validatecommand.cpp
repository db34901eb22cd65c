// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "options.h"
#include "provisioner/report/baseline.h"
#include "provisioner/report/reportproject.h"
#include "provisionerfiles.h"
#include "reportplaces.h"
#include "session/checks/livechecks.h"
#include "waiting.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentMap>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct ValidateArguments
{
    FileArguments files;
    ConnectOptions connect; // Its file is set for each file in turn.
    bool live = false;
    ReportOptions reports;
    std::string failOn; ///< Empty: error.
    std::string baseline;
    bool writeBaseline = false;
};

QString nameInBaseline(const ValidateArguments &arguments, const QString &path)
{
    return path == "-"_L1 ? path
                          : Baseline::nameFor(path, QString::fromStdString(arguments.baseline));
}

/// Gives why the portal could not be asked, or not completely.
std::optional<Error> addLiveFindings(const ValidateArguments &arguments, CheckedFile &file,
                                     const GivenSecrets *given, Services &services)
{
    ConnectOptions connect = arguments.connect;
    connect.file = file.path.toStdString();
    const auto session = openFor(connect, services, SessionUse::Read, given);
    if (!session) {
        file.failure = session.error();
        return std::nullopt;
    }
    std::optional<Error> failure;
    auto *check = new LiveCheck(**session, JsonText(file.bytes), &services.calls);
    check->onDone(check, [&failure, check](const auto &) { failure = check->failure(); });
    const auto found = waitFor<QList<Finding>>(check, services.interrupt);
    if (found)
        file.findings += *found;
    else
        file.failure = found.error();
    return failure;
}

CheckedFile checked(const ValidateArguments &arguments, const ValidationOptions &options,
                    const QString &path, Services &services)
{
    CheckedFile file;
    file.path = path;
    auto bytes = bytesOf(path, services);
    if (!bytes) {
        file.failure = bytes.error();
        return file;
    }
    file.bytes = std::move(*bytes);
    file.findings = arguments.files.findingsIn(JsonText(file.bytes), path, options);
    return file;
}

/// All files, in their order; offline work is spread over the processors.
QList<CheckedFile> checkedAll(const ValidateArguments &arguments, const ValidationOptions &options,
                              const QStringList &paths, Services &services)
{
    const auto checkOne = [&](const QString &path) {
        return Interrupt::wasRequested() ? CheckedFile {path, {}, {}}
                                         : checked(arguments, options, path, services);
    };
    QList<CheckedFile> files;
    if (paths.size() > 1 && !paths.contains(u"-"_s)) {
        files = QtConcurrent::blockingMapped<QList<CheckedFile>>(paths, checkOne);
    } else {
        for (const QString &path : paths)
            files.append(checkOne(path));
    }
    return files;
}

/// Asks the portal of each file; gives the first reason why one could not be asked.
Result<std::optional<Error>> addAllLiveFindings(const ValidateArguments &arguments,
                                                QList<CheckedFile> &files, Services &services)
{
    std::optional<Error> first;
    if (!arguments.live)
        return first;
    std::optional<GivenSecrets> given;
    if (arguments.connect.secretsFromInput) {
        auto read = GivenSecrets::read(services.input);
        if (!read)
            return tl::unexpected(read.error());
        given = std::move(*read);
    }
    for (CheckedFile &file : files) {
        if (file.failure || Interrupt::wasRequested()
            || arguments.files.areMappings(JsonText(file.bytes), file.path))
            continue; // A portal knows nothing of mappings.
        const auto failure = addLiveFindings(arguments, file, given ? &*given : nullptr, services);
        if (!first)
            first = failure;
    }
    return first;
}

int saveBaseline(const ValidateArguments &arguments, const QList<CheckedFile> &files,
                 Services &services)
{
    Baseline baseline;
    for (const CheckedFile &file : files) {
        if (file.failure)
            return services.output.failure(*file.failure);
        baseline.add(nameInBaseline(arguments, file.path), file.findings);
    }
    const QString path = QString::fromStdString(arguments.baseline);
    if (const auto saved = saveFile(path, baseline.toJson(), FileMode::KeepOrDefault); !saved)
        return services.output.failure(saved.error());
    if (services.output.json)
        services.output.result(
            QJsonObject {{u"baseline"_s, path}, {u"findings"_s, int(baseline.size())}});
    services.output.message(u"Wrote %1 known findings to %2."_s.arg(baseline.size()).arg(path));
    return Done;
}

Result<void> hideKnown(const ValidateArguments &arguments, QList<CheckedFile> &files)
{
    const QString path = QString::fromStdString(arguments.baseline);
    const auto baseline = Baseline::read(path);
    if (!baseline)
        return tl::unexpected(baseline.error());
    for (CheckedFile &file : files)
        file.hidden = baseline->hideKnown(nameInBaseline(arguments, file.path), file.findings);
    return {};
}

/// What the run ends with: a file that could not be checked outweighs findings.
int validationExitCode(const QList<CheckedFile> &files, FailOn failOn)
{
    for (const CheckedFile &file : files) {
        if (file.failure)
            return exitCodeFor(file.failure->kind);
    }
    const auto fails = [failOn](const Finding &finding) {
        return failOn && finding.severity >= *failOn;
    };
    const bool any = std::any_of(files.begin(), files.end(), [&fails](const CheckedFile &file) {
        return std::any_of(file.findings.begin(), file.findings.end(), fails);
    });
    return any ? Findings : Done;
}

Result<void> checkUsage(const ValidateArguments &arguments, const QStringList &paths)
{
    if (arguments.writeBaseline && arguments.baseline.empty()) {
        return fail(ErrorKind::InvalidInput, u"--write-baseline has no file to write."_s,
                    u"Name it with --baseline FILE, or as \"baseline\" in the project file."_s);
    }
    if (arguments.writeBaseline && arguments.reports.isAsked()) {
        return fail(ErrorKind::InvalidInput,
                    u"--write-baseline writes what is there now, and no report of it."_s,
                    u"Leave out --format and --output, or run validate again with --baseline."_s);
    }
    if (arguments.live && paths.contains(u"-"_s)) {
        return fail(ErrorKind::InvalidInput, u"Standard input cannot be checked live."_s,
                    u"Save it to a file first."_s);
    }
    if (arguments.connect.secretsFromInput && !arguments.live)
        return fail(ErrorKind::InvalidInput, u"--secrets-stdin needs --live."_s);
    return {};
}

Result<void> printReports(const QList<ReportPlace> &places, const QList<CheckedFile> &files,
                          FailOn failOn, const ValidationOptions &options,
                          const std::optional<ProjectFile> &project, Services &services)
{
    Result<void> written;
    for (const ReportPlace &place : places) {
        QByteArray report = reportOf(place.format, files, failOn, options.dated);
        if (project)
            report = namingProject(project->path, place.format, report);
        const auto one = writeReport(place, report, services.output);
        if (written) // The others are written all the same.
            written = one;
    }
    for (const CheckedFile &file : files) {
        if (file.failure)
            services.output.complain(*file.failure);
    }
    return written;
}

/// What the project file says where the command line says nothing.
void takeFrom(const ProjectFile &project, ValidateArguments &arguments)
{
    if (arguments.failOn.empty())
        arguments.failOn = project.failOn.toStdString();
    if (arguments.baseline.empty())
        arguments.baseline = project.baseline.toStdString();
}

int runValidate(ValidateArguments arguments, Services &services)
{
    const auto project = arguments.files.takeProject();
    if (!project)
        return services.output.failure(project.error());
    if (*project)
        takeFrom(**project, arguments);
    const auto rules = arguments.files.rules(*project);
    if (!rules)
        return services.output.failure(rules.error());
    const auto paths = filesOf(arguments.files);
    if (!paths)
        return services.output.failure(paths.error());
    if (const auto usable = checkUsage(arguments, *paths); !usable)
        return services.output.failure(usable.error());
    const auto places = arguments.reports.places(services.output.json);
    if (!places)
        return services.output.failure(places.error());
    const auto options = arguments.files.options(services);
    if (!options)
        return services.output.failure(options.error());
    QList<CheckedFile> files = checkedAll(arguments, *options, *paths, services);
    const auto live = addAllLiveFindings(arguments, files, services);
    if (!live)
        return services.output.failure(live.error());
    if (Interrupt::wasRequested())
        return Interrupted;
    for (CheckedFile &file : files)
        rules->applyTo(file.findings);
    if (arguments.writeBaseline)
        return saveBaseline(arguments, files, services);
    if (!arguments.baseline.empty()) {
        if (const auto hidden = hideKnown(arguments, files); !hidden)
            return services.output.failure(hidden.error());
    }
    const FailOn failOn = severityFrom(
        arguments.failOn.empty() ? u"error"_s
                                 : QString::fromStdString(arguments.failOn)); // "never": none.
    const auto written = printReports(*places, files, failOn, *options, *project, services);
    if (!written) {
        services.output.complain(written.error()); // What is printed is the report.
        return exitCodeFor(written.error().kind);
    }
    const int code = validationExitCode(files, failOn);
    if (!*live || code > Findings)
        return code;
    services.output.complain(**live);
    return exitCodeFor((*live)->kind); // What could not be checked has not passed.
}

} // namespace

void addValidateCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "validate", "Check provisioners and mappings", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ValidateArguments>();
        arguments->files.addWithMappingsTo(verb);
        arguments->reports.addTo(verb);
        addWords(verb, "--fail-on", arguments->failOn, {"error", "warning", "info", "never"},
                 "The lowest severity that fails");
        verb.add_option("--baseline", arguments->baseline, "Hide the findings known from this file")
            ->type_name(fileArgument);
        verb.add_flag("--write-baseline", arguments->writeBaseline,
                      "Write the present findings to it");
        verb.add_flag("--live", arguments->live, "Ask the portal too");
        arguments->connect.addPortalTo(verb);
        arguments->connect.addTimeLimitTo(verb);
        return Run([arguments](Services &services) { return runValidate(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
