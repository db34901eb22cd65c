// SPDX-License-Identifier: MIT
#include "repair/values/spaces.h"

#include "repair/repairtext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isLineBreak(QChar c)
{
    return c == u'\n' || c == u'\r' || c == QChar(0x2028) || c == QChar(0x2029) || c == QChar(0x85)
        || c == u'\v' || c == u'\f';
}

bool isEmojiPart(char32_t c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2190 && c <= 0x2BFF) || c == 0xFE0F
        || c == 0x200D || c == 0x3030 || c == 0x303D || c == 0x3297 || c == 0x3299;
}

/// Scripts whose letters change their shape with a joiner beside them.
bool needsJoiners(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Arabic:
    case QChar::Script_Syriac:
    case QChar::Script_Devanagari:
    case QChar::Script_Bengali:
    case QChar::Script_Gurmukhi:
    case QChar::Script_Gujarati:
    case QChar::Script_Oriya:
    case QChar::Script_Tamil:
    case QChar::Script_Telugu:
    case QChar::Script_Kannada:
    case QChar::Script_Malayalam:
    case QChar::Script_Sinhala:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
    case QChar::Script_Mongolian:
        return true;
    default:
        return false;
    }
}

bool isInvisible(char32_t c, char32_t before, char32_t after)
{
    if (c == u'\n' || c == u'\r' || c == u'\t')
        return false;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F && c != 0x85))
        return true;
    if (c == 0x200C || c == 0x200D) {
        const bool joinsLetters = needsJoiners(before) && needsJoiners(after);
        return !joinsLetters && !(c == 0x200D && isEmojiPart(before) && isEmojiPart(after));
    }
    if (c == 0xFE0E || c == 0xFE0F) // Keycaps are a digit with these.
        return !isEmojiPart(before) && after != 0x20E3;
    if (c >= 0xE0020 && c <= 0xE007F) // The flags of Scotland and Wales are written with tags.
        return before != 0x1F3F4 && !(before >= 0xE0020 && before <= 0xE007F);
    return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E || c == 0x200B || c == 0x200E
        || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F)
        || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || c == 0x3164 || c == 0xFFA0 || c == 0xE0001
        || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

} // namespace

QString collapsedSpaces(const QString &text, bool joinsLines)
{
    QString result;
    result.reserve(text.size());
    qsizetype breaks = 0;
    bool hasSpace = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isLineBreak(c)) {
            const bool isSecondHalf = c == u'\n' && i > 0 && text[i - 1] == u'\r';
            breaks += isSecondHalf ? 0 : 1;
        } else if (c.isSpace()) {
            hasSpace = true;
        } else {
            if (!result.isEmpty() && breaks > 0 && !joinsLines)
                result.append(QString(std::min<qsizetype>(breaks, 2), u'\n'));
            else if (!result.isEmpty() && (breaks > 0 || hasSpace))
                result.append(u' ');
            breaks = 0;
            hasSpace = false;
            result.append(c);
        }
    }
    return result;
}

QString withoutInvisible(const QString &text)
{
    const QList<uint> points = text.toUcs4();
    QString result;
    result.reserve(text.size());
    char32_t before = 0;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const char32_t c = points[i];
        const char32_t after = i + 1 < points.size() ? points[i + 1] : 0;
        if (isInvisible(c, before, after))
            continue;
        const bool isNoBreakSpace = c == 0xA0 || c == 0x202F || c == 0x2007;
        result.append(isNoBreakSpace ? u" "_s : QString::fromUcs4(&c, 1));
        before = c;
    }
    return result;
}

RepairedValue repairInvisible(const QString &text)
{
    if (text.contains(QChar::ReplacementCharacter))
        return RepairedValue::doubtful(
            text, RepairText::tr("A character was lost before: it has a replacement character."));
    return RepairedValue::made(text, withoutInvisible(text));
}

QString tidied(const QString &text)
{
    return collapsedSpaces(withoutInvisible(text), true);
}

} // namespace hubkeeper
