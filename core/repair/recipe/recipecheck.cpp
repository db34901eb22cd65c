// SPDX-License-Identifier: MIT
#include "repair/recipe/recipecheck.h"

#include "repair/recipe/recipekinds.h"
#include "repair/repairtext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QDate examplesAreOf(2026, 11, 30); // Two-digit years in examples do not change with the days.

tl::unexpected<Error> refusedRecipe(const Recipe &recipe, const QString &reason,
                                    const QString &remedy = {})
{
    return fail(ErrorKind::InvalidInput,
                RepairText::tr("The recipe %1 does not run: %2").arg(recipe.name, reason), remedy);
}

QString shownValues(const QStringList &values)
{
    QStringList quoted;
    for (const QString &value : values)
        quoted.append(u'"' + value + u'"');
    return quoted.join(u" | "_s);
}

QString shownRow(const RepairedRow &row)
{
    return row.outcome == RepairedValue::Changed ? shownValues(row.values) : nameOf(row.outcome);
}

Result<void> checkExample(const Recipe &recipe, const RecipeExample &example)
{
    const auto settings = settingsOf(example.options, {});
    if (!settings)
        return refusedRecipe(recipe, settings.error().what, settings.error().remedy);
    RepairSettings own = *settings;
    own.today = examplesAreOf;
    const auto runner = RecipeRunner::make(recipe, own);
    if (!runner)
        return refusedRecipe(recipe, runner.error().what, runner.error().remedy);
    (*runner)->setImpatient();
    const RepairedRow row = (*runner)->repaired(example.given);
    if ((*runner)->fault())
        return tl::unexpected(*(*runner)->fault());
    const bool isRight = row.outcome == example.outcome && row.values == example.wanted;
    if (!isRight) {
        const QString wanted = example.outcome == RepairedValue::Changed
            ? shownValues(example.wanted)
            : nameOf(example.outcome);
        const QString reason = row.reason.isEmpty() ? QString() : u" ("_s + row.reason + u')';
        return refusedRecipe(recipe,
                             RepairText::tr("the example in line %1, %2, should be %3 and is %4%5.")
                                 .arg(QString::number(example.line), shownValues(example.given),
                                      wanted, shownRow(row), reason));
    }
    if (row.outcome != RepairedValue::Changed || recipe.isBetween())
        return {};
    const RepairedRow again = (*runner)->repaired(row.values);
    if ((*runner)->fault())
        return tl::unexpected(*(*runner)->fault());
    if (again.outcome == RepairedValue::Changed)
        return refusedRecipe(recipe,
                             RepairText::tr("it never comes to an end: %1 becomes %2, and that "
                                            "becomes %3 when it is run again.")
                                 .arg(shownValues(example.given), shownRow(row), shownRow(again)),
                             RepairText::tr("Write \"match\" or \"find\" so that its own results "
                                            "stay."));
    return {};
}

/// Values unlike each other: whoever changes all of them changes everything.
Result<void> checkReach(const Recipe &recipe)
{
    const bool isOwn = recipe.kind == RepairKind::Set || recipe.kind == RepairKind::Clear
        || recipe.kind == RepairKind::Pattern || recipe.kind == RepairKind::Script;
    if (!isOwn || recipe.isBetween() || recipe.match.kind == RecipeMatch::Empty)
        return {};
    static const QStringList probes {
        u"a"_s,          u"Ada Lovelace"_s, u"12"_s, u"+493023125123"_s, u"ada@example.org"_s,
        u"2026-11-05"_s, u"\u65E5\u672C"_s, u"-"_s,  u"UPPER"_s,         u"x  y"_s};
    const auto runner = RecipeRunner::make(recipe, {});
    if (!runner)
        return refusedRecipe(recipe, runner.error().what, runner.error().remedy);
    (*runner)->setImpatient();
    for (const QString &probe : probes) {
        const RepairedRow row = (*runner)->repaired({probe});
        if ((*runner)->fault())
            return tl::unexpected(*(*runner)->fault());
        const bool isSetAlready = recipe.options.value(u"value"_s) == probe;
        if (row.outcome != RepairedValue::Changed && !isSetAlready)
            return {};
    }
    return refusedRecipe(recipe, RepairText::tr("it changes every value there is."),
                         RepairText::tr("Say with \"match\" which values it is about."));
}

} // namespace

Result<void> checkRecipe(const Recipe &recipe)
{
    const bool changes = std::any_of(
        recipe.examples.begin(), recipe.examples.end(),
        [](const RecipeExample &example) { return example.outcome == RepairedValue::Changed; });
    if (!changes)
        return refusedRecipe(recipe, RepairText::tr("it has no example of a change."),
                             RepairText::tr("Write \"examples:\" with lines such as: old => new"));
    for (const RecipeExample &example : recipe.examples) {
        if (const auto right = checkExample(recipe, example); !right)
            return right;
    }
    return checkReach(recipe);
}

Result<std::unique_ptr<RecipeRunner>> checkedRunner(const Recipe &recipe,
                                                    const RepairSettings &settings)
{
    if (const auto checked = checkRecipe(recipe); !checked)
        return tl::unexpected(checked.error());
    return RecipeRunner::make(recipe, settings);
}

} // namespace hubkeeper
