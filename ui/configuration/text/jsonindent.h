// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// One step of indentation as a text has it: a tab, or as many blanks as the line that is indented
/// least; four blanks where nothing is indented.
[[nodiscard]] QString indentStepOf(const QString &text);

/// The blanks a line begins with.
[[nodiscard]] QString indentOf(const QString &line);

/// What a line break between `before` and `after` (the two parts of a line) puts in: the indent of
/// the line, a step more after an opening bracket; `tail` goes after the cursor, where a closing
/// bracket gets a line of its own.
struct LineBreak
{
    QString head;
    QString tail;
};
[[nodiscard]] LineBreak lineBreakBetween(const QString &before, const QString &after,
                                         const QString &step);

/// Whether a bracket or quote typed between these is to get its counterpart.
[[nodiscard]] bool wantsPair(QChar typed, const QString &before, const QString &after);
/// Whether a sign typed is there already and is only to be passed.
[[nodiscard]] bool isPassed(QChar typed, const QString &before, const QString &after);
/// '}' for '{', and so on; a null character for what has none.
[[nodiscard]] QChar counterpartOf(QChar opening);

} // namespace hubkeeper
