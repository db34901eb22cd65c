// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "counttext.h"
#include "options.h"
#include "repair/recipe/recipecheck.h"
#include "repair/recipe/recipeparser.h"
#include "repair/recipe/shippedrecipes.h"
#include "repair/values/domainname.h"
#include "repair/values/phonenumber.h"
#include "repairoptions.h"
#include "standardinput.h"
#include "textcolumns.h"

#include <QFileInfo>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestValues = 64 << 20; // Bytes of a file of values.

struct TryArguments
{
    std::string recipe;
    std::string values;
    RepairOptions options;
};

int listRecipes(Services &services)
{
    Output &output = services.output;
    if (!output.json) {
        QList<QStringList> table {{u"name"_s, u"what it does"_s}};
        for (const Recipe &recipe : shippedRecipes())
            table.append({recipe.name, recipe.title});
        output.table(table);
        output.message(phonePlansSentence());
        output.message(suffixListSentence());
        return Done;
    }
    QJsonArray recipes;
    for (const Recipe &recipe : shippedRecipes())
        recipes.append(
            QJsonObject {{u"name"_s, recipe.name},
                         {u"title"_s, recipe.title},
                         {u"about"_s, recipe.about},
                         {u"repair"_s, nameOf(recipe.kind)},
                         {u"properties"_s, QJsonArray::fromStringList(recipe.properties)},
                         {u"from"_s, QJsonArray::fromStringList(recipe.from)},
                         {u"to"_s, QJsonArray::fromStringList(recipe.to)},
                         {u"examples"_s, recipe.examples.size()}});
    output.result(QJsonObject {{u"recipes"_s, recipes},
                               {u"phonePlans"_s, phonePlansDate().toString(Qt::ISODate)},
                               {u"phonePlansText"_s, phonePlansSentence()},
                               {u"suffixListText"_s, suffixListSentence()}});
    return Done;
}

int showRecipe(const std::string &name, Services &services)
{
    const QByteArray text = shippedRecipeText(QString::fromStdString(name));
    if (text.isEmpty()) {
        const auto recipe = recipeNamed(QString::fromStdString(name));
        return services.output.failure(
            recipe
                ? fail(ErrorKind::InvalidInput, u"Only recipes of the program are shown."_s).value()
                : recipe.error());
    }
    services.output.raw(text);
    return Done;
}

int checkRecipes(const std::vector<std::string> &files, Services &services)
{
    Output &output = services.output;
    QJsonArray checked;
    bool isRight = true;
    for (const std::string &file : files) {
        const QString path = QString::fromStdString(file);
        const auto recipe = recipeNamed(path);
        const auto passed =
            recipe ? checkRecipe(*recipe) : Result<void>(tl::unexpected(recipe.error()));
        if (!passed && passed.error().kind == ErrorKind::Storage)
            return output.failure(passed.error());
        isRight &= passed.has_value();
        checked.append(QJsonObject {
            {u"file"_s, path},
            {u"name"_s, recipe ? QJsonValue(recipe->name) : QJsonValue()},
            {u"examples"_s, recipe ? recipe->examples.size() : 0},
            {u"passed"_s, passed.has_value()},
            {u"message"_s, passed ? QJsonValue() : QJsonValue(passed.error().sentence())}});
        if (!passed)
            output.complain(passed.error());
        else if (!output.json)
            output.line(u"%1: %2."_s.arg(
                printable(path),
                countText(recipe->examples.size(), "example passes"_L1, "examples pass"_L1)));
    }
    if (output.json)
        output.result(QJsonObject {{u"recipes"_s, checked}});
    return isRight ? Done : Findings;
}

/// The lines of a file of values; a last line end does not begin another.
Result<QStringList> linesOf(const std::string &file)
{
    QByteArray content;
    if (file == "-") {
        StandardInput input;
        while (content.size() <= largestValues) {
            const QByteArray part = input.read(1 << 20);
            if (part.isEmpty())
                break;
            content += part;
        }
        if (content.size() > largestValues)
            return fail(ErrorKind::InvalidInput, u"Standard input is larger than 64 MB."_s);
    } else {
        const auto read = readFile(QString::fromStdString(file), largestValues);
        if (!read)
            return tl::unexpected(read.error());
        content = *read;
    }
    if (content.startsWith("\xEF\xBB\xBF"))
        content.remove(0, 3);
    QStringList lines;
    qsizetype from = 0;
    while (from < content.size()) {
        const qsizetype found = content.indexOf('\n', from);
        const qsizetype end = found < 0 ? content.size() : found;
        QByteArray line = content.mid(from, end - from);
        if (line.endsWith('\r'))
            line.chop(1);
        if (!QUtf8StringView(line.constData(), line.size()).isValidUtf8())
            return fail(ErrorKind::InvalidInput,
                        u"Line %1 of the values is not UTF-8."_s.arg(lines.size() + 1));
        lines.append(QString::fromUtf8(line));
        from = end + 1;
    }
    return lines;
}

QJsonObject triedJson(qsizetype line, const QString &given, const RepairedRow &row)
{
    const bool isChanged = row.outcome == RepairedValue::Changed;
    QJsonObject json {{u"line"_s, line},
                      {u"given"_s, given},
                      {u"outcome"_s, nameOf(row.outcome)},
                      {u"value"_s, isChanged ? row.values.join(u'\t') : given}};
    if (isChanged && row.values.size() > 1)
        json.insert(u"values"_s, QJsonArray::fromStringList(row.values));
    if (!row.reason.isEmpty())
        json.insert(u"reason"_s, row.reason);
    if (!row.suggestion.isEmpty())
        json.insert(u"suggestion"_s, row.suggestion);
    return json;
}

QString triedLine(const QString &given, const RepairedRow &row)
{
    QString line = nameOf(row.outcome).leftJustified(8) + u"  "_s + shownText(given);
    if (!row.values.isEmpty())
        line += u"  ->  "_s + shownText(row.values.join(u" | "_s));
    if (!row.reason.isEmpty())
        line += u"  "_s + row.reason;
    if (!row.suggestion.isEmpty())
        line += u" Perhaps \"%1\"."_s.arg(printable(row.suggestion));
    return line;
}

int tryRecipe(const TryArguments &arguments, Services &services)
{
    Output &output = services.output;
    const auto recipe = recipeNamed(QString::fromStdString(arguments.recipe));
    if (!recipe)
        return output.failure(recipe.error());
    const auto settings = arguments.options.settings();
    if (!settings)
        return output.failure(settings.error());
    if (const auto usable = checkHasOptions(*recipe, *settings); !usable)
        return output.failure(usable.error());
    const auto lines = linesOf(arguments.values);
    if (!lines)
        return output.failure(lines.error());
    const auto runner = checkedRunner(*recipe, *settings);
    if (!runner)
        return output.failure(runner.error());
    QJsonArray results;
    QMap<RepairedValue::Outcome, int> counts;
    for (qsizetype i = 0; i < lines->size(); ++i) {
        const QString &line = lines->at(i);
        const QStringList given = recipe->from.size() > 1 ? line.split(u'\t') : QStringList {line};
        const RepairedRow row = (*runner)->repaired(given);
        if ((*runner)->fault())
            return output.failure(*(*runner)->fault());
        if (Interrupt::wasRequested())
            return Interrupted;
        ++counts[row.outcome];
        if (output.json) {
            results.append(triedJson(i + 1, line, row));
            continue;
        }
        output.line(triedLine(line, row));
    }
    if (output.json)
        output.result(QJsonObject {{u"recipe"_s, recipe->name},
                                   {u"results"_s, results},
                                   {u"changed"_s, counts[RepairedValue::Changed]},
                                   {u"kept"_s, counts[RepairedValue::Kept]},
                                   {u"doubtful"_s, counts[RepairedValue::Doubtful]}});
    else
        output.message(u"%1 changed, %2 kept, %3 doubtful."_s.arg(counts[RepairedValue::Changed])
                           .arg(counts[RepairedValue::Kept])
                           .arg(counts[RepairedValue::Doubtful]));
    return counts[RepairedValue::Doubtful] > 0 ? Findings : Done;
}

} // namespace

void addRepairCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group = app.add_subcommand("repair", "Repairs of values by recipe");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "list", "The recipes that come with the program", chosen,
            [](CLI::App &) { return Run(&listRecipes); });
    addVerb(*group, "show", "The text of a recipe, to begin one's own with", chosen,
            [](CLI::App &verb) {
                auto name = std::make_shared<std::string>();
                verb.add_option("RECIPE", *name, "The name of a recipe")->required();
                return Run([name](Services &services) { return showRecipe(*name, services); });
            });
    addVerb(*group, "check", "Check recipes and run their examples", chosen, [](CLI::App &verb) {
        auto files = std::make_shared<std::vector<std::string>>();
        verb.add_option("RECIPE", *files, "Files of recipes, or names")
            ->required()
            ->type_name(fileArgument);
        return Run([files](Services &services) { return checkRecipes(*files, services); });
    });
    addVerb(
        *group, "try", "What a recipe makes of each line of a file", chosen, [](CLI::App &verb) {
            auto arguments = std::make_shared<TryArguments>();
            verb.add_option("RECIPE", arguments->recipe, "A recipe's name or file")
                ->required()
                ->type_name(fileArgument);
            verb.add_option("--values", arguments->values,
                            "A value in each line, in UTF-8; several with tabs; - is standard "
                            "input")
                ->required()
                ->type_name(fileArgument);
            arguments->options.addTo(verb);
            return Run([arguments](Services &services) { return tryRecipe(*arguments, services); });
        });
    addRepairRunCommand(*group, chosen);
}

} // namespace hubkeeper::cli
