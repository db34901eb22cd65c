// SPDX-License-Identifier: MIT
#include "repair/values/splitname.h"

#include "repair/repairtext.h"
#include "repair/values/namewords.h"
#include "repair/values/spaces.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

RepairedRow unsplit(const QString &reason)
{
    return {RepairedValue::Doubtful, {}, reason, {}};
}

RepairedRow splitAs(const QString &first, const QString &last)
{
    return {RepairedValue::Changed, {first, last}, {}, {}};
}

bool isNameSuffix(const QString &word)
{
    static const QStringList suffixes {u"jr"_s, u"jr."_s, u"sr"_s, u"sr."_s};
    return suffixes.contains(word) || isRomanNumeral(word);
}

bool isFamilyParticle(const QString &word)
{
    static const QStringList others {u"le"_s,  u"al"_s,    u"ben"_s, u"san"_s,
                                     u"st."_s, u"saint"_s, u"mac"_s, u"'t"_s};
    return isParticle(word) || others.contains(word);
}

RepairedRow splitAtComma(const QString &name)
{
    const QStringList sides = name.split(u',');
    const QString last = sides[0].trimmed();
    const QString first = sides[1].trimmed();
    if (sides.size() > 2 || last.isEmpty() || first.isEmpty())
        return unsplit(RepairText::tr("It has commas in places where names have none."));
    if (isNameSuffix(first.toLower()) || !titleOf(first.toLower()).isEmpty())
        return unsplit(RepairText::tr("It has a title, which would be lost or misplaced."));
    return splitAs(first, last);
}

} // namespace

RepairedRow splitName(const QString &name)
{
    const QString tidy = tidied(name);
    if (tidy.isEmpty())
        return {};
    static const QRegularExpression foreign(u"[\\d@&/+;()]|\\s(and|und|et|y)\\s"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    if (tidy.contains(foreign))
        return unsplit(RepairText::tr("It may not be the name of one person."));
    if (tidy.contains(u','))
        return splitAtComma(tidy);
    QStringList words = tidy.split(u' ');
    if (words.size() < 2)
        return unsplit(RepairText::tr("It is one word only."));
    QString suffix;
    if (words.size() > 2 && isNameSuffix(words.last().toLower()))
        suffix = u' ' + words.takeLast();
    if (!titleOf(words.first().toLower()).isEmpty() && words.first().toLower() != "st."_L1)
        return unsplit(RepairText::tr("It has a title, which would be lost or misplaced."));
    for (qsizetype i = 1; i + 1 < words.size(); ++i) {
        if (isFamilyParticle(words[i].toLower()))
            return i == 1 || words.size() > 2
                ? splitAs(words.mid(0, i).join(u' '), words.mid(i).join(u' ') + suffix)
                : unsplit(RepairText::tr("It is one word only."));
    }
    if (isFamilyParticle(words.first().toLower()))
        return unsplit(RepairText::tr("It may be a last name only."));
    static const QRegularExpression initial(u"^\\p{Lu}\\.?$"_s);
    qsizetype last = 1;
    while (last + 1 < words.size() && initial.match(words[last]).hasMatch())
        ++last;
    if (last + 1 < words.size())
        return unsplit(RepairText::tr("It is not clear where the last name begins."));
    return splitAs(words.mid(0, last).join(u' '), words[last] + suffix);
}

} // namespace hubkeeper
