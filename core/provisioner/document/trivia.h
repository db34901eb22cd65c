// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

// What is between the values of a text and says nothing to a reader of JSON: blanks and
// comments, here called trivia. All functions are pure.

/// Whether the bytes are nothing but blanks and closed comments; a comment up to the end of its
/// line may end with them.
[[nodiscard]] bool isTrivia(QByteArrayView bytes);

/// Whether they end in a comment that lasts to the end of its line, so that a line has to end
/// before anything else can follow.
[[nodiscard]] bool endsInLineComment(QByteArrayView trivia);

/// The first of these characters outside of comments, or -1.
[[nodiscard]] qsizetype findOutsideComments(QByteArrayView bytes, QByteArrayView characters);

struct MergedTrivia
{
    QByteArray bytes;
    bool isContested = false; ///< Both changed the same lines; mine stand.
};

/// Three-way merge, line by line. Without `base` (both made it) mine stand where the sides differ.
[[nodiscard]] MergedTrivia mergedTrivia(const QByteArray *base, const QByteArray &mine,
                                        const QByteArray &theirs);

/// The one of three that was changed; mine if both were.
[[nodiscard]] MergedTrivia mergedWhole(const QByteArray *base, const QByteArray &mine,
                                       const QByteArray &theirs);

/// A text that grows token by token. A comment that lasts to the end of its line gets one.
class TokenWriter
{
public:
    void add(const QByteArray &token);
    void addTrivia(const QByteArray &trivia);
    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text;
    bool m_isInComment = false;
};

/// For three valid texts: where one side gave all its lines another ending, the others get it as
/// well, so that the lines are the same again.
void unifyLineEndings(QByteArray &base, QByteArray &mine, QByteArray &theirs);

} // namespace hubkeeper
