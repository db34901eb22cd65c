// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace hubkeeper {

enum class MergeSide { Mine, Theirs };

/// A value that both sides changed, each to something else.
struct MergeConflict
{
    QString pointer; ///< JSON pointer of the innermost value that can be decided on.
    QByteArray base; ///< JSON text as it stands there; empty where there is none.
    QByteArray mine;
    QByteArray theirs;
};

/// Two edits of one file brought together.
struct Merge
{
    QByteArray bytes; ///< Their text with my values in it: layout and comments are theirs.
    QList<MergeConflict> conflicts; ///< In their order of appearance; all of them, decided or not.
    int mineTaken = 0; ///< Values of mine that went into `bytes`.
    int theirsKept = 0; ///< Values that only they changed.
};

/// Three-way merge by JSON value. Objects are merged member by member, everything else (lists,
/// texts, `$crypto` blocks, substitutions) is one value. A value changed on one side only is taken
/// from there; one that both changed differently is a conflict, and theirs stands unless `choices`
/// says otherwise for its pointer. Order of members, layout, comments and escapes do not count as
/// changes. Fails with InvalidInput, naming the side, if one of the three is no valid JSON. Pure.
[[nodiscard]] Result<Merge> merged(const QByteArray &base, const QByteArray &mine,
                                   const QByteArray &theirs,
                                   const QHash<QString, MergeSide> &choices = {});

} // namespace hubkeeper
