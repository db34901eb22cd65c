// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QList>

namespace hubkeeper {

/// One step of a document's undo stack.
struct EditStep
{
    enum class Typing {
        None, ///< A change of its own: never joined.
        Insertion,
        Deletion,
    };
    /// Where a run of deletions goes; both while that is ambiguous, as among equal characters.
    struct Directions
    {
        bool back = true; ///< Backspace
        bool ahead = true; ///< Delete
    };

    QString name;
    QList<TextEdit> edits;
    QList<TextEdit> inverse;
    Typing typing = Typing::None;
    Directions directions = {};
};

/// The step that turns `before` into `after` by one edit: what they share at both ends stays.
[[nodiscard]] EditStep typedStep(const QByteArray &before, const QByteArray &after,
                                 const QString &name);

/// Makes `next`, which follows `last`, a part of it if both are one run of typing: text put in
/// where the last text ended, or text deleted beside what was deleted last, in the same direction.
/// A line break that is put in begins a run, one that is deleted is a run of its own. `now` is the
/// text between the two. False, and nothing is done, if they are not one run.
[[nodiscard]] bool joinSteps(EditStep &last, const EditStep &next, const QByteArray &now);

} // namespace hubkeeper
