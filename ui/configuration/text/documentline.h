// SPDX-License-Identifier: MIT
#pragma once

#include <QKeyEvent>
#include <QLineEdit>

namespace hubkeeper {

/// A line whose own undo ends where its typing began: from there on Ctrl+Z is the document's.
class DocumentLine final : public QLineEdit
{
    Q_OBJECT

public:
    using QLineEdit::QLineEdit;

protected:
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::ShortcutOverride) {
            auto *key = static_cast<QKeyEvent *>(event);
            const bool own = (key->matches(QKeySequence::Undo) && isUndoAvailable())
                || (key->matches(QKeySequence::Redo) && isRedoAvailable());
            if (!own && (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo))) {
                if (key->matches(QKeySequence::Undo))
                    setText(text()); // What was typed and taken back is not a step any more.
                event->ignore();
                return true;
            }
        }
        return QLineEdit::event(event);
    }
};

} // namespace hubkeeper
