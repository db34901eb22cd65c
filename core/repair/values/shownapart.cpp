// SPDX-License-Identifier: MIT
#include "repair/values/shownapart.h"

#include "repair/values/spaces.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What a person sees of it.
QString seenOf(const QString &text)
{
    return tidied(text).normalized(QString::NormalizationForm_C);
}

bool isUnseen(char32_t c, bool isAtEnd)
{
    if (c == u' ')
        return isAtEnd;
    return QChar::isSpace(c) || QChar::isMark(c) || QChar::category(c) == QChar::Other_Format
        || QChar::category(c) == QChar::Other_Control;
}

QString spelled(const QString &text)
{
    const QList<uint> points = text.toUcs4();
    QString shown;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const bool isAtEnd = i == 0 || i + 1 == points.size() || points[i - 1] == u' ';
        shown += isUnseen(points[i], isAtEnd)
            ? u"\u2039U+%1\u203A"_s.arg(
                QString::number(points[i], 16).toUpper().rightJustified(4, u'0'))
            : QString::fromUcs4(reinterpret_cast<const char32_t *>(&points[i]), 1);
    }
    return shown;
}

} // namespace

ShownChange shownApart(const QString &before, const QString &after)
{
    if (before == after || seenOf(before) != seenOf(after))
        return {before, after};
    return {spelled(before), spelled(after)};
}

} // namespace hubkeeper
