// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QRect>
#include <QTimer>

class QMouseEvent;
class QPainter;

namespace hubkeeper {

class RecordTable;

/// The small square at the corner of what is selected: dragged down, across or up, the cells on the
/// way get what is selected, over and over; with Ctrl, numbers and days go on counting. A frame
/// shows which cells those are; Esc ends it without doing anything.
class FillHandle final : public QObject
{
    Q_OBJECT

public:
    explicit FillHandle(RecordTable &table);

    [[nodiscard]] bool isDragging() const { return m_isDragging; }
    /// Where the square is, in the viewport; empty where there is none.
    [[nodiscard]] QRect square() const;
    void paint(QPainter &painter) const;
    /// The selection, or what is seen of it, is another one.
    void refresh();

    // True if the event was its own.
    [[nodiscard]] bool press(const QMouseEvent &event);
    [[nodiscard]] bool move(const QMouseEvent &event);
    [[nodiscard]] bool release(const QMouseEvent &event);
    void cancel();

    /// What would be filled from `source` (x and width are columns) with the mouse over a cell,
    /// `source` included: beyond one edge of it only.
    [[nodiscard]] static QRect extended(const QRect &source, QPoint cell);

private:
    [[nodiscard]] QRect frameOf(const QRect &cells) const;
    void follow(const QPoint &at);
    void scroll();

    RecordTable &m_table;
    bool m_isDragging = false;
    QPoint m_at; // The mouse.
    QRect m_source;
    QRect m_target;
    QRect m_shown; // The square as it was painted last.
    QTimer m_scroll;
};

} // namespace hubkeeper
