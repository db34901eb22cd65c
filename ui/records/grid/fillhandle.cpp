// SPDX-License-Identifier: MIT
#include "records/grid/fillhandle.h"

#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/grid/selectionedits.h"
#include "widgets/tones.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

using namespace std::chrono_literals;

namespace hubkeeper {

FillHandle::FillHandle(RecordTable &table)
    : QObject(&table)
    , m_table(table)
{
    m_scroll.setInterval(40ms);
    connect(&m_scroll, &QTimer::timeout, this, &FillHandle::scroll);
}

QRect FillHandle::square() const
{
    const auto *model = qobject_cast<RecordTableModel *>(m_table.model());
    const QItemSelectionModel *selection = m_table.selectionModel();
    if (!model || !selection || !m_table.changes() || selection->selection().size() != 1)
        return {};
    const QItemSelectionRange range = selection->selection().constFirst();
    bool isEditable = false;
    for (int column = std::max(1, range.left()); column <= range.right(); ++column)
        isEditable = isEditable || model->isEditable(model->columns().value(column - 1));
    if (!isEditable)
        return {};
    const QRect cell = m_table.visualRect(range.bottomRight());
    const QPoint corner = m_table.isRightToLeft() ? cell.bottomLeft() : cell.bottomRight();
    const bool isCovered =
        range.right() >= m_table.shownPinned() && m_table.pinnedStrip().contains(corner);
    if (isCovered || !m_table.viewport()->rect().contains(corner))
        return {};
    const int side = std::max(6, m_table.fontMetrics().height() / 2) | 1;
    QRect square(0, 0, side, side);
    square.moveCenter(corner);
    return square & m_table.viewport()->rect();
}

void FillHandle::paint(QPainter &painter) const
{
    const Tones tones = tonesOf(m_table.palette());
    if (m_isDragging) {
        painter.setPen(QPen(tones.accent, 2, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(frameOf(m_target).adjusted(1, 1, -1, -1));
    }
    const QRect at = square();
    if (at.isEmpty())
        return;
    painter.setPen(m_table.palette().color(QPalette::Base));
    painter.setBrush(tones.accent);
    painter.drawRect(at.adjusted(0, 0, -1, -1));
}

QRect FillHandle::frameOf(const QRect &cells) const
{
    const auto *model = m_table.model();
    return m_table.visualRect(model->index(cells.top(), cells.left()))
        | m_table.visualRect(model->index(cells.bottom(), cells.right()));
}

void FillHandle::refresh()
{
    const QRect now = square();
    if (now == m_shown)
        return;
    m_table.viewport()->update(m_shown.adjusted(-1, -1, 1, 1));
    m_table.viewport()->update(now.adjusted(-1, -1, 1, 1));
    m_shown = now;
}

bool FillHandle::press(const QMouseEvent &event)
{
    const QPoint at = event.position().toPoint();
    if (event.button() != Qt::LeftButton || !square().contains(at))
        return false;
    m_isDragging = true;
    m_source = m_table.selectedRanges().constFirst();
    m_target = m_source;
    follow(at);
    return true;
}

bool FillHandle::move(const QMouseEvent &event)
{
    const QPoint at = event.position().toPoint();
    if (m_isDragging) {
        follow(at);
        return true;
    }
    const bool isOver = event.buttons() == Qt::NoButton && square().contains(at);
    if (isOver)
        m_table.viewport()->setCursor(Qt::CrossCursor);
    else
        m_table.viewport()->unsetCursor();
    return isOver;
}

bool FillHandle::release(const QMouseEvent &event)
{
    if (!m_isDragging)
        return false;
    const QRect source = m_source;
    const QRect target = m_target;
    cancel();
    if (target != source)
        m_table.edits().fillFrom(source, target, event.modifiers().testFlag(Qt::ControlModifier));
    return true;
}

void FillHandle::cancel()
{
    m_isDragging = false;
    m_scroll.stop();
    m_table.viewport()->unsetCursor();
    m_table.viewport()->update();
}

QRect FillHandle::extended(const QRect &source, QPoint cell)
{
    const int down = cell.y() - source.bottom();
    const int up = source.top() - cell.y();
    const int right = cell.x() - source.right();
    const int left = source.left() - cell.x();
    QRect target = source;
    if (std::max(down, up) >= std::max(right, left)) {
        if (down > 0)
            target.setBottom(cell.y());
        else if (up > 0)
            target.setTop(cell.y());
    } else if (right > 0) {
        target.setRight(cell.x());
    } else if (left > 0) {
        target.setLeft(cell.x());
    }
    return target;
}

void FillHandle::follow(const QPoint &at)
{
    m_at = at;
    const QRect seen = m_table.viewport()->rect();
    const QPoint inside(std::clamp(at.x(), seen.left(), seen.right()),
                        std::clamp(at.y(), seen.top(), seen.bottom()));
    QModelIndex cell = m_table.indexAt(inside);
    if (!cell.isValid() && m_table.model()->rowCount() > 0) // Below the last row.
        cell = m_table.model()->index(m_table.model()->rowCount() - 1,
                                      std::max(0, m_table.columnAt(inside.x())));
    QRect target = extended(m_source, {cell.column(), cell.row()});
    target.setLeft(std::max(target.left(), std::min(1, m_source.left())));
    if (target != m_target) {
        m_target = target;
        m_table.viewport()->update();
    }
    if (!seen.contains(at) && !m_scroll.isActive())
        m_scroll.start();
    else if (seen.contains(at))
        m_scroll.stop();
}

void FillHandle::scroll()
{
    const QRect seen = m_table.viewport()->rect();
    QScrollBar *rows = m_table.verticalScrollBar();
    QScrollBar *columns = m_table.horizontalScrollBar();
    const int step = m_table.isRightToLeft() ? -20 : 20;
    if (m_at.y() > seen.bottom() || m_at.y() < seen.top())
        rows->setValue(rows->value() + (m_at.y() > seen.bottom() ? 1 : -1));
    if (m_at.x() > seen.right() || m_at.x() < seen.left())
        columns->setValue(columns->value() + (m_at.x() > seen.right() ? step : -step));
    follow(m_at);
}

} // namespace hubkeeper
