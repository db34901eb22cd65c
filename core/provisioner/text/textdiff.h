// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace hubkeeper {

enum class DiffKind { Same, Removed, Added };

/// One line of a comparison, in reading order: what was removed comes before what took its place.
struct DiffLine
{
    DiffKind kind = DiffKind::Same;
    int oldLine = 0; ///< From 1; 0 for an added line.
    int newLine = 0; ///< From 1; 0 for a removed line.
    QString text; ///< Without its line ending.

    bool operator==(const DiffLine &) const = default;
};

/// Every line of both texts, with as few of them removed and added as can be found. Lines are
/// equal byte for byte, line ending included. Any bytes are taken. Needs memory in proportion to
/// the number of lines; where two texts have next to nothing in common the search is cut short
/// and whole stretches are given as removed and added.
[[nodiscard]] QList<DiffLine> lineDiff(const QByteArray &before, const QByteArray &after);

/// The same as a unified diff with `context` lines around each change, as `patch` and `git apply`
/// take it. Empty if the texts are equal. The names stand in its heading, unchecked.
[[nodiscard]] QByteArray unifiedDiff(const QByteArray &before, const QByteArray &after,
                                     const QString &beforeName, const QString &afterName,
                                     int context = 3);

} // namespace hubkeeper
