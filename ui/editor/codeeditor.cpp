// SPDX-License-Identifier: MIT
#include "editor/codeeditor.h"

#include "editor/bracketmatch.h"
#include "editor/codefolding.h"
#include "editor/codemargin.h"
#include "widgets/tones.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostUnderlined = 1000; // More would make every keystroke heavy, and help nobody.
constexpr int mostZoom = 20;

} // namespace

CodeEditor::CodeEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_margin(new CodeMargin(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_usualSize = font().pointSizeF();
    setLayoutDirection(Qt::LeftToRight); // Code is, whatever the language of the window.
    setLineWrapMode(NoWrap);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::placeMargin);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &area, int scrolled) {
        if (scrolled != 0)
            m_margin->scroll(0, scrolled);
        else
            m_margin->update(0, area.y(), m_margin->width(), area.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::showMarks);
    placeMargin();
}

void CodeEditor::showMarksInMargin()
{
    m_marksInMargin = true;
    placeMargin();
}

void CodeEditor::enableFolding()
{
    m_folding = new CodeFolding(this);
    connect(m_folding, &CodeFolding::changed, m_margin, qOverload<>(&QWidget::update));
    placeMargin();
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
    cursor.setPosition(std::min(position, document()->characterCount() - 1));
    setTextCursor(cursor);
    verticalScrollBar()->setValue(scrolled);
    placeMargin();
    showMarks();
}

void CodeEditor::setMarks(const QList<Mark> &marks)
{
    m_marks = marks;
    showMarks();
    m_margin->update();
}

void CodeEditor::showMarks()
{
    QList<QTextEdit::ExtraSelection> selections;
    QTextEdit::ExtraSelection line;
    line.format.setBackground(palette().alternateBase());
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    if (!document()->isEmpty()) // It would cover the placeholder.
        selections.append(line);
    for (qsizetype i = 0; i < std::min<qsizetype>(m_marks.size(), mostUnderlined); ++i)
        addMark(selections, m_marks[i]);
    addBrackets(selections);
    setExtraSelections(selections);
}

void CodeEditor::addMark(QList<QTextEdit::ExtraSelection> &selections, const Mark &mark) const
{
    const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
    if (!block.isValid())
        return;
    const Tones tones = tonesOf(palette());
    QTextEdit::ExtraSelection fault;
    fault.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    fault.format.setUnderlineColor(mark.kind == MarkKind::Error         ? tones.bad
                                       : mark.kind == MarkKind::Warning ? tones.warning
                                                                        : tones.accent);
    fault.cursor = QTextCursor(block);
    const int start = block.position() + std::min(mark.column - 1, block.length() - 1);
    fault.cursor.setPosition(start);
    const int end = std::min(start + std::max(1, mark.length), document()->characterCount() - 1);
    fault.cursor.setPosition(std::max(start, end), QTextCursor::KeepAnchor);
    selections.append(fault);
}

void CodeEditor::addBrackets(QList<QTextEdit::ExtraSelection> &selections) const
{
    const auto pair = bracketsAt(*document(), textCursor().position());
    if (!pair)
        return;
    for (const int position : {pair->first, pair->second}) {
        QTextEdit::ExtraSelection bracket;
        bracket.format.setBackground(
            washed(tonesOf(palette()).accent, palette().color(QPalette::Base)));
        bracket.format.setFontWeight(QFont::Bold);
        bracket.cursor = QTextCursor(document());
        bracket.cursor.setPosition(position);
        bracket.cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
        selections.append(bracket);
    }
}

const CodeEditor::Mark *CodeEditor::worstMark(int line) const
{
    const Mark *worst = nullptr;
    for (const Mark &mark : m_marks) {
        if (mark.line == line + 1 && (!worst || mark.kind > worst->kind))
            worst = &mark;
    }
    return worst;
}

QString CodeEditor::markTexts(int line) const
{
    QStringList texts;
    for (const Mark &mark : m_marks) {
        if (mark.line == line + 1)
            texts.append(mark.text);
    }
    return texts.join(u"\n\n"_s);
}

void CodeEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
    setFocus();
}

QList<CodeEditor::VisibleLine> CodeEditor::visibleLines(const QRect &area) const
{
    QList<VisibleLine> lines;
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        if (!block.isVisible())
            continue;
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > area.bottom())
            break;
        lines.append({block.blockNumber(), place.top()});
    }
    return lines;
}

int CodeEditor::lineAt(int y) const
{
    int found = -1;
    for (const VisibleLine &line : visibleLines(viewport()->rect())) {
        if (line.top <= y)
            found = line.number;
    }
    return found;
}

void CodeEditor::placeMargin()
{
    const int width = m_margin->sizeHint().width();
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), width, inside.height());
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeMargin();
}

void CodeEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_margin)
        placeMargin();
    if (event->type() == QEvent::PaletteChange && m_margin)
        showMarks();
}

void CodeEditor::setZoom(int steps)
{
    m_zoom = std::clamp(steps, -mostZoom / 4, mostZoom);
    QFont sized = font();
    sized.setPointSizeF(std::max(4.0, m_usualSize + m_zoom));
    setFont(sized);
}

bool CodeEditor::zoomByKey(QKeyEvent *event)
{
    if (event->matches(QKeySequence::ZoomIn)
        || (event->modifiers().testFlag(Qt::ControlModifier) && event->key() == Qt::Key_Plus))
        setZoom(m_zoom + 1);
    else if (event->matches(QKeySequence::ZoomOut))
        setZoom(m_zoom - 1);
    else if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_0)
        setZoom(0);
    else
        return false;
    event->accept();
    return true;
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    if (!zoomByKey(event))
        QPlainTextEdit::keyPressEvent(event);
}

void CodeEditor::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QPlainTextEdit::wheelEvent(event);
    setZoom(m_zoom + (event->angleDelta().y() > 0 ? 1 : -1));
    event->accept();
}

void CodeEditor::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (!m_folding)
        return;
    // Behind a folded line: that there is more.
    QPainter painter(viewport());
    painter.setFont(font());
    painter.setPen(tonesOf(palette()).muted);
    for (const VisibleLine &line : visibleLines(event->rect())) {
        if (!m_folding->isFolded(line.number))
            continue;
        const QTextBlock block = document()->findBlockByNumber(line.number);
        const qreal end = block.layout()->lineAt(0).naturalTextWidth() + contentOffset().x()
            + document()->documentMargin();
        painter.drawText(
            QPointF(end + fontMetrics().averageCharWidth(), line.top + fontMetrics().ascent()),
            u"⋯"_s);
    }
}

bool CodeEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isUndo = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
        if (isUndo && !isUndoRedoEnabled()) {
            // Undo is not ours: let the key pass to the window's action.
            event->ignore();
            return false;
        }
        // Zoom belongs to the editor while it has the focus.
        if (key->matches(QKeySequence::ZoomIn) || key->matches(QKeySequence::ZoomOut)
            || (key->modifiers() == Qt::ControlModifier && key->key() == Qt::Key_0)) {
            event->accept();
            return true;
        }
    }
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QTextCursor at = cursorForPosition(viewport()->mapFromParent(help->pos()));
    const QString text = markTexts(at.blockNumber());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

bool CodeEditor::canInsertFromMimeData(const QMimeData *source) const
{
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

} // namespace hubkeeper
