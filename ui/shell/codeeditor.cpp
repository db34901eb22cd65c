// SPDX-License-Identifier: MIT
#include "shell/codeeditor.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QToolTip>

namespace hubkeeper {

/// The column of line numbers beside the text.
class LineNumbers final : public QWidget
{
public:
    explicit LineNumbers(CodeEditor *editor)
        : QWidget(editor)
        , m_editor(editor)
    {
    }

    [[nodiscard]] QSize sizeHint() const override { return {m_editor->numbersWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintNumbers(event); }

private:
    CodeEditor *const m_editor;
};

CodeEditor::CodeEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_numbers(new LineNumbers(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(NoWrap);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::blockCountChanged, this,
            [this] { setViewportMargins(numbersWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &area, int scrolled) {
        if (scrolled != 0)
            m_numbers->scroll(0, scrolled);
        else
            m_numbers->update(0, area.y(), m_numbers->width(), area.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::showMarks);
    setViewportMargins(numbersWidth(), 0, 0, 0);
}

int CodeEditor::numbersWidth() const
{
    const auto digits = QString::number(std::max(100, blockCount())).size();
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * int(digits + 1);
}

void CodeEditor::showText(const QString &text)
{
    if (text == toPlainText())
        return;
    const QSignalBlocker quiet(this);
    const int position = textCursor().position();
    const int scrolled = verticalScrollBar()->value();
    setPlainText(text);
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(position, int(text.size())));
    setTextCursor(cursor);
    verticalScrollBar()->setValue(scrolled);
    setViewportMargins(numbersWidth(), 0, 0, 0);
}

void CodeEditor::setMarks(const QList<Mark> &marks)
{
    m_marks = marks;
    showMarks();
}

void CodeEditor::showMarks()
{
    QList<QTextEdit::ExtraSelection> selections;
    QTextEdit::ExtraSelection line;
    line.format.setBackground(palette().alternateBase());
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    selections.append(line);
    for (const Mark &mark : std::as_const(m_marks)) {
        const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
        if (!block.isValid())
            continue;
        QTextEdit::ExtraSelection fault;
        fault.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        fault.format.setUnderlineColor(palette().color(QPalette::Link));
        fault.format.setToolTip(mark.text);
        fault.cursor = QTextCursor(block);
        const int start = block.position() + std::min(mark.column - 1, block.length() - 1);
        fault.cursor.setPosition(start);
        fault.cursor.setPosition(
            std::min(start + std::max(1, mark.length), document()->characterCount() - 1),
            QTextCursor::KeepAnchor);
        selections.append(fault);
    }
    setExtraSelections(selections);
}

void CodeEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::min(column - 1, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
    setFocus();
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const int left = rightToLeft ? inside.right() - numbersWidth() : inside.left();
    m_numbers->setGeometry(left, inside.top(), numbersWidth(), inside.height());
}

bool CodeEditor::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QTextCursor at = cursorForPosition(viewport()->mapFromParent(help->pos()));
    for (const Mark &mark : std::as_const(m_marks)) {
        if (at.blockNumber() + 1 == mark.line) {
            QToolTip::showText(help->globalPos(), mark.text, this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

void CodeEditor::paintNumbers(QPaintEvent *event)
{
    QPainter painter(m_numbers);
    painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
    painter.setFont(font());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        const bool current = block.blockNumber() == textCursor().blockNumber();
        painter.setPen(palette().color(current ? QPalette::Text : QPalette::PlaceholderText));
        painter.drawText(QRectF(0, area.top(),
                                m_numbers->width() - fontMetrics().averageCharWidth() / 2.0,
                                fontMetrics().height()),
                         Qt::AlignTrailing, QString::number(block.blockNumber() + 1));
    }
}

} // namespace hubkeeper
