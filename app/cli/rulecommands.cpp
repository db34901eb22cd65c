// SPDX-License-Identifier: MIT
#include "commands.h"
#include "options.h"
#include "provisioner/rules/ruletext.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

void listRules(Output &output)
{
    QList<QStringList> rows {{u"RULE"_s, u"SEVERITY"_s, u"STAGE"_s, u"FIX"_s, u"TITLE"_s}};
    for (const Rule *rule : allRules()) {
        rows.append({QString::fromLatin1(rule->id), nameOf(rule->severity), nameOf(rule->stage),
                     rule->fixable ? u"yes"_s : u"-"_s, translatedRule(rule->title)});
    }
    output.table(rows);
}

int runRules(const std::string &format, Services &services)
{
    if (format == "markdown") {
        services.output.raw(rulesPage().toUtf8());
    } else if (format == "json" || (format.empty() && services.output.json)) {
        QJsonArray rules;
        for (const Rule *rule : allRules())
            rules.append(ruleJson(*rule));
        services.output.result(QJsonObject {{u"rules"_s, rules}});
    } else {
        listRules(services.output);
    }
    return Done;
}

int runExplain(const std::string &id, Services &services)
{
    const Rule *rule = ruleById(QString::fromStdString(id));
    if (!rule) {
        return services.output.failure(
            fail(ErrorKind::NotFound, u"There is no rule %1."_s.arg(QString::fromStdString(id)),
                 u"`hubkeeper-cli rules` lists them."_s)
                .value());
    }
    if (services.output.json)
        services.output.result(ruleJson(*rule));
    else
        services.output.raw(ruleText(*rule).toUtf8());
    return Done;
}

} // namespace

void addRuleCommands(CLI::App &app, Run &chosen)
{
    addVerb(app, "rules", "List what validate checks", chosen, [](CLI::App &verb) {
        auto format = std::make_shared<std::string>();
        addFormat(verb, *format, {"text", "markdown", "json"});
        return Run([format](Services &services) { return runRules(*format, services); });
    });
    addVerb(app, "explain", "Explain a rule", chosen, [](CLI::App &verb) {
        auto id = std::make_shared<std::string>();
        verb.add_option("ID", *id, "The rule, as in HK412")->required()->type_name(ruleArgument);
        return Run([id](Services &services) { return runExplain(*id, services); });
    });
}

} // namespace hubkeeper::cli
