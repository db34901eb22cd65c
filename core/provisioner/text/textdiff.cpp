// SPDX-License-Identifier: MIT
#include "provisioner/text/textdiff.h"

#include "provisioner/text/lineedits.h"

#include <QByteArrayView>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Line
{
    DiffKind kind;
    int oldLine;
    int newLine;
    QByteArrayView bytes; ///< With its line ending, if it has one.
};

std::vector<QByteArrayView> linesOf(const QByteArray &text)
{
    std::vector<QByteArrayView> lines;
    qsizetype begin = 0;
    while (begin < text.size()) {
        const qsizetype newline = text.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        lines.push_back(QByteArrayView(text).sliced(begin, end - begin));
        begin = end;
    }
    return lines;
}

/// Equal lines get equal numbers, so that the search compares integers.
std::vector<int> numbered(const std::vector<QByteArrayView> &lines,
                          QHash<QByteArrayView, int> &numbers)
{
    std::vector<int> result;
    result.reserve(lines.size());
    for (const QByteArrayView line : lines) {
        const auto known = numbers.constFind(line);
        result.push_back(known == numbers.constEnd() ? int(numbers.size()) : *known);
        if (known == numbers.constEnd())
            numbers.insert(line, result.back());
    }
    return result;
}

std::vector<Line> compare(const QByteArray &before, const QByteArray &after)
{
    const auto old = linesOf(before);
    const auto now = linesOf(after);
    QHash<QByteArrayView, int> numbers;
    const std::vector<int> oldNumbers = numbered(old, numbers);
    const SequenceEdits edits = sequenceEdits(oldNumbers, numbered(now, numbers));
    std::vector<Line> lines;
    size_t x = 0;
    size_t y = 0;
    while (x < old.size() || y < now.size()) {
        if (x < old.size() && edits.removed[x]) {
            lines.push_back({DiffKind::Removed, int(x) + 1, 0, old[x]});
            ++x;
        } else if (y < now.size() && edits.added[y]) {
            lines.push_back({DiffKind::Added, 0, int(y) + 1, now[y]});
            ++y;
        } else {
            lines.push_back({DiffKind::Same, int(x) + 1, int(y) + 1, now[y]});
            ++x;
            ++y;
        }
    }
    return lines;
}

QString withoutEnding(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

/// The lines of a hunk: from `begin` up to and without `end`.
struct Hunk
{
    size_t begin;
    size_t end;
};

/// The changes with their context; those whose contexts touch are one hunk.
std::vector<Hunk> hunksOf(const std::vector<Line> &lines, size_t context)
{
    std::vector<Hunk> hunks;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffKind::Same)
            continue;
        const size_t begin = i < context ? 0 : i - context;
        const size_t end = std::min(i + 1 + context, lines.size());
        if (!hunks.empty() && begin <= hunks.back().end)
            hunks.back().end = end;
        else
            hunks.push_back({begin, end});
    }
    return hunks;
}

/// "12,7": the first line and how many; the line before if there is none (POSIX diff -u).
QByteArray rangeText(int linesBefore, int count)
{
    const QByteArray first = QByteArray::number(count == 0 ? linesBefore : linesBefore + 1);
    return count == 1 ? first : first + ',' + QByteArray::number(count);
}

void appendLine(QByteArray &diff, const Line &line)
{
    diff += line.kind == DiffKind::Same ? ' ' : line.kind == DiffKind::Removed ? '-' : '+';
    diff += line.bytes.toByteArray();
    if (!line.bytes.endsWith('\n'))
        diff += "\n\\ No newline at end of file\n";
}

} // namespace

QList<DiffLine> lineDiff(const QByteArray &before, const QByteArray &after)
{
    QList<DiffLine> result;
    for (const Line &line : compare(before, after))
        result.append({line.kind, line.oldLine, line.newLine, withoutEnding(line.bytes)});
    return result;
}

QByteArray unifiedDiff(const QByteArray &before, const QByteArray &after, const QString &beforeName,
                       const QString &afterName, int context)
{
    const auto lines = compare(before, after);
    QByteArray diff;
    int oldBefore = 0;
    int newBefore = 0;
    size_t counted = 0;
    for (const Hunk &hunk : hunksOf(lines, size_t(context))) {
        for (; counted < hunk.begin; ++counted) {
            ++oldBefore;
            ++newBefore;
        }
        QByteArray body;
        int oldCount = 0;
        int newCount = 0;
        for (; counted < hunk.end; ++counted) {
            oldCount += lines[counted].kind != DiffKind::Added;
            newCount += lines[counted].kind != DiffKind::Removed;
            appendLine(body, lines[counted]);
        }
        diff += "@@ -" + rangeText(oldBefore, oldCount) + " +" + rangeText(newBefore, newCount)
            + " @@\n" + body;
        oldBefore += oldCount;
        newBefore += newCount;
    }
    if (diff.isEmpty())
        return diff;
    return u"--- %1\n+++ %2\n"_s.arg(beforeName, afterName).toUtf8() + diff;
}

} // namespace hubkeeper
