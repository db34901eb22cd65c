// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QKeyEvent;

namespace hubkeeper {

class JsonEditor;

/// What keys do in a JSON editor beyond typing: line breaks and Tab indent, brackets and quotes
/// come in pairs, blocks are indented and commented, undo is the document's. Sees the keys before
/// the editor does.
class JsonEditorKeys final : public QObject
{
    Q_OBJECT

public:
    /// Ends with the editor.
    explicit JsonEditorKeys(JsonEditor &editor);

    /// Puts `//` before the selected lines, or takes it away.
    void toggleComment();

    /// Whether the key was one of these, and is done with. The editor asks for every key, also for
    /// those that the list of completions passes on to it.
    bool takesKey(QKeyEvent *event);

private:
    bool keyForLines(QKeyEvent *event);
    bool keyForPairs(QKeyEvent *event);
    void breakLine();
    void indentSelection(bool more);
    [[nodiscard]] QString lineBefore() const;
    [[nodiscard]] QString lineAfter() const;

    JsonEditor &m_editor;
};

} // namespace hubkeeper
