// SPDX-License-Identifier: MIT
#include "changes/review/changegroups.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString without(const QString &text, bool (QChar::*isLeftOut)() const)
{
    QString rest;
    std::copy_if(text.begin(), text.end(), std::back_inserter(rest),
                 [isLeftOut](QChar letter) { return !(letter.*isLeftOut)(); });
    return rest;
}

QString digitsOf(const QString &text)
{
    QString digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](QChar letter) { return letter.isDigit(); });
    return digits;
}

bool hasLetters(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar letter) { return letter.isLetter(); });
}

} // namespace

QString nameOf(PatternShape shape)
{
    switch (shape) {
    case PatternShape::Exact:
        return u"exact"_s;
    case PatternShape::Filled:
        return u"filled"_s;
    case PatternShape::Emptied:
        return u"emptied"_s;
    case PatternShape::CaseOnly:
        return u"case"_s;
    case PatternShape::BlanksOnly:
        return u"blanks"_s;
    case PatternShape::DigitsKept:
        return u"format"_s;
    case PatternShape::Replaced:
        return u"replaced"_s;
    }
    Q_UNREACHABLE();
}

PatternShape shapeOf(const QString &before, const QString &after)
{
    if (before.isEmpty())
        return PatternShape::Filled;
    if (after.isEmpty())
        return PatternShape::Emptied;
    if (before.compare(after, Qt::CaseInsensitive) == 0)
        return PatternShape::CaseOnly;
    if (without(before, &QChar::isSpace) == without(after, &QChar::isSpace))
        return PatternShape::BlanksOnly;
    const QString digits = digitsOf(before);
    if (!digits.isEmpty() && digits == digitsOf(after) && !hasLetters(before) && !hasLetters(after))
        return PatternShape::DigitsKept;
    return PatternShape::Replaced;
}

bool CellPattern::takes(const QString &from, const QString &to) const
{
    if (shape == PatternShape::Exact)
        return from == before && to == after;
    return shapeOf(from, to) == shape
        && std::find(apart.begin(), apart.end(), std::pair(from, to)) == apart.end();
}

bool GroupKey::takes(const QString &before, const QString &after) const
{
    return (!pattern || pattern->takes(before, after)) && before == from.value_or(before)
        && after == to.value_or(after);
}

} // namespace hubkeeper
