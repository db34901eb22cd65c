// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "options.h"
#include "provisioner/confidential/maskeddiff.h"
#include "provisioner/rules/fixes.h"
#include "provisioner/rules/rule.h"
#include "provisionerfiles.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct FixArguments
{
    FileArguments files;
    bool unsafe = false;
    bool dryRun = false;
};

FixChoice choiceOf(const FixArguments &arguments, const RuleChoice &rules)
{
    FixChoice choice;
    choice.onlySafe = !arguments.unsafe;
    if (rules.ignored.isEmpty()) {
        choice.rules = rules.only;
        return choice;
    }
    for (const Rule *rule : allRules()) {
        const QString id = QString::fromLatin1(rule->id);
        if (rules.takes(id))
            choice.rules.insert(id);
    }
    return choice;
}

QJsonObject fixJson(const QString &path, const FixOutcome &outcome, const QByteArray &diff)
{
    QJsonArray fixed;
    for (const Finding &finding : outcome.fixed) {
        fixed.append(QJsonObject {{u"ruleId"_s, finding.ruleId},
                                  {u"message"_s, finding.message},
                                  {u"fix"_s, finding.fix->title},
                                  {u"pointer"_s, finding.pointer},
                                  {u"line"_s, finding.position.line},
                                  {u"column"_s, finding.position.column}});
    }
    return {{u"path"_s, path},
            {u"fixed"_s, fixed},
            {u"remaining"_s, int(outcome.remaining.size())},
            {u"diff"_s, QString::fromUtf8(diff)}};
}

void reportFix(const QString &path, const FixOutcome &outcome, const QByteArray &diff, bool dryRun,
               Output &output)
{
    if (dryRun)
        output.text(diff);
    for (const Finding &finding : outcome.fixed) {
        output.message(u"%1:%2: %3 %4"_s.arg(path, QString::number(finding.position.line),
                                             finding.ruleId, finding.fix->title));
    }
    output.message(
        (dryRun ? u"%1: %2 would be fixed, %3 would be left"_s : u"%1: %2 fixed, %3 left"_s)
            .arg(path, QString::number(outcome.fixed.size()),
                 QString::number(outcome.remaining.size())));
}

/// Fixes one file; "-" is a filter from standard input to standard output.
Result<FixOutcome> fixOne(const QString &path, const QByteArray &bytes,
                          const FixArguments &arguments, const FixChoice &choice,
                          const ValidationOptions &options, Services &services)
{
    FixOutcome outcome = withFixesBy(
        bytes,
        [&](const JsonText &text) { return arguments.files.findingsIn(text, path, options); },
        choice);
    if (arguments.dryRun)
        return outcome;
    if (path == "-"_L1) {
        if (!services.output.json)
            services.output.raw(outcome.bytes);
        return outcome;
    }
    if (outcome.bytes == bytes)
        return outcome;
    return saveFile(path, outcome.bytes, FileMode::KeepOrDefault).map([&] { return outcome; });
}

int runFix(FixArguments arguments, Services &services)
{
    const auto project = arguments.files.takeProject();
    if (!project)
        return services.output.failure(project.error());
    const auto rules = arguments.files.rules(*project);
    if (!rules)
        return services.output.failure(rules.error());
    const FixChoice choice = choiceOf(arguments, *rules);
    const auto paths = filesOf(arguments.files);
    if (!paths)
        return services.output.failure(paths.error());
    const auto options = arguments.files.options(services);
    if (!options)
        return services.output.failure(options.error());
    QJsonArray list;
    bool changed = false;
    for (const QString &path : *paths) {
        const auto bytes = bytesOf(path, services);
        if (!bytes)
            return services.output.failure(bytes.error());
        const auto outcome = fixOne(path, *bytes, arguments, choice, *options, services);
        if (!outcome)
            return services.output.failure(outcome.error());
        changed = changed || outcome->bytes != *bytes;
        const QByteArray diff = maskedDiff(JsonText(*bytes), JsonText(outcome->bytes), path, path);
        QJsonObject json = fixJson(path, *outcome, diff);
        if (path == "-"_L1 && !arguments.dryRun)
            json.insert(u"text"_s, QString::fromUtf8(outcome->bytes));
        list.append(json);
        if (!services.output.json)
            reportFix(path, *outcome, diff, arguments.dryRun, services.output);
    }
    if (services.output.json)
        services.output.result(QJsonObject {{u"files"_s, list}, {u"dryRun"_s, arguments.dryRun}});
    return changed && arguments.dryRun ? Findings : Done;
}

} // namespace

void addFixCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "fix", "Fix what can be fixed automatically", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<FixArguments>();
        arguments->files.addWithMappingsTo(verb);
        verb.add_flag("--unsafe", arguments->unsafe, "Also what may change what IDM does");
        verb.add_flag("--dry-run", arguments->dryRun, "Print a diff and write nothing");
        return Run([arguments](Services &services) { return runFix(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
