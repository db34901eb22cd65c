// SPDX-License-Identifier: MIT
#include "editor/diffrows.h"

#include "provisioner/confidential/secretmask.h"
#include "provisioner/confidential/secretspans.h"
#include "provisioner/text/jsonedit.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Where each line begins, and the end of the text after the last.
std::vector<qsizetype> lineStarts(const QByteArray &text)
{
    std::vector<qsizetype> starts {0};
    for (qsizetype at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        starts.push_back(at + 1);
    if (starts.back() != text.size())
        starts.push_back(text.size());
    return starts;
}

qsizetype startOf(const std::vector<qsizetype> &starts, int line)
{
    return starts[std::min(size_t(std::max(line, 1)) - 1, starts.size() - 1)];
}

QString endingOf(const QByteArray &text, const std::vector<qsizetype> &starts, int line)
{
    const qsizetype end = startOf(starts, line + 1);
    const QByteArrayView whole(text.constData(), end);
    if (whole.endsWith("\r\n"))
        return u" ␍␊"_s;
    return whole.endsWith("\n") ? u" ␊"_s : QString();
}

/// Numbers each stretch of differing lines.
void findHunks(TextComparison &result)
{
    int oldLine = 1;
    int newLine = 1;
    bool inHunk = false;
    for (DiffRow &row : result.rows) {
        if (row.kind == DiffKind::Same) {
            inHunk = false;
        } else {
            if (!inHunk)
                result.hunks.append({oldLine, oldLine, newLine, newLine});
            inHunk = true;
            row.hunk = int(result.hunks.size()) - 1;
        }
        oldLine += row.kind != DiffKind::Added ? 1 : 0;
        newLine += row.kind != DiffKind::Removed ? 1 : 0;
        result.removed += row.kind == DiffKind::Removed ? 1 : 0;
        result.added += row.kind == DiffKind::Added ? 1 : 0;
        if (inHunk) {
            result.hunks.last().oldEnd = oldLine;
            result.hunks.last().newEnd = newLine;
        }
    }
}

/// Marks what differs between two lines, unless it is nearly all of them.
void markChange(DiffRow &removed, DiffRow &added)
{
    const QString &a = removed.text;
    const QString &b = added.text;
    const qsizetype shorter = std::min(a.size(), b.size());
    qsizetype head = 0;
    while (head < shorter && a[head] == b[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    const qsizetype shared = a.left(head).trimmed().size() + a.right(tail).trimmed().size();
    if (shared * 4 < shorter)
        return;
    removed.changedFrom = added.changedFrom = int(head);
    removed.changedLength = int(a.size() - head - tail);
    added.changedLength = int(b.size() - head - tail);
}

/// Pairs the first removed line of a hunk with its first added one, and so on.
void markPairs(TextComparison &result, const QByteArray &before, const QByteArray &after)
{
    const std::vector<qsizetype> oldStarts = lineStarts(before);
    const std::vector<qsizetype> newStarts = lineStarts(after);
    for (qsizetype first = 0; first < result.rows.size(); ++first) {
        const int hunk = result.rows[first].hunk;
        if (hunk < 0)
            continue;
        qsizetype end = first;
        QList<qsizetype> removed;
        QList<qsizetype> added;
        for (; end < result.rows.size() && result.rows[end].hunk == hunk; ++end)
            (result.rows[end].kind == DiffKind::Removed ? removed : added).append(end);
        for (qsizetype i = 0; i < std::min(removed.size(), added.size()); ++i) {
            DiffRow &old = result.rows[removed[i]];
            DiffRow &now = result.rows[added[i]];
            if (old.text == now.text) { // Only the line ending differs: make it visible.
                old.text += endingOf(before, oldStarts, old.oldLine);
                now.text += endingOf(after, newStarts, now.newLine);
            }
            markChange(old, now);
        }
        first = end - 1;
    }
}

/// Leaves out what is further than `context` lines from a change.
void leaveOut(QList<DiffRow> &rows, int context)
{
    QList<bool> kept(rows.size(), false);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (rows[i].kind == DiffKind::Same)
            continue;
        for (qsizetype near = std::max<qsizetype>(0, i - context);
             near <= std::min(rows.size() - 1, i + context); ++near)
            kept[near] = true;
    }
    QList<DiffRow> shown;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (kept[i])
            shown.append(rows[i]);
        else if (!shown.isEmpty() && shown.last().left > 0)
            ++shown.last().left;
        else
            shown.append({DiffKind::Same, 0, 0, {}, 0, 0, -1, 1, false});
    }
    rows = shown;
}

/// By the lines alone, for texts whose tree has holes: nothing but the secrets themselves changes.
QByteArray maskedBySpans(const QByteArray &text, const QSet<QByteArray> &known)
{
    QList<TextEdit> edits;
    for (const Span &span : plainSecretSpans(text)) {
        const bool isKnown = known.contains(text.mid(span.begin, span.size()));
        edits.append({span.begin, span.size(), isKnown ? "(secret)" : "(another secret)"});
    }
    return applied(text, edits);
}

} // namespace

MaskedPair maskedPair(const QByteArray &before, const QByteArray &after)
{
    const JsonText oldText(before);
    const JsonText newText(after);
    if (oldText.isValid() && newText.isValid())
        return {maskedText(oldText), maskedText(newText, oldText)};
    QSet<QByteArray> known;
    for (const Span &span : plainSecretSpans(before))
        known.insert(before.mid(span.begin, span.size()));
    return {maskedBySpans(before, known), maskedBySpans(after, known)};
}

TextComparison compared(const QByteArray &before, const QByteArray &after, int context)
{
    TextComparison result;
    if (before == after)
        return result;
    const auto [oldMasked, newMasked] = maskedPair(before, after);
    for (const DiffLine &line : lineDiff(oldMasked, newMasked))
        result.rows.append({line.kind, line.oldLine, line.newLine, line.text, 0, 0, -1, 0, false});
    findHunks(result);
    markPairs(result, oldMasked, newMasked);
    if (context >= 0)
        leaveOut(result.rows, context);
    return result;
}

DiffSides sidesOf(const QList<DiffRow> &rows)
{
    DiffSides sides;
    const auto level = [&sides] { // The end of a hunk: both go on in the same row.
        for (auto [side, other] :
             {std::pair(&sides.before, &sides.after), std::pair(&sides.after, &sides.before)}) {
            while (side->size() < other->size())
                side->append(
                    {DiffKind::Same, 0, 0, {}, 0, 0, other->at(side->size()).hunk, 0, true});
        }
    };
    int hunk = -1;
    for (const DiffRow &row : rows) {
        if (row.hunk != hunk)
            level();
        hunk = row.hunk;
        if (row.kind != DiffKind::Added)
            sides.before.append(row);
        if (row.kind != DiffKind::Removed)
            sides.after.append(row);
    }
    level();
    return sides;
}

TextEdit revertOf(const QByteArray &before, const QByteArray &after, const DiffHunk &hunk)
{
    const std::vector<qsizetype> oldStarts = lineStarts(before);
    const std::vector<qsizetype> newStarts = lineStarts(after);
    const qsizetype oldBegin = startOf(oldStarts, hunk.oldBegin);
    const qsizetype newBegin = startOf(newStarts, hunk.newBegin);
    return {newBegin, startOf(newStarts, hunk.newEnd) - newBegin,
            before.mid(oldBegin, startOf(oldStarts, hunk.oldEnd) - oldBegin)};
}

} // namespace hubkeeper
