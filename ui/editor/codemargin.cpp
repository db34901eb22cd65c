// SPDX-License-Identifier: MIT
#include "editor/codemargin.h"

#include "editor/codeeditor.h"
#include "editor/codefolding.h"
#include "widgets/icons.h"
#include "widgets/tones.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString iconNameOf(CodeEditor::MarkKind kind)
{
    switch (kind) {
    case CodeEditor::MarkKind::Info:
        return u"dialog-information"_s;
    case CodeEditor::MarkKind::Warning:
        return u"dialog-warning"_s;
    case CodeEditor::MarkKind::Error:
        return u"dialog-error"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

CodeMargin::CodeMargin(CodeEditor *editor)
    : QWidget(editor)
    , m_editor(editor)
{
}

int CodeMargin::iconWidth() const
{
    return m_editor->showsMarksInMargin() ? m_editor->fontMetrics().height() : 0;
}

int CodeMargin::numberWidth() const
{
    const auto digits = QString::number(std::max(100, m_editor->blockCount())).size();
    return m_editor->fontMetrics().horizontalAdvance(u'9') * int(digits + 1);
}

int CodeMargin::foldWidth() const
{
    return m_editor->folding() ? m_editor->fontMetrics().height() * 3 / 4 : 0;
}

QSize CodeMargin::sizeHint() const
{
    return {iconWidth() + numberWidth() + foldWidth(), 0};
}

void CodeMargin::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
    painter.setFont(m_editor->font());
    const int height = m_editor->fontMetrics().height();
    for (const CodeEditor::VisibleLine &line : m_editor->visibleLines(event->rect())) {
        if (const CodeEditor::Mark *mark = m_editor->worstMark(line.number);
            mark && iconWidth() > 0) {
            const int size = height * 4 / 5;
            icon(iconNameOf(mark->kind))
                .paint(&painter,
                       QRect((iconWidth() - size) / 2, int(line.top) + (height - size) / 2, size,
                             size));
        }
        const bool isCurrent = line.number == m_editor->textCursor().blockNumber();
        painter.setPen(isCurrent ? palette().color(QPalette::Text) : tonesOf(palette()).muted);
        painter.drawText(QRectF(iconWidth(), line.top,
                                numberWidth() - m_editor->fontMetrics().averageCharWidth() / 2.0,
                                height),
                         Qt::AlignRight, QString::number(line.number + 1));
        if (const CodeFolding *folding = m_editor->folding();
            folding && (folding->canFold(line.number) || folding->isFolded(line.number))) {
            paintFold(painter, QRectF(iconWidth() + numberWidth(), line.top, foldWidth(), height),
                      folding->isFolded(line.number));
        }
    }
}

void CodeMargin::paintFold(QPainter &painter, const QRectF &area, bool folded) const
{
    const qreal size = area.width() * 0.28;
    const QPointF middle = area.center();
    QPolygonF arrow;
    if (folded)
        arrow << QPointF(-size / 2, -size) << QPointF(size / 2, 0) << QPointF(-size / 2, size);
    else
        arrow << QPointF(-size, -size / 2) << QPointF(0, size / 2) << QPointF(size, -size / 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(painter.pen().color(), std::max(1.0, size / 3)));
    painter.drawPolyline(arrow.translated(middle));
    painter.restore();
}

void CodeMargin::mousePressEvent(QMouseEvent *event)
{
    const int line = m_editor->lineAt(event->position().toPoint().y());
    const bool isFold = event->position().x() >= iconWidth() + numberWidth();
    if (line < 0)
        return;
    if (isFold && m_editor->folding())
        m_editor->folding()->toggle(line);
    else
        m_editor->goTo(line + 1, 1);
}

bool CodeMargin::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = m_editor->markTexts(m_editor->lineAt(help->pos().y()));
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void CodeMargin::wheelEvent(QWheelEvent *event)
{
    // Scrolling works over the margin, too.
    QCoreApplication::sendEvent(m_editor->viewport(), event);
}

} // namespace hubkeeper
