// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace hubkeeper {

enum class MergeSide { Mine, Theirs };

/// A value that both sides changed, each to something else, or that they took away while I changed
/// a comment in it or beside it.
struct MergeConflict
{
    QString pointer; ///< JSON pointer of the innermost value that can be decided on.
    QByteArray base; ///< JSON text as it is there; empty where there is none.
    QByteArray mine;
    QByteArray theirs;
};

/// Two edits of one file brought together.
struct Merge
{
    QByteArray bytes;
    QList<MergeConflict> conflicts; ///< In their order of appearance; all of them, decided or not.
    int mineTaken = 0; ///< Values of mine that went into `bytes`.
    int theirsKept = 0; ///< Values that only they changed.
    int contested = 0; ///< Places where both changed comments, layout or order: mine stand.
};

/// Three-way merge by JSON value. Objects are merged member by member, everything else (lists,
/// texts, `$crypto` blocks, substitutions, objects with a key that appears twice) is one value. A
/// value changed on one side only is taken from there; one that both changed differently is a
/// conflict, and theirs is kept unless `choices` says otherwise for its pointer.
///
/// Comments, blanks, order of members and escapes make no conflict. They are merged as well, each
/// place and each line of comments by itself: what one side changed is taken from there, what both
/// changed is as mine has it and counted. A file that they wrote anew with other line endings, as
/// a whole, keeps those. So a merge with an unchanged side is the other side byte for byte.
///
/// Fails with InvalidInput, naming the side, if one of the three is not valid JSON. Pure.
[[nodiscard]] Result<Merge> merged(const QByteArray &base, const QByteArray &mine,
                                   const QByteArray &theirs,
                                   const QHash<QString, MergeSide> &choices = {});

} // namespace hubkeeper
