// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"
#include "provisioner/text/textdiff.h"

namespace hubkeeper {

/// One row of a comparison as it is shown.
struct DiffRow
{
    DiffKind kind = DiffKind::Same;
    int oldLine = 0; ///< From 1; 0 where there is none.
    int newLine = 0;
    QString text;
    int changedFrom = 0; ///< Within `text`: what differs from the line it is paired with.
    int changedLength = 0; ///< 0: nothing is marked within the line.
    int hunk = -1; ///< Index into TextComparison::hunks; -1 for a line that is the same.
    int left = 0; ///< Of a gap: how many unchanged lines are left out here.
    bool isFiller = false; ///< No line: the other side has one here.
};

/// Neighbouring lines that differ: line numbers from 1, the end not included.
struct DiffHunk
{
    int oldBegin = 1;
    int oldEnd = 1;
    int newBegin = 1;
    int newEnd = 1;
};

/// Two texts compared, ready to be shown.
struct TextComparison
{
    QList<DiffRow> rows;
    QList<DiffHunk> hunks;
    int removed = 0; ///< Lines.
    int added = 0;
};

/// Two texts to be shown beside each other, with their secrets masked, line by line the same as
/// they are: "(secret)", or "(another secret)" in `after` where it differs.
struct MaskedPair
{
    QByteArray before;
    QByteArray after;
};
[[nodiscard]] MaskedPair maskedPair(const QByteArray &before, const QByteArray &after);

/// Compares line by line, with secrets masked: a secret that differs shows as another one, never
/// as itself. `context` unchanged lines stay around each change; -1 keeps all. Pure.
[[nodiscard]] TextComparison compared(const QByteArray &before, const QByteArray &after,
                                      int context = -1);

/// The rows of both sides, as many on either: what changed is beside what it became, and where
/// one side has no line it has a filler. Pure.
struct DiffSides
{
    QList<DiffRow> before;
    QList<DiffRow> after;
};
[[nodiscard]] DiffSides sidesOf(const QList<DiffRow> &rows);

/// Brings the lines of a hunk in `after` back to what they are in `before`, byte for byte.
[[nodiscard]] TextEdit revertOf(const QByteArray &before, const QByteArray &after,
                                const DiffHunk &hunk);

} // namespace hubkeeper
