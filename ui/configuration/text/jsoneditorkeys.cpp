// SPDX-License-Identifier: MIT
// What keys do in the JSON editor beyond typing: lines, brackets, blocks.
#include "configuration/text/jsoncompleter.h"
#include "configuration/text/jsoneditor.h"
#include "configuration/text/jsonindent.h"
#include "provisioner/document/document.h"

#include <QKeyEvent>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString JsonEditor::lineBefore() const
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(cursor.selectionStart());
    return cursor.block().text().left(cursor.positionInBlock());
}

QString JsonEditor::lineBehind() const
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(cursor.selectionEnd());
    return cursor.block().text().mid(cursor.positionInBlock());
}

void JsonEditor::breakLine()
{
    const LineBreak texts =
        lineBreakBetween(lineBefore(), lineBehind(), indentStepOf(m_shown.text().left(10'000)));
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.insertText(texts.head + texts.tail);
    cursor.endEditBlock();
    cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::MoveAnchor,
                        int(texts.tail.size()));
    setTextCursor(cursor);
    ensureCursorVisible();
}

void JsonEditor::indentSelection(bool more)
{
    const QString step = indentStepOf(m_shown.text().left(10'000));
    QTextCursor cursor = textCursor();
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    const QTextBlock last = document()->findBlock(cursor.selectionEnd());
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

void JsonEditor::toggleComment()
{
    if (isReadOnly())
        return;
    QTextCursor cursor = textCursor();
    const int first = document()->findBlock(cursor.selectionStart()).blockNumber();
    const int last = document()->findBlock(cursor.selectionEnd()).blockNumber();
    bool all = true;
    for (int line = first; line <= last; ++line) {
        const QString text = document()->findBlockByNumber(line).text().trimmed();
        all = all && (text.isEmpty() || text.startsWith("//"_L1));
    }
    cursor.beginEditBlock();
    for (int line = first; line <= last; ++line) {
        const QTextBlock block = document()->findBlockByNumber(line);
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

bool JsonEditor::keyForLines(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        breakLine();
        return true;
    }
    if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        if (textCursor().hasSelection())
            indentSelection(true);
        else
            insertPlainText(indentStepOf(m_shown.text().left(10'000)));
        return true;
    }
    if (event->key() == Qt::Key_Backtab && event->modifiers() == Qt::ShiftModifier) {
        indentSelection(false);
        return true;
    }
    return false;
}

bool JsonEditor::keyForPairs(QKeyEvent *event)
{
    QTextCursor cursor = textCursor();
    if (cursor.hasSelection())
        return false;
    const QString before = lineBefore();
    const QString behind = lineBehind();
    if (event->key() == Qt::Key_Backspace && !before.isEmpty() && !behind.isEmpty()
        && event->modifiers() == Qt::NoModifier && counterpartOf(before.back()) == behind.front()
        && !behind.front().isNull()) {
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
    if (isPassed(typed, before, behind)) {
        moveCursor(QTextCursor::NextCharacter);
        return true;
    }
    if (!wantsPair(typed, before, behind)) {
        const bool closes =
            (typed == u'}' || typed == u']') && before.trimmed().isEmpty() && !before.isEmpty();
        if (closes) // Back to where its opening bracket's line begins.
            indentSelection(false);
        return false;
    }
    insertPlainText(QString(typed) + counterpartOf(typed));
    moveCursor(QTextCursor::PreviousCharacter);
    return true;
}

void JsonEditor::keyPressEvent(QKeyEvent *event)
{
    if (m_completer->takesKey(event))
        return;
    if (m_isStale)
        resync();
    // Undo belongs to the document; the editor would swallow the keys.
    if (m_document && event->matches(QKeySequence::Undo))
        return m_document->undo();
    if (m_document && event->matches(QKeySequence::Redo))
        return m_document->redo();
    const bool isLeaving = (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab)
        && event->modifiers().testFlag(Qt::ControlModifier);
    if (isLeaving) { // Tab itself indents.
        const bool back = event->key() == Qt::Key_Backtab || event->modifiers() & Qt::ShiftModifier;
        QWidget::focusNextPrevChild(!back);
        return;
    }
    if (!isReadOnly() && (keyForLines(event) || keyForPairs(event))) {
        event->accept();
        m_completer->afterKey(event);
        return;
    }
    CodeEditor::keyPressEvent(event);
    m_completer->afterKey(event);
}

bool JsonEditor::focusNextPrevChild(bool next)
{
    // What cannot be edited has no use for Tab.
    return isReadOnly() ? QWidget::focusNextPrevChild(next) : CodeEditor::focusNextPrevChild(next);
}

} // namespace hubkeeper
