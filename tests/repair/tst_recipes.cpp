// SPDX-License-Identifier: MIT
#include "repair/recipe/recipecheck.h"
#include "repair/recipe/recipeparser.h"
#include "repair/recipe/shippedrecipes.h"
#include "repair/values/domainname.h"
#include "repair/values/phonenumber.h"
#include "testkit/testprogram.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Recipes as text: what is read, what is refused and why, and the checks before they run.
class TestRecipes : public QObject
{
    Q_OBJECT

private slots:
    void shippedOnesPass_data();
    void shippedOnesPass();
    void everyKindIsShipped();
    void readsEveryWord();
    void refusesByLine_data();
    void refusesByLine();
    void refusesToRun_data();
    void refusesToRun();
    void endlessScriptsEnd();
    void slowExpressionsEnd();
    void fillsWhatIsEmptyOnly();
    void settingsOfThePlaceCount();
    void findsRecipes();
    void saysHowOldItsDataIs();
};

namespace {

QByteArray recipeWith(const QByteArray &lines)
{
    return "hubkeeper-recipe 1\nname: x\ntitle: X\n" + lines;
}

Recipe parsed(const QByteArray &lines)
{
    const auto recipe = parseRecipe(recipeWith(lines), u"x.recipe"_s);
    if (!recipe)
        qFatal("%s", qPrintable(recipe.error().sentence()));
    return *recipe;
}

} // namespace

void TestRecipes::shippedOnesPass_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < shippedRecipes().size(); ++i)
        QTest::addRow("%s", qPrintable(shippedRecipes()[i].name)) << i;
}

void TestRecipes::shippedOnesPass()
{
    QFETCH(const int, index);
    const Recipe &recipe = shippedRecipes()[index];
    const auto checked = checkRecipe(recipe);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().sentence()));
    QVERIFY(!recipe.title.isEmpty());
    QVERIFY(!shippedRecipeText(recipe.name).isEmpty());
}

void TestRecipes::everyKindIsShipped()
{
    for (const RepairKind kind : allRepairKinds) {
        const bool isThere =
            std::any_of(shippedRecipes().begin(), shippedRecipes().end(),
                        [kind](const Recipe &recipe) { return recipe.kind == kind; });
        QVERIFY2(isThere, qPrintable(nameOf(kind)));
    }
}

void TestRecipes::readsEveryWord()
{
    const auto recipe = parseRecipe("\xEF\xBB\xBF# First\r\n\r\nhubkeeper-recipe 1\r\n"
                                    "name: my-own-1\r\ntitle: \"Quoted \\u00e9\"\r\n"
                                    "about: One\r\n  two\r\n\r\n  three\r\n"
                                    "properties: a, b ,c\r\nfrom: a\r\nto: b\r\noverwrite: yes\r\n"
                                    "match: /x{2,}/\r\nrepair: javascript\r\nlanguage: de\r\n"
                                    "script:\r\n    if (value)\r\n      value + \"!\";\r\n"
                                    "examples:\r\n  # not one\r\n  \"a => b\" => \" c \"\r\n"
                                    "  plain => kept\r\n  other => \"kept\"\r\n"
                                    "examples for language tr:\r\n  x => doubtful\r\n",
                                    u"own"_s);
    // "=>" in quotes is the first one all the same.
    QVERIFY(!recipe);
    const auto right = parseRecipe("hubkeeper-recipe 1\nname: my-own-1\ntitle: \"Quoted \\u00e9\"\n"
                                   "about: One\n  two\n\n  three\n"
                                   "properties: a, b ,c\nfrom: a\nto: b\noverwrite: yes\n"
                                   "match: /x{2,}/\nrepair: javascript\nlanguage: de\n"
                                   "script:\n    if (value)\n      value + \"!\";\n"
                                   "examples:\n  # not one\n  a => \" c \"\n"
                                   "  plain => kept\n  other => \"kept\"\n"
                                   "examples for language tr:\n  x => doubtful\n",
                                   u"own"_s);
    QVERIFY2(right, right ? "" : qPrintable(right.error().sentence()));
    QCOMPARE(right->title, u"Quoted \u00E9"_s);
    QCOMPARE(right->about, u"One\ntwo\n\nthree"_s);
    QCOMPARE(right->properties, (QStringList {u"a"_s, u"b"_s, u"c"_s}));
    QCOMPARE(right->to, QStringList {u"b"_s});
    QVERIFY(right->overwrites);
    QCOMPARE(right->match, (RecipeMatch {RecipeMatch::Expression, u"x{2,}"_s}));
    QCOMPARE(right->script, u"if (value)\n  value + \"!\";"_s);
    QCOMPARE(right->examples.size(), 4);
    QCOMPARE(right->examples[0].wanted, QStringList {u" c "_s});
    QCOMPARE(right->examples[1].outcome, RepairedValue::Kept);
    QCOMPARE(right->examples[2].wanted, QStringList {u"kept"_s});
    QCOMPARE(right->examples[3].options.value(u"language"_s), u"tr"_s);
}

void TestRecipes::refusesByLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("other") << QByteArray("name: x\n") << u"line 1: It does not begin"_s;
    QTest::newRow("newer") << QByteArray("hubkeeper-recipe 2\n") << u"version 2"_s;
    QTest::newRow("not UTF-8") << QByteArray("hubkeeper-recipe 1\nname: \xE4\n") << u"UTF-8"_s;
    QTest::newRow("NUL") << QByteArray("hubkeeper-recipe 1\nname: \0\n", 28) << u"UTF-8"_s;
    QTest::newRow("too large") << QByteArray(largestRecipe + 1, ' ') << u"larger"_s;
    QTest::newRow("word") << recipeWith("propertys: a\n") << u"line 4: \"propertys\" is not"_s;
    QTest::newRow("near") << recipeWith("propertys: a\n") << u"Did you mean \"properties\"?"_s;
    QTest::newRow("twice") << recipeWith("repair: email\nrepair: email\n")
                           << u"line 5: \"repair\""_s;
    QTest::newRow("kind") << recipeWith("repair: emial\n") << u"Did you mean \"email\"?"_s;
    QTest::newRow("no kind") << recipeWith("match: any\n") << u"\"repair\""_s;
    QTest::newRow("option") << recipeWith("repair: email\ncountry: DE\n") << u"\"country\""_s;
    QTest::newRow("country") << recipeWith("repair: phone\ncountry: XX\n") << u"\"XX\""_s;
    QTest::newRow("order") << recipeWith("repair: date\ndates: md\n") << u"\"md\""_s;
    QTest::newRow("match") << recipeWith("repair: email\nmatch: all\n") << u"line 5: \"match\""_s;
    QTest::newRow("expression") << recipeWith("repair: email\nmatch: /(/\n") << u"line 5"_s;
    QTest::newRow("find") << recipeWith("repair: regex\nfind: (\n") << u"expression is wrong"_s;
    QTest::newRow("no find") << recipeWith("repair: regex\n") << u"needs \"find\""_s;
    QTest::newRow("no script") << recipeWith("repair: javascript\n") << u"needs \"script\""_s;
    QTest::newRow("script") << recipeWith("repair: email\nscript:\n  1\n") << u"\"script\""_s;
    QTest::newRow("copy") << recipeWith("repair: copy\nfrom: a\n") << u"\"to\""_s;
    QTest::newRow("same") << recipeWith("repair: split-name\nfrom: a\nto: b, b\n") << u"twice"_s;
    QTest::newRow("indented") << recipeWith("  repair: email\n") << u"line 4"_s;
    QTest::newRow("no arrow") << recipeWith("repair: email\nexamples:\n  a -> b\n") << u"line 6"_s;
    QTest::newRow("open quote") << recipeWith("repair: email\nexamples:\n  \"a => b\n")
                                << u"line 6"_s;
    QTest::newRow("values") << recipeWith("repair: email\nexamples:\n  a | b => c\n")
                            << u"another number of values"_s;
    QTest::newRow("for what") << recipeWith("repair: email\nexamples for x y:\n") << u"\"x\""_s;
}

void TestRecipes::refusesByLine()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, words);
    const auto recipe = parseRecipe(text, u"x.recipe"_s);
    QVERIFY(!recipe);
    QCOMPARE(recipe.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(recipe.error().sentence().contains(words), qPrintable(recipe.error().sentence()));
    QVERIFY(recipe.error().what.startsWith(u"x.recipe"_s));
}

void TestRecipes::refusesToRun_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("words");
    QTest::newRow("no example") << QByteArray("repair: email\n") << u"no example"_s;
    QTest::newRow("only kept") << QByteArray("repair: email\nexamples:\n  a@b.de => kept\n")
                               << u"no example of a change"_s;
    QTest::newRow("wrong example")
        << QByteArray("repair: email\nexamples:\n  A@B.DE => b@b.de\n")
        << u"line 6, \"A@B.DE\", should be \"b@b.de\" and is \"a@b.de\""_s;
    QTest::newRow("doubtful example")
        << QByteArray("repair: email\nexamples:\n  A@B => a@b\n") << u"and is doubtful ("_s;
    QTest::newRow("loops") << QByteArray("repair: regex\nfind: a\nreplace: aa\nexamples:\n"
                                         "  a => aa\n")
                           << u"never comes to an end: \"a\" becomes \"aa\", and that becomes "
                              "\"aaaa\""_s;
    QTest::newRow("swings") << QByteArray("repair: javascript\nscript:\n"
                                          "  value === 'a' ? 'b' : value === 'b' ? 'a' : null\n"
                                          "examples:\n  a => b\n")
                            << u"never comes to an end"_s;
    QTest::newRow("regex of everything")
        << QByteArray("repair: regex\nfind: ^.*$\nreplace: x\nexamples:\n  a => x\n")
        << u"changes every value"_s;
    QTest::newRow("clear everything")
        << QByteArray("repair: clear\nmatch: /.+/\nexamples:\n  a => \"\"\n")
        << u"changes every value"_s;
    QTest::newRow("set everything")
        << QByteArray("repair: set\nvalue: a\nmatch: filled\nexamples:\n  b => a\n")
        << u"changes every value"_s;
    QTest::newRow("script of everything")
        << QByteArray("repair: javascript\nscript:\n  value === 'x' ? null : 'x'\nexamples:\n"
                      "  a => x\n")
        << u"changes every value"_s;
    QTest::newRow("not JavaScript") << QByteArray("repair: javascript\nscript:\n  if (\nexamples:\n"
                                                  "  a => x\n")
                                    << u"cannot be read"_s;
    QTest::newRow("throws") << QByteArray("repair: javascript\nscript:\n  nothing.here\nexamples:\n"
                                          "  a => x\n")
                            << u"is doubtful"_s;
}

void TestRecipes::refusesToRun()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const QString, words);
    const auto runner = checkedRunner(parsed(lines), {});
    QVERIFY(!runner);
    QCOMPARE(runner.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(runner.error().sentence().contains(words), qPrintable(runner.error().sentence()));
}

/// A loop takes its two seconds and is an example that fails; over values it ends the run.
void TestRecipes::endlessScriptsEnd()
{
    const Recipe recipe =
        parsed("repair: javascript\nscript:\n  if (value !== 'a') while (true) {}\n"
               "  'b'\nexamples:\n  a => b\n");
    const auto checked = checkRecipe(recipe);
    QVERIFY(!checked);
    QVERIFY2(checked.error().sentence().contains(u"longer than"_s)
                 || checked.error().sentence().contains(u"never comes"_s),
             qPrintable(checked.error().sentence()));
    const auto runner = RecipeRunner::make(recipe, {});
    QElapsedTimer timer;
    timer.start();
    int tried = 0;
    while (!(*runner)->fault() && tried < 10) {
        QCOMPARE((*runner)->repaired({u"loop"_s}).outcome, RepairedValue::Doubtful);
        ++tried;
    }
    QCOMPARE(tried, 3);
    QVERIFY(timer.elapsed() < 20'000);
    QCOMPARE((*runner)->repaired({u"a"_s}).values, QStringList {u"b"_s});
}

void TestRecipes::slowExpressionsEnd()
{
    const Recipe recipe =
        parsed("repair: regex\nfind: ^(a+)+$\nreplace: b\nexamples:\n  aa => b\n  ab => kept\n");
    const auto runner = checkedRunner(recipe, {});
    QVERIFY(runner);
    QElapsedTimer timer;
    timer.start();
    const QString evil = QString(200, u'a') + u'!';
    for (int i = 0; i < 3; ++i)
        QCOMPARE((*runner)->repaired({evil}).outcome, RepairedValue::Doubtful);
    QVERIFY((*runner)->fault());
    QVERIFY(timer.elapsed() < 10'000);
}

void TestRecipes::fillsWhatIsEmptyOnly()
{
    const Recipe recipe = parsed("repair: copy\nfrom: a\nto: b\nexamples:\n  1 => 1\n");
    const auto runner = checkedRunner(recipe, {});
    QVERIFY(runner);
    QCOMPARE((*runner)->repaired({u"1"_s}, {QString()}).values, QStringList {u"1"_s});
    QCOMPARE((*runner)->repaired({u"1"_s}, {u"1"_s}).outcome, RepairedValue::Kept);
    const RepairedRow other = (*runner)->repaired({u"1"_s}, {u"2"_s});
    QCOMPARE(other.outcome, RepairedValue::Doubtful);
    QCOMPARE(other.suggestion, u"1"_s);
    const Recipe over =
        parsed("repair: copy\nfrom: a\nto: b\noverwrite: yes\nexamples:\n  1 => 1\n");
    QCOMPARE((*checkedRunner(over, {}))->repaired({u"1"_s}, {u"2"_s}).values, QStringList {u"1"_s});
}

void TestRecipes::settingsOfThePlaceCount()
{
    const Recipe recipe = parsed("repair: phone\ncountry: DE\nexamples:\n"
                                 "  030 23125123 => +493023125123\n");
    RepairSettings settings;
    QCOMPARE((*checkedRunner(recipe, settings))->repaired({u"030 23125123"_s}).values,
             QStringList {u"+493023125123"_s});
    settings.country = u"GB"_s;
    QCOMPARE((*checkedRunner(recipe, settings))->repaired({u"020 7946 0123"_s}).values,
             QStringList {u"+442079460123"_s});
    settings.country = u"??"_s;
    QVERIFY(!checkedRunner(recipe, settings));
}

void TestRecipes::findsRecipes()
{
    QCOMPARE(recipeNamed(u"phone"_s)->kind, RepairKind::Phone);
    const auto near = recipeNamed(u"phome"_s);
    QCOMPARE(near.error().kind, ErrorKind::NotFound);
    QVERIFY(near.error().remedy.contains(u"phone"_s));
    QTemporaryDir folder;
    QFile file(folder.filePath(u"own.recipe"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(recipeWith("repair: email\nexamples:\n  A@B.DE => a@b.de\n"));
    file.close();
    QCOMPARE(recipeNamed(file.fileName())->name, u"x"_s);
    QVERIFY(!recipeNamed(folder.filePath(u"none.recipe"_s)));
}

void TestRecipes::saysHowOldItsDataIs()
{
    QVERIFY(phonePlansDate() >= QDate(2021, 1, 31));
    QVERIFY(phonePlansSentence().contains(phonePlansDate().toString(u"yyyy-MM"_s)));
    QVERIFY(suffixListSentence().contains(u"20"_s));
    QVERIFY(isPhoneCountry(u"de"_s));
    QVERIFY(!isPhoneCountry(u"XX"_s));
}

HUBKEEPER_TEST(TestRecipes)
#include "tst_recipes.moc"
