// SPDX-License-Identifier: MIT
#include "repair/values/monthnames.h"

#include "base/foldedtext.h"

#include <QHash>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Numbers by folded word, by language.
using NumbersByWord = QHash<QString, QList<int>>;

struct CalendarWords
{
    NumbersByWord all;
    QHash<QString, NumbersByWord> byLanguage;
};

QString wordKey(QString word)
{
    while (word.endsWith(u'.') || word.endsWith(u','))
        word.chop(1);
    return foldedText(word).replace(u'\u0131', u'i'); // Turkish in capitals of another keyboard.
}

void addWord(NumbersByWord &words, const QString &word, int number)
{
    const QString key = wordKey(word);
    QList<int> &numbers = words[key];
    if (key.size() > 1 && !key[0].isDigit() && !numbers.contains(number))
        numbers.append(number);
}

void addWord(CalendarWords &words, const QString &language, const QString &word, int number)
{
    addWord(words.all, word, number);
    addWord(words.byLanguage[language], word, number);
}

const QStringList &calendarLanguages()
{
    static const QStringList languages {
        u"en"_s, u"de"_s, u"fr"_s, u"es"_s, u"it"_s, u"nl"_s, u"pt"_s, u"sv"_s, u"da"_s, u"nb"_s,
        u"fi"_s, u"pl"_s, u"cs"_s, u"sk"_s, u"sl"_s, u"hr"_s, u"hu"_s, u"ro"_s, u"bg"_s, u"ru"_s,
        u"uk"_s, u"el"_s, u"tr"_s, u"et"_s, u"lv"_s, u"lt"_s, u"ca"_s, u"is"_s, u"id"_s};
    return languages;
}

/// Short forms that people write and CLDR does not have.
void addUsualForms(CalendarWords &words)
{
    static const struct
    {
        const char16_t *language;
        const char16_t *word;
        int month;
    } forms[] {
        {u"en", u"sept", 9},  {u"en", u"febr", 2}, {u"de", u"jän", 1},       {u"de", u"jänner", 1},
        {u"de", u"feber", 2}, {u"de", u"febr", 2}, {u"de", u"mrz", 3},       {u"de", u"mär", 3},
        {u"de", u"maerz", 3}, {u"de", u"sept", 9}, {u"de", u"jaenner", 1},   {u"fr", u"janv", 1},
        {u"fr", u"fev", 2},   {u"fr", u"févr", 2}, {u"fr", u"avr", 4},       {u"fr", u"juil", 7},
        {u"fr", u"sept", 9},  {u"es", u"ene", 1},  {u"es", u"abr", 4},       {u"es", u"ago", 8},
        {u"es", u"sept", 9},  {u"es", u"set", 9},  {u"es", u"setiembre", 9}, {u"es", u"dic", 12},
        {u"pt", u"fev", 2},   {u"pt", u"set", 9},  {u"pt", u"out", 10},      {u"pt", u"dez", 12},
        {u"it", u"gen", 1},   {u"it", u"mag", 5},  {u"it", u"giu", 6},       {u"it", u"lug", 7},
        {u"it", u"set", 9},   {u"it", u"ott", 10}, {u"nl", u"mrt", 3},       {u"nl", u"mei", 5},
        {u"nl", u"okt", 10},  {u"sv", u"okt", 10}, {u"nb", u"des", 12}};
    for (const auto &form : forms)
        addWord(words, QString::fromUtf16(form.language), QString::fromUtf16(form.word),
                form.month);
}

CalendarWords monthWords()
{
    CalendarWords words;
    for (const QString &language : calendarLanguages()) {
        const QLocale locale(language);
        for (int month = 1; month <= 12; ++month) {
            for (const auto format : {QLocale::LongFormat, QLocale::ShortFormat}) {
                addWord(words, language, locale.monthName(month, format), month);
                addWord(words, language, locale.standaloneMonthName(month, format), month);
            }
        }
    }
    addUsualForms(words);
    return words;
}

CalendarWords weekdayWords()
{
    CalendarWords words;
    for (const QString &language : calendarLanguages()) {
        const QLocale locale(language);
        for (int day = 1; day <= 7; ++day) {
            for (const auto format : {QLocale::LongFormat, QLocale::ShortFormat}) {
                for (const QString &name :
                     {locale.dayName(day, format), locale.standaloneDayName(day, format)}) {
                    addWord(words, language, name, day);
                    addWord(words, language, name.section(u'-', 0, 0), day); // "terça-feira"
                }
            }
        }
    }
    return words;
}

QList<int> named(const CalendarWords &words, const QString &word, const QString &language)
{
    const QString key = wordKey(word);
    const auto own = words.byLanguage.value(language.left(2).toLower()).value(key);
    return own.isEmpty() ? words.all.value(key) : own;
}

} // namespace

QList<int> monthsNamed(const QString &word, const QString &language)
{
    static const CalendarWords words = monthWords();
    static const QStringList romans {u"I"_s,   u"II"_s,   u"III"_s, u"IV"_s, u"V"_s,  u"VI"_s,
                                     u"VII"_s, u"VIII"_s, u"IX"_s,  u"X"_s,  u"XI"_s, u"XII"_s};
    const qsizetype roman = romans.indexOf(word);
    return roman < 0 ? named(words, word, language) : QList<int> {int(roman) + 1};
}

QList<int> weekdaysNamed(const QString &word, const QString &language)
{
    static const CalendarWords words = weekdayWords();
    return named(words, word, language);
}

} // namespace hubkeeper
