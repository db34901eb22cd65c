// SPDX-License-Identifier: MIT
#include "repair/recipe/recipekinds.h"
#include "repair/recipe/recipeparser.h"
#include "repair/recipe/reciperunner.h"
#include "repair/values/shownapart.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Lists of awkward values, each with what has to become of it: `lists`, in the form of recipes.
class TestRepairLists : public QObject
{
    Q_OBJECT

private slots:
    void everyValueComesOutRight_data();
    void everyValueComesOutRight();
    void resultsStay_data();
    void resultsStay();
    void anyTextIsTaken_data();
    void anyTextIsTaken();
    void changesCanBeSeen_data();
    void changesCanBeSeen();
};

namespace {

const QDate listsAreOf(2026, 11, 30);

Recipe listNamed(const QString &file)
{
    QFile content(QDir(QStringLiteral(REPAIR_LISTS)).filePath(file));
    if (!content.open(QIODevice::ReadOnly))
        qFatal("no list %s", qPrintable(file));
    const auto recipe = parseRecipe(content.readAll(), file);
    if (!recipe)
        qFatal("%s", qPrintable(recipe.error().sentence()));
    return *recipe;
}

QStringList lists()
{
    return QDir(QStringLiteral(REPAIR_LISTS)).entryList({u"*.recipe"_s}, QDir::Files, QDir::Name);
}

std::unique_ptr<RecipeRunner> runnerFor(const Recipe &recipe, const RecipeExample &example)
{
    RepairSettings settings = settingsOf(example.options, {}).value();
    settings.today = listsAreOf;
    return std::move(*RecipeRunner::make(recipe, settings));
}

} // namespace

void TestRepairLists::everyValueComesOutRight_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("index");
    QVERIFY(lists().size() > 8);
    for (const QString &file : lists()) {
        const Recipe recipe = listNamed(file);
        for (int i = 0; i < recipe.examples.size(); ++i)
            QTest::addRow("%s:%d", qPrintable(file), recipe.examples[i].line) << file << i;
    }
}

void TestRepairLists::everyValueComesOutRight()
{
    QFETCH(const QString, file);
    QFETCH(const int, index);
    const Recipe recipe = listNamed(file);
    const RecipeExample &example = recipe.examples[index];
    const RepairedRow row = runnerFor(recipe, example)->repaired(example.given);
    const QByteArray found = (example.given.join(u'|') + u" -> "_s + nameOf(row.outcome) + u' '
                              + row.values.join(u'|') + u" ("_s + row.reason + u')')
                                 .toUtf8();
    QVERIFY2(row.outcome == example.outcome, found);
    QVERIFY2(row.values == example.wanted, found);
    QCOMPARE(row.reason.isEmpty(), row.outcome != RepairedValue::Doubtful);
}

void TestRepairLists::resultsStay_data()
{
    everyValueComesOutRight_data();
}

/// A repair of a repaired value does nothing more.
void TestRepairLists::resultsStay()
{
    QFETCH(const QString, file);
    QFETCH(const int, index);
    const Recipe recipe = listNamed(file);
    const RecipeExample &example = recipe.examples[index];
    if (example.outcome != RepairedValue::Changed || recipe.isBetween())
        return;
    const RepairedRow again = runnerFor(recipe, example)->repaired(example.wanted);
    QVERIFY2(
        again.outcome == RepairedValue::Kept,
        (example.wanted.join(u'|') + u" -> "_s + again.values.join(u'|') + again.reason).toUtf8());
}

void TestRepairLists::anyTextIsTaken_data()
{
    QTest::addColumn<QString>("file");
    for (const QString &file : lists())
        QTest::addRow("%s", qPrintable(file)) << file;
}

/// Pieces of all values joined at random: nothing crashes, and what is doubtful says why.
void TestRepairLists::anyTextIsTaken()
{
    QFETCH(const QString, file);
    const Recipe recipe = listNamed(file);
    QStringList pieces {
        u"\U0001F600"_s, QString(QChar(0xD800)), QString(QChar(0)),  u"'"_s, u"-"_s, u","_s, u"."_s,
        u" "_s,          QString(300, u'9'),     QString(5000, u'a')};
    for (const QString &list : lists()) {
        for (const RecipeExample &example : listNamed(list).examples)
            pieces += example.given;
    }
    const auto runner = runnerFor(recipe, recipe.examples.first());
    quint32 random = 20261130;
    const auto next = [&] { return random = random * 1664525 + 1013904223; };
    for (int i = 0; i < 3000; ++i) {
        QString text;
        for (quint32 part = next() >> 30; part < 4; ++part) {
            const QString &piece = pieces[(next() >> 8) % pieces.size()];
            text += piece.mid((next() >> 8) % (piece.size() + 1));
        }
        const RepairedRow row = runner->repaired({text});
        QCOMPARE(row.reason.isEmpty(), row.outcome != RepairedValue::Doubtful);
        QCOMPARE(row.values.isEmpty(), row.outcome != RepairedValue::Changed);
    }
}

void TestRepairLists::changesCanBeSeen_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("shownBefore");
    QTest::addColumn<QString>("shownAfter");
    const auto row = [](const QString &before, const QString &after, const QString &shownBefore,
                        const QString &shownAfter) {
        QTest::addRow("%s", qPrintable(shownBefore))
            << before << after << shownBefore << shownAfter;
    };
    row(u"ADA"_s, u"Ada"_s, u"ADA"_s, u"Ada"_s);
    row(u"Jose\u0301"_s, u"Jos\u00E9"_s, u"Jose\u2039U+0301\u203A"_s, u"Jos\u00E9"_s);
    row(u"Th\u00E9o\u00A0Luc"_s, u"Th\u00E9o Luc"_s, u"Th\u00E9o\u2039U+00A0\u203ALuc"_s,
        u"Th\u00E9o Luc"_s);
    row(u" Ada "_s, u"Ada"_s, u"\u2039U+0020\u203AAda\u2039U+0020\u203A"_s, u"Ada"_s);
    row(u"Ada  L"_s, u"Ada L"_s, u"Ada \u2039U+0020\u203AL"_s, u"Ada L"_s);
    row(u"A\u200Bda"_s, u"Ada"_s, u"A\u2039U+200B\u203Ada"_s, u"Ada"_s);
    row(QString(), u"Ada"_s, QString(), u"Ada"_s);
    row(u"Ada"_s, u"Ada"_s, u"Ada"_s, u"Ada"_s);
}

void TestRepairLists::changesCanBeSeen()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const ShownChange shown = shownApart(before, after);
    QTEST(shown.before, "shownBefore");
    QTEST(shown.after, "shownAfter");
}

HUBKEEPER_TEST(TestRepairLists)
#include "tst_repairlists.moc"
