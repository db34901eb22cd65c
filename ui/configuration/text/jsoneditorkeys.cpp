// SPDX-License-Identifier: MIT
#include "configuration/text/jsoneditorkeys.h"

#include "configuration/text/jsoncompleter.h"
#include "configuration/text/jsoneditor.h"
#include "configuration/text/jsonindent.h"
#include "provisioner/document/document.h"

#include <QKeyEvent>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace hubkeeper {

JsonEditorKeys::JsonEditorKeys(JsonEditor &editor)
    : QObject(&editor)
    , m_editor(editor)
{
}

QString JsonEditorKeys::lineBefore() const
{
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(cursor.selectionStart());
    return cursor.block().text().left(cursor.positionInBlock());
}

QString JsonEditorKeys::lineAfter() const
{
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(cursor.selectionEnd());
    return cursor.block().text().mid(cursor.positionInBlock());
}

void JsonEditorKeys::breakLine()
{
    const LineBreak texts = lineBreakBetween(lineBefore(), lineAfter(),
                                             indentStepOf(m_editor.shown().text().left(10'000)));
    QTextCursor cursor = m_editor.textCursor();
    cursor.beginEditBlock();
    cursor.insertText(texts.head + texts.tail);
    cursor.endEditBlock();
    cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::MoveAnchor,
                        int(texts.tail.size()));
    m_editor.setTextCursor(cursor);
    m_editor.ensureCursorVisible();
}

void JsonEditorKeys::indentSelection(bool more)
{
    const QString step = indentStepOf(m_editor.shown().text().left(10'000));
    QTextCursor cursor = m_editor.textCursor();
    const QTextBlock first = m_editor.document()->findBlock(cursor.selectionStart());
    const QTextBlock last = m_editor.document()->findBlock(cursor.selectionEnd());
    cursor.beginEditBlock();
    for (QTextBlock block = first; block.isValid() && block.blockNumber() <= last.blockNumber();
         block = block.next()) {
        QTextCursor line(block);
        if (more && !block.text().isEmpty()) {
            line.insertText(step);
        } else if (!more) {
            const qsizetype blanks = std::min(indentOf(block.text()).size(), step.size());
            line.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor, int(blanks));
            line.removeSelectedText();
        }
    }
    cursor.endEditBlock();
}

void JsonEditorKeys::toggleComment()
{
    if (m_editor.isReadOnly())
        return;
    QTextCursor cursor = m_editor.textCursor();
    const int first = m_editor.document()->findBlock(cursor.selectionStart()).blockNumber();
    const int last = m_editor.document()->findBlock(cursor.selectionEnd()).blockNumber();
    bool all = true;
    for (int line = first; line <= last; ++line) {
        const QString text = m_editor.document()->findBlockByNumber(line).text().trimmed();
        all = all && (text.isEmpty() || text.startsWith("//"_L1));
    }
    cursor.beginEditBlock();
    for (int line = first; line <= last; ++line) {
        const QTextBlock block = m_editor.document()->findBlockByNumber(line);
        const QString text = block.text();
        if (text.trimmed().isEmpty())
            continue;
        QTextCursor change(block);
        change.setPosition(block.position() + int(indentOf(text).size()));
        if (!all) {
            change.insertText(u"// "_s);
        } else {
            const bool hasBlank = text.trimmed().startsWith("// "_L1);
            change.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor,
                                hasBlank ? 3 : 2);
            change.removeSelectedText();
        }
    }
    cursor.endEditBlock();
}

bool JsonEditorKeys::keyForLines(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        breakLine();
        return true;
    }
    if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        if (m_editor.textCursor().hasSelection())
            indentSelection(true);
        else
            m_editor.insertPlainText(indentStepOf(m_editor.shown().text().left(10'000)));
        return true;
    }
    if (event->key() == Qt::Key_Backtab && event->modifiers() == Qt::ShiftModifier) {
        indentSelection(false);
        return true;
    }
    return false;
}

bool JsonEditorKeys::keyForPairs(QKeyEvent *event)
{
    QTextCursor cursor = m_editor.textCursor();
    if (cursor.hasSelection())
        return false;
    const QString before = lineBefore();
    const QString after = lineAfter();
    if (event->key() == Qt::Key_Backspace && !before.isEmpty() && !after.isEmpty()
        && event->modifiers() == Qt::NoModifier && counterpartOf(before.back()) == after.front()
        && !after.front().isNull()) {
        const bool isEscaped = before.size() > 1 && before[before.size() - 2] == u'\\';
        if (isEscaped)
            return false;
        cursor.setPosition(cursor.position() - 1);
        cursor.setPosition(cursor.position() + 2, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        return true;
    }
    if (event->text().size() != 1)
        return false;
    const QChar typed = event->text().front();
    if (isPassed(typed, before, after)) {
        m_editor.moveCursor(QTextCursor::NextCharacter);
        return true;
    }
    if (!wantsPair(typed, before, after)) {
        const bool closes =
            (typed == u'}' || typed == u']') && before.trimmed().isEmpty() && !before.isEmpty();
        if (closes) // Back to where its opening bracket's line begins.
            indentSelection(false);
        return false;
    }
    m_editor.insertPlainText(QString(typed) + counterpartOf(typed));
    m_editor.moveCursor(QTextCursor::PreviousCharacter);
    return true;
}

bool JsonEditorKeys::takesKey(QKeyEvent *event)
{
    JsonCompleter &completer = *m_editor.completer();
    if (completer.takesKey(event))
        return true;
    m_editor.catchUp();
    Document *provisioner = m_editor.provisioner();
    // Undo belongs to the document; the editor would swallow the keys.
    const bool undoes = provisioner && event->matches(QKeySequence::Undo);
    const bool redoes = provisioner && event->matches(QKeySequence::Redo);
    if (undoes || redoes) {
        undoes ? provisioner->undo() : provisioner->redo();
        return true;
    }
    const bool isLeaving = (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab)
        && event->modifiers().testFlag(Qt::ControlModifier);
    if (isLeaving) { // Tab itself indents.
        const bool back = event->key() == Qt::Key_Backtab || event->modifiers() & Qt::ShiftModifier;
        m_editor.leave(!back);
        return true;
    }
    if (m_editor.isReadOnly() || !(keyForLines(event) || keyForPairs(event)))
        return false;
    event->accept();
    completer.afterKey(event);
    return true;
}

} // namespace hubkeeper
