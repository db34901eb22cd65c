// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
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
    std::vector<std::string> rules;
    bool unsafe = false;
    bool dryRun = false;
};

Result<FixChoice> choiceOf(const FixArguments &arguments)
{
    FixChoice choice;
    choice.onlySafe = !arguments.unsafe;
    for (const std::string &id : arguments.rules) {
        const Rule *rule = ruleById(QString::fromStdString(id));
        if (!rule) {
            return fail(ErrorKind::InvalidInput,
                        u"There is no rule %1."_s.arg(QString::fromStdString(id)),
                        u"`hubkeeper-cli rules` lists them."_s);
        }
        choice.rules.insert(QString::fromLatin1(rule->id));
    }
    return choice;
}

QJsonObject asJson(const QString &path, const FixOutcome &outcome, const QByteArray &diff)
{
    QJsonArray mended;
    for (const Finding &finding : outcome.mended) {
        mended.append(QJsonObject {{u"ruleId"_s, finding.ruleId},
                                   {u"message"_s, finding.message},
                                   {u"fix"_s, finding.fix->title},
                                   {u"pointer"_s, finding.pointer},
                                   {u"line"_s, finding.position.line},
                                   {u"column"_s, finding.position.column}});
    }
    return {{u"path"_s, path},
            {u"mended"_s, mended},
            {u"remaining"_s, int(outcome.remaining.size())},
            {u"diff"_s, QString::fromUtf8(diff)}};
}

void tell(const QString &path, const FixOutcome &outcome, const QByteArray &diff, bool dryRun,
          Output &output)
{
    if (dryRun)
        output.raw(diff);
    for (const Finding &finding : outcome.mended) {
        output.message(u"%1:%2: %3 %4"_s.arg(path, QString::number(finding.position.line),
                                             finding.ruleId, finding.fix->title));
    }
    output.message(u"%1: %2 mended, %3 left"_s.arg(path, QString::number(outcome.mended.size()),
                                                   QString::number(outcome.remaining.size())));
}

int runFix(const FixArguments &arguments, Services &services)
{
    const auto choice = choiceOf(arguments);
    if (!choice)
        return services.output.failure(choice.error());
    const auto paths = filesOf(arguments.files);
    if (!paths)
        return services.output.failure(paths.error());
    auto options = arguments.files.options(services);
    if (!options)
        return services.output.failure(options.error());
    QJsonArray list;
    bool changed = false;
    for (const QString &path : *paths) {
        const auto bytes = path == "-"_L1
            ? fail(ErrorKind::InvalidInput, u"Standard input cannot be mended in place."_s)
            : bytesOf(path, services);
        if (!bytes)
            return services.output.failure(bytes.error());
        options->fileName = arguments.files.nameFor(path);
        const FixOutcome outcome = withFixes(*bytes, *options, *choice);
        const bool differs = outcome.bytes != *bytes;
        changed = changed || differs;
        if (differs && !arguments.dryRun) {
            const auto saved = saveFile(path, outcome.bytes, FileMode::KeepOrDefault);
            if (!saved)
                return services.output.failure(saved.error());
        }
        const QByteArray diff = maskedDiff(JsonText(*bytes), JsonText(outcome.bytes), path, path);
        list.append(asJson(path, outcome, diff));
        if (!services.output.json)
            tell(path, outcome, diff, arguments.dryRun, services.output);
    }
    if (services.output.json)
        services.output.result(QJsonObject {{u"files"_s, list}, {u"dryRun"_s, arguments.dryRun}});
    return changed && arguments.dryRun ? Findings : Done;
}

} // namespace

void addFixCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "fix", "Mend what needs no thought", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<FixArguments>();
        arguments->files.addTo(verb);
        verb.add_option("--rule", arguments->rules, "Only findings of this rule; may be repeated")
            ->take_all()
            ->allow_extra_args(false);
        verb.add_flag("--unsafe", arguments->unsafe, "Also what may change what IDM does");
        verb.add_flag("--dry-run", arguments->dryRun, "Print a diff and write nothing");
        return Run([arguments](Services &services) { return runFix(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
