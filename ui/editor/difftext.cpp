// SPDX-License-Identifier: MIT
#include "editor/difftext.h"

#include "widgets/tones.h"

#include <QFontDatabase>
#include <QPainter>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostMarked = 2000; // Lines with marks inside; more would make scrolling heavy.

QColor toneOf(DiffKind kind, const QPalette &palette)
{
    const Tones tones = tonesOf(palette);
    return kind == DiffKind::Removed ? tones.bad : tones.good;
}

} // namespace

/// The two columns of line numbers beside the text.
class DiffText::Numbers final : public QWidget
{
public:
    explicit Numbers(DiffText *text)
        : QWidget(text)
        , m_text(text)
    {
    }

protected:
    void paintEvent(QPaintEvent *event) override { m_text->paintNumbers(event); }

private:
    DiffText *const m_text;
};

DiffText::DiffText(DiffSide side, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_side(side)
    , m_numbers(new Numbers(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(NoWrap);
    setLayoutDirection(Qt::LeftToRight); // JSON is, whatever the language of the window.
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(side == DiffSide::Both         ? tr("Comparison")
                          : side == DiffSide::Before ? tr("Before")
                                                     : tr("After"));
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &area, int scrolled) {
        if (scrolled != 0)
            m_numbers->scroll(0, scrolled);
        else
            m_numbers->update(0, area.y(), m_numbers->width(), area.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &DiffText::currentHunkChanged);
}

QString DiffText::lineOf(const DiffRow &row) const
{
    if (row.isFiller)
        return {};
    if (row.left > 0)
        return u"  … "_s + tr("%Ln unchanged line(s)", nullptr, row.left);
    const QLatin1StringView sign = row.kind == DiffKind::Removed ? "- "_L1
        : row.kind == DiffKind::Added                            ? "+ "_L1
                                                                 : "  "_L1;
    return sign + row.text;
}

void DiffText::show(const QList<DiffRow> &rows)
{
    m_rows = rows;
    QStringList lines;
    lines.reserve(m_rows.size());
    for (const DiffRow &row : std::as_const(m_rows))
        lines.append(lineOf(row));
    setPlainText(lines.join(u'\n'));
    setViewportMargins(numbersWidth(), 0, 0, 0);
    showChangedParts();
    emit currentHunkChanged();
}

void DiffText::showChangedParts()
{
    QList<QTextEdit::ExtraSelection> parts;
    for (int i = 0; i < int(m_rows.size()) && parts.size() < mostMarked; ++i) {
        const DiffRow &row = m_rows[i];
        if (row.changedLength == 0)
            continue;
        QTextEdit::ExtraSelection part;
        part.format.setFontWeight(QFont::Bold);
        part.format.setFontUnderline(true);
        part.format.setForeground(toneOf(row.kind, palette()));
        part.cursor = QTextCursor(document()->findBlockByNumber(i));
        part.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::MoveAnchor,
                                 row.changedFrom + 2);
        part.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor,
                                 row.changedLength);
        parts.append(part);
    }
    setExtraSelections(parts);
}

int DiffText::currentHunk() const
{
    for (qsizetype i = textCursor().blockNumber(); i < m_rows.size(); ++i) {
        if (m_rows[i].hunk >= 0)
            return m_rows[i].hunk;
    }
    return -1;
}

bool DiffText::isOnHunk() const
{
    const int row = textCursor().blockNumber();
    return row < m_rows.size() && m_rows[row].hunk >= 0;
}

void DiffText::goToLine(int row)
{
    setTextCursor(QTextCursor(document()->findBlockByNumber(std::clamp(row, 0, blockCount() - 1))));
}

void DiffText::goToHunk(int hunk)
{
    const auto first = std::find_if(m_rows.begin(), m_rows.end(),
                                    [hunk](const DiffRow &row) { return row.hunk == hunk; });
    if (first == m_rows.end())
        return;
    goToLine(int(first - m_rows.begin()));
    centerCursor();
}

int DiffText::numbersWidth() const
{
    int last = 100;
    for (const DiffRow &row : m_rows)
        last = std::max({last, row.oldLine, row.newLine});
    const auto digits = QString::number(last).size();
    const int characters = m_side == DiffSide::Both ? int(digits * 2 + 3) : int(digits + 2);
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * characters;
}

void DiffText::paintEvent(QPaintEvent *event)
{
    // The text is painted without a background of its own, so the lines' stand below it.
    QPainter painter(viewport());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        paintRow(painter, QRectF(0, area.top(), viewport()->width(), area.height()),
                 m_rows.value(block.blockNumber()));
    }
    painter.end();
    QPlainTextEdit::paintEvent(event);
}

void DiffText::paintRow(QPainter &painter, const QRectF &area, const DiffRow &row) const
{
    QColor colour = palette().color(QPalette::Base);
    if (row.kind != DiffKind::Same)
        colour = washed(toneOf(row.kind, palette()), colour);
    else if (row.left > 0 || row.isFiller)
        colour = palette().color(QPalette::AlternateBase);
    painter.fillRect(area, colour);
    if (row.isFiller)
        painter.fillRect(area, QBrush(tonesOf(palette()).frame, Qt::BDiagPattern));
}

void DiffText::paintNumbers(QPaintEvent *event)
{
    QPainter painter(m_numbers);
    painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
    painter.setFont(font());
    painter.setPen(tonesOf(palette()).muted);
    const qreal digit = fontMetrics().horizontalAdvance(QLatin1Char('9'));
    const qreal lineHeight = fontMetrics().lineSpacing(); // The last block is taller than its line.
    const bool hasBoth = m_side == DiffSide::Both;
    const qreal width = hasBoth ? (m_numbers->width() - digit) / 2 : m_numbers->width();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        const DiffRow &row = m_rows.value(block.blockNumber());
        const auto draw = [&](int number, qreal left) {
            if (number > 0) {
                painter.drawText(QRectF(left, area.top(), width - digit / 2, lineHeight),
                                 Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
            }
        };
        if (m_side != DiffSide::After)
            draw(row.oldLine, 0);
        if (m_side != DiffSide::Before)
            draw(row.newLine, hasBoth ? width : 0);
    }
}

void DiffText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), numbersWidth(), inside.height());
}

void DiffText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showChangedParts();
}

} // namespace hubkeeper
