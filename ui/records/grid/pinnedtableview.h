// SPDX-License-Identifier: MIT
#pragma once

#include <QPersistentModelIndex>
#include <QTableView>

namespace hubkeeper {

/// A table whose first columns stay in sight while the others are scrolled. It is one view: its
/// pinned cells are painted where they stay, and indexAt(), visualRect() and scrollTo() answer for
/// them there, so that selecting, editing, keys, tips and screen readers work as anywhere else.
/// Columns are in the order of the model.
class PinnedTableView : public QTableView
{
    Q_OBJECT

public:
    explicit PinnedTableView(QWidget *parent);

    /// So many columns are pinned.
    void setPinned(int columns);
    [[nodiscard]] int pinned() const { return m_pinned; }
    /// Those of them that leave room for others.
    [[nodiscard]] int shownPinned() const;
    /// Where pinned cells are, in the viewport.
    [[nodiscard]] QRect pinnedStrip() const;
    /// The header above them while others are scrolled.
    [[nodiscard]] QHeaderView *pinnedHeader() const { return m_header; }

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &at) const override;
    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;

signals:
    void pinnedChanged();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;

private:
    void makeHeader();
    void showHeader();
    void paintCell(QPainter &painter, const QStyleOptionViewItem &base, const QModelIndex &index);
    [[nodiscard]] int pinnedLeft(int column) const;
    [[nodiscard]] bool isScrolled() const;

    int m_pinned = 0;
    QHeaderView *m_header;
    QPersistentModelIndex m_anchor; // Where a selection that is extended begins.
    QPersistentModelIndex m_target; // Below the mouse while it selects.
    bool m_keepsAnchor = false;
};

} // namespace hubkeeper
