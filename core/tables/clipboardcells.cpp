// SPDX-License-Identifier: MIT
#include "tables/clipboardcells.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool endsCell(QChar c)
{
    return c == u'\t' || c == u'\n' || c == u'\r';
}

/// Where a quote that opens at `from` is closed; nothing if it does not enclose a cell.
std::optional<qsizetype> closingQuote(QStringView text, qsizetype from)
{
    bool needsQuotes = false;
    for (qsizetype i = from + 1; i < text.size(); ++i) {
        if (text[i] != u'"') {
            needsQuotes = needsQuotes || endsCell(text[i]);
            continue;
        }
        const bool isDoubled = i + 1 < text.size() && text[i + 1] == u'"';
        if (isDoubled) {
            needsQuotes = true;
            ++i;
            continue;
        }
        const bool isEnd = i + 1 == text.size() || endsCell(text[i + 1]);
        return isEnd && needsQuotes ? std::optional(i) : std::nullopt;
    }
    return std::nullopt;
}

/// The cell that begins at `at`; moves `at` after it.
QString takeCell(QStringView text, qsizetype &at)
{
    if (at < text.size() && text[at] == u'"') {
        if (const auto closing = closingQuote(text, at)) {
            QString cell = text.sliced(at + 1, *closing - at - 1).toString();
            at = *closing + 1;
            return cell.replace("\"\""_L1, "\""_L1);
        }
    }
    const qsizetype from = at;
    while (at < text.size() && !endsCell(text[at]))
        ++at;
    return text.sliced(from, at - from).toString();
}

QString quotedIfNeeded(const QString &cell)
{
    const bool isPlain =
        std::none_of(cell.begin(), cell.end(), [](QChar c) { return endsCell(c) || c == u'"'; });
    if (isPlain)
        return cell;
    QString inner = cell;
    inner.replace("\""_L1, "\"\""_L1);
    return u'"' + inner + u'"';
}

} // namespace

QList<QStringList> cellsFromClipboard(const QString &text)
{
    QList<QStringList> rows;
    QStringList cells;
    qsizetype at = 0;
    while (at < text.size()) {
        cells.append(takeCell(text, at));
        const QChar end = at < text.size() ? text[at] : QChar(u'\n');
        if (end == u'\t' && at + 1 == text.size())
            cells.append(QString()); // The last cell of the last row is empty.
        ++at;
        if (end == u'\t' && at < text.size())
            continue;
        if (end == u'\r' && at < text.size() && text[at] == u'\n')
            ++at;
        rows.append(std::exchange(cells, {}));
    }
    return rows;
}

QString clipboardTextOf(const QList<QStringList> &rows)
{
    QString text;
    for (const QStringList &cells : rows) {
        for (qsizetype i = 0; i < cells.size(); ++i)
            text += (i > 0 ? u"\t"_s : QString()) + quotedIfNeeded(cells[i]);
        text += u'\n';
    }
    return text;
}

} // namespace hubkeeper
