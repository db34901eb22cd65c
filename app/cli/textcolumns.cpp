// SPDX-License-Identifier: MIT
#include "textcolumns.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr int gap = 2;
constexpr int narrowest = 8; // A column is not cut below this.

struct CharacterRange
{
    char32_t first;
    char32_t last;
};

/// East Asian Width W and F, and emoji (Unicode 15), in order.
constexpr CharacterRange wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

int columnsOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    const auto range =
        std::lower_bound(std::begin(wide), std::end(wide), c,
                         [](const CharacterRange &one, char32_t code) { return one.last < code; });
    return range != std::end(wide) && range->first <= c ? 2 : 1;
}

bool steersTerminal(char32_t c)
{
    const bool isControl = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool turns = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
    return isControl || turns;
}

/// The character at `i`, and how many units it takes.
std::pair<char32_t, qsizetype> textCharacterAt(QStringView text, qsizetype i)
{
    if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
        return {QChar::surrogateToUcs4(text[i], text[i + 1]), 2};
    return {text[i].unicode(), 1};
}

} // namespace

int columnsOf(QStringView text)
{
    int columns = 0;
    for (qsizetype i = 0; i < text.size();) {
        const auto [c, units] = textCharacterAt(text, i);
        columns += columnsOf(c);
        i += units;
    }
    return columns;
}

QString fitted(const QString &text, int columns)
{
    const int own = columnsOf(text);
    if (own <= columns)
        return text + QString(columns - own, u' ');
    QString cut;
    int taken = 0;
    for (qsizetype i = 0; i < text.size();) {
        const auto [c, units] = textCharacterAt(text, i);
        if (taken + columnsOf(c) > columns - 1)
            break;
        taken += columnsOf(c);
        cut += QStringView(text).mid(i, units);
        i += units;
    }
    return cut + u'…' + QString(columns - 1 - taken, u' ');
}

QString printable(QString text)
{
    for (QChar &c : text) {
        if (steersTerminal(c.unicode()))
            c = u' ';
    }
    return text;
}

QByteArray printable(const QByteArray &text)
{
    QString shown = QString::fromUtf8(text);
    for (QChar &c : shown) {
        if (c != u'\n' && c != u'\t' && c != u'\r' && steersTerminal(c.unicode()))
            c = QChar::ReplacementCharacter;
    }
    return shown.toUtf8();
}

QList<int> columnWidths(const QList<QStringList> &rows, int room)
{
    QList<int> widths;
    for (const QStringList &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columnsOf(row[i]));
    }
    if (room <= 0)
        return widths;
    int taken = int(widths.size() - 1) * gap;
    for (const int width : std::as_const(widths))
        taken += width;
    for (; taken > room; --taken) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= narrowest)
            break;
        --*widest;
    }
    return widths;
}

QString lineOf(const QStringList &cells, const QList<int> &widths, bool cuts)
{
    QString line;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const int width = widths.value(i);
        const bool isLast = i + 1 == cells.size();
        const bool isTooWide = columnsOf(cells[i]) > width;
        if (isTooWide ? !cuts : isLast)
            line += cells[i];
        else
            line += fitted(cells[i], width);
        if (!isLast)
            line += QString(gap, u' ');
    }
    return line;
}

} // namespace hubkeeper::cli
