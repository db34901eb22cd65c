// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "provisioner/report/baseline.h"
#include "provisionerfiles.h"
#include "session/checks/livechecks.h"
#include "waiting.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentMap>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestBaseline = 64 << 20; // Bytes.

struct ValidateArguments
{
    FileArguments files;
    ConnectOptions connect; // Its file is set for each file in turn.
    bool live = false;
    std::string format;
    std::string failOn = "error";
    std::string baseline;
    bool writeBaseline = false;
};

/// How a baseline names a file: seen from where it lies itself.
QString nameInBaseline(const ValidateArguments &arguments, const QString &path)
{
    if (path == "-"_L1)
        return path;
    const QFileInfo baseline(QString::fromStdString(arguments.baseline));
    return baseline.absoluteDir().relativeFilePath(QFileInfo(path).absoluteFilePath());
}

void addLiveFindings(const ValidateArguments &arguments, CheckedFile &file, Services &services)
{
    ConnectOptions connect = arguments.connect;
    connect.file = file.path.toStdString();
    const auto session = openFor(connect, services);
    if (!session) {
        file.failure = session.error();
        return;
    }
    const auto found = waitFor<QList<Finding>>(
        new LiveCheck(**session, JsonText(file.bytes), &services.calls), services.interrupt);
    if (found)
        file.findings += *found;
    else
        file.failure = found.error();
}

CheckedFile checked(const ValidateArguments &arguments, ValidationOptions options,
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
    options.fileName = arguments.files.nameFor(path);
    file.findings = validate(JsonText(file.bytes), options);
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
    for (CheckedFile &file : files) {
        if (arguments.live && !file.failure && !Interrupt::wasRequested())
            addLiveFindings(arguments, file, services);
    }
    return files;
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
    const auto bytes = readFile(path, largestBaseline);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto baseline = Baseline::parse(*bytes);
    if (!baseline) {
        Error error = baseline.error();
        error.what = path + u": "_s + error.what;
        return tl::unexpected(error);
    }
    for (CheckedFile &file : files)
        file.hidden = baseline->hideKnown(nameInBaseline(arguments, file.path), file.findings);
    return {};
}

/// What the run ends with: a file that could not be checked outweighs findings.
int exitCodeOf(const QList<CheckedFile> &files, FailOn failOn)
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

ReportFormat formatOf(const ValidateArguments &arguments, const Services &services)
{
    if (arguments.format.empty())
        return services.output.json ? ReportFormat::Json : ReportFormat::Text;
    return *reportFormatFrom(QString::fromStdString(arguments.format));
}

Result<void> checkUsage(const ValidateArguments &arguments, const QStringList &paths)
{
    if (arguments.writeBaseline && arguments.baseline.empty()) {
        return fail(ErrorKind::InvalidInput, u"--write-baseline has no file to write."_s,
                    u"Name it with --baseline FILE."_s);
    }
    if (arguments.live && paths.contains(u"-"_s)) {
        return fail(ErrorKind::InvalidInput, u"Standard input cannot be checked live."_s,
                    u"Save it to a file first."_s);
    }
    if (arguments.connect.secretsFromInput && (!arguments.live || paths.size() != 1)) {
        return fail(ErrorKind::InvalidInput, u"--secrets-stdin needs --live and a single file."_s);
    }
    return {};
}

int runValidate(const ValidateArguments &arguments, Services &services)
{
    const auto paths = filesOf(arguments.files);
    if (!paths)
        return services.output.failure(paths.error());
    if (const auto usable = checkUsage(arguments, *paths); !usable)
        return services.output.failure(usable.error());
    const auto options = arguments.files.options(services);
    if (!options)
        return services.output.failure(options.error());
    QList<CheckedFile> files = checkedAll(arguments, *options, *paths, services);
    if (Interrupt::wasRequested())
        return Interrupted;
    if (arguments.writeBaseline)
        return saveBaseline(arguments, files, services);
    if (!arguments.baseline.empty()) {
        if (const auto hidden = hideKnown(arguments, files); !hidden)
            return services.output.failure(hidden.error());
    }
    const FailOn failOn = severityFrom(QString::fromStdString(arguments.failOn)); // "never": none.
    services.output.raw(reportOf(formatOf(arguments, services), files, failOn, options->dated));
    return exitCodeOf(files, failOn);
}

} // namespace

void addValidateCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "validate", "Check provisioners", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<ValidateArguments>();
        arguments->files.addTo(verb);
        verb.add_option("--format", arguments->format, "text, json, sarif, junit or github")
            ->check(CLI::IsMember({"text", "json", "sarif", "junit", "github"}));
        verb.add_option("--fail-on", arguments->failOn,
                        "The least severity that fails: error, warning, info or never")
            ->check(CLI::IsMember({"error", "warning", "info", "never"}));
        verb.add_option("--baseline", arguments->baseline,
                        "Hide the findings known from this file");
        verb.add_flag("--write-baseline", arguments->writeBaseline,
                      "Write the present findings to it");
        verb.add_flag("--live", arguments->live, "Ask the portal too");
        arguments->connect.addPortalTo(verb);
        return Run([arguments](Services &services) { return runValidate(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
