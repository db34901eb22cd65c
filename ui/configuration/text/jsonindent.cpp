// SPDX-License-Identifier: MIT
#include "configuration/text/jsonindent.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Whether a place after this part of a line is inside a text.
bool isInText(const QString &before)
{
    bool inside = false;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (inside && before[i] == u'\\')
            ++i;
        else if (before[i] == u'"')
            inside = !inside;
    }
    return inside;
}

QChar lastSign(const QString &text)
{
    const QString trimmed = text.trimmed();
    return trimmed.isEmpty() ? QChar() : trimmed.back();
}

} // namespace

QString indentStepOf(const QString &text)
{
    // The first lines are enough; a large file need not be read for it.
    const QString start = text.left(10'000);
    qsizetype least = 0;
    for (const QStringView line : QStringView(start).split(u'\n')) {
        if (line.startsWith(u'\t'))
            return u"\t"_s;
        qsizetype blanks = 0;
        while (blanks < line.size() && line[blanks] == u' ')
            ++blanks;
        const bool isMeant = blanks > 0 && blanks < line.size() && line[blanks] != u'*';
        if (isMeant && (least == 0 || blanks < least))
            least = blanks;
    }
    return QString(least > 0 ? least : 4, u' ');
}

QString indentOf(const QString &line)
{
    qsizetype end = 0;
    while (end < line.size() && (line[end] == u' ' || line[end] == u'\t'))
        ++end;
    return line.left(end);
}

LineBreak lineBreakBetween(const QString &before, const QString &after, const QString &step)
{
    const QString indent = indentOf(before);
    const QChar last = isInText(before) ? QChar() : lastSign(before);
    if (last != u'{' && last != u'[')
        return {u'\n' + indent, {}};
    const QChar next = after.trimmed().isEmpty() ? QChar() : after.trimmed().front();
    const bool closes = next == counterpartOf(last);
    return {u'\n' + indent + step, closes ? u'\n' + indent : QString()};
}

QChar counterpartOf(QChar opening)
{
    switch (opening.unicode()) {
    case u'{':
        return u'}';
    case u'[':
        return u']';
    case u'"':
        return u'"';
    default:
        return {};
    }
}

bool wantsPair(QChar typed, const QString &before, const QString &after)
{
    if (counterpartOf(typed).isNull() || isInText(before))
        return false;
    const QChar next = after.isEmpty() ? QChar(u' ') : after.front();
    return next.isSpace() || next == u'}' || next == u']' || next == u',' || next == u':';
}

bool isPassed(QChar typed, const QString &before, const QString &after)
{
    if (after.isEmpty() || after.front() != typed)
        return false;
    if (typed == u'"') // Closes a text that is open; an escaped quote belongs to it.
        return isInText(before) && !before.endsWith(u'\\');
    return (typed == u'}' || typed == u']') && !isInText(before);
}

} // namespace hubkeeper
