// SPDX-License-Identifier: MIT
#include "records/grid/pinnedtableview.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace hubkeeper {

PinnedTableView::PinnedTableView(QWidget *parent)
    : QTableView(parent)
    , m_header(new QHeaderView(Qt::Horizontal, this))
{
    makeHeader();
}

/// A second header that lies over the first one, in step with it.
void PinnedTableView::makeHeader()
{
    m_header->setObjectName(QStringLiteral("pinnedHeader"));
    m_header->setFocusPolicy(Qt::NoFocus);
    m_header->setSectionsClickable(true);
    m_header->setHighlightSections(false);
    m_header->setSortIndicatorShown(true);
    m_header->setSortIndicator(-1, Qt::AscendingOrder);
    m_header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_header->hide();
    connect(horizontalHeader(), &QHeaderView::sectionResized, this,
            [this](int section, int, int size) {
                if (section < m_header->count())
                    m_header->resizeSection(section, size);
                showHeader();
                viewport()->update();
            });
    connect(m_header, &QHeaderView::sectionResized, this, [this](int section, int, int size) {
        if (size > 0 && horizontalHeader()->sectionSize(section) != size)
            horizontalHeader()->resizeSection(section, size);
    });
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, m_header,
            &QHeaderView::setSortIndicator);
    connect(m_header, &QHeaderView::sortIndicatorChanged, horizontalHeader(),
            &QHeaderView::setSortIndicator);
    connect(m_header, &QHeaderView::sectionPressed, this, &QTableView::selectColumn);
}

void PinnedTableView::setPinned(int columns)
{
    columns = std::max(0, columns);
    if (std::exchange(m_pinned, columns) == columns)
        return;
    showHeader();
    viewport()->update();
    emit pinnedChanged();
}

int PinnedTableView::shownPinned() const
{
    int width = 0;
    int shown = 0;
    const int most = std::min(m_pinned, horizontalHeader()->count());
    for (int column = 0; column < most; ++column) {
        width += columnWidth(column);
        if (width > viewport()->width() * 2 / 3)
            break;
        ++shown;
    }
    return shown;
}

/// Of the strip's start; in a right-to-left table it is the right edge of the viewport.
int PinnedTableView::pinnedLeft(int column) const
{
    int before = 0;
    for (int i = 0; i < column; ++i)
        before += columnWidth(i);
    return isRightToLeft() ? viewport()->width() - before - columnWidth(column) : before;
}

QRect PinnedTableView::pinnedStrip() const
{
    int width = 0;
    const int shown = shownPinned();
    for (int column = 0; column < shown; ++column)
        width += columnWidth(column);
    return {isRightToLeft() ? viewport()->width() - width : 0, 0, width, viewport()->height()};
}

bool PinnedTableView::isScrolled() const
{
    return horizontalScrollBar()->value() != horizontalScrollBar()->minimum();
}

void PinnedTableView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    m_header->setModel(model);
    if (model) {
        connect(model, &QAbstractItemModel::modelReset, m_header, [this] { showHeader(); });
        showHeader();
    }
}

void PinnedTableView::showHeader()
{
    const QRect strip = pinnedStrip();
    const bool isShown = strip.width() > 0 && isScrolled() && model();
    m_header->setVisible(isShown);
    if (!isShown)
        return;
    const int shown = shownPinned();
    const QSignalBlocker quiet(m_header); // It follows here, and leads elsewhere.
    for (int section = 0; section < m_header->count(); ++section) {
        if (m_header->isSectionHidden(section) != (section >= shown))
            m_header->setSectionHidden(section, section >= shown);
        if (section < shown && m_header->sectionSize(section) != columnWidth(section))
            m_header->resizeSection(section, columnWidth(section));
    }
    const QRect above = horizontalHeader()->geometry();
    const int left = isRightToLeft() ? above.right() + 1 - strip.width() : above.left();
    m_header->setGeometry(left, above.top(), strip.width(), above.height());
    m_header->raise();
}

QModelIndex PinnedTableView::indexAt(const QPoint &at) const
{
    if (!model() || !pinnedStrip().contains(at))
        return QTableView::indexAt(at);
    const int row = rowAt(at.y());
    const int shown = shownPinned();
    for (int column = 0; column < shown && row >= 0; ++column) {
        const int left = pinnedLeft(column);
        if (at.x() >= left && at.x() < left + columnWidth(column))
            return model()->index(row, column, rootIndex());
    }
    return {};
}

QRect PinnedTableView::visualRect(const QModelIndex &index) const
{
    const QRect natural = QTableView::visualRect(index);
    if (!natural.isValid() || index.column() >= shownPinned())
        return natural;
    return {pinnedLeft(index.column()), natural.top(), natural.width(), natural.height()};
}

void PinnedTableView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    QScrollBar *bar = horizontalScrollBar();
    const int before = bar->value();
    QTableView::scrollTo(index, hint);
    const int shown = shownPinned();
    if (!index.isValid() || shown == 0)
        return;
    if (index.column() < shown)
        return bar->setValue(before);
    const QRect cell = QTableView::visualRect(index);
    const QRect strip = pinnedStrip();
    const int covered =
        isRightToLeft() ? cell.right() - strip.left() + 1 : strip.right() + 1 - cell.left();
    if (covered > 0)
        bar->setValue(bar->value() - covered);
}

bool PinnedTableView::event(QEvent *event)
{
    const bool extends = event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->modifiers().testFlag(Qt::ShiftModifier);
    const QScopedValueRollback keeps(m_keepsAnchor, m_keepsAnchor || extends);
    return QTableView::event(event);
}

bool PinnedTableView::viewportEvent(QEvent *event)
{
    const auto type = event->type();
    const bool isMouse = type == QEvent::MouseButtonPress || type == QEvent::MouseMove
        || type == QEvent::MouseButtonRelease || type == QEvent::MouseButtonDblClick;
    if (!isMouse)
        return QTableView::viewportEvent(event);
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const QModelIndex at = indexAt(mouse->position().toPoint());
    const bool isPress = type == QEvent::MouseButtonPress;
    const bool extends = mouse->modifiers().testFlag(Qt::ShiftModifier) && m_anchor.isValid();
    if (isPress && !extends && at.isValid())
        m_anchor = at;
    m_target = at;
    bool isTaken = false;
    {
        const QScopedValueRollback keeps(m_keepsAnchor, !isPress || extends);
        isTaken = QTableView::viewportEvent(event);
    }
    m_target = QPersistentModelIndex();
    return isTaken;
}

void PinnedTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    if (!m_keepsAnchor)
        m_anchor = current;
    QTableView::currentChanged(current, previous);
}

/// The rectangle goes from the middle of the cell where the selection begins, which may be
/// scrolled below the pinned ones by now.
void PinnedTableView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex target = m_target.isValid() ? QModelIndex(m_target) : currentIndex();
    const QModelIndex start =
        command.testFlag(QItemSelectionModel::Current) ? QModelIndex(m_anchor) : target;
    if (shownPinned() == 0 || !isScrolled() || !start.isValid() || !target.isValid())
        return QTableView::setSelection(rect, command);
    const QModelIndex first = model()->index(std::min(start.row(), target.row()),
                                             std::min(start.column(), target.column()));
    const QModelIndex last = model()->index(std::max(start.row(), target.row()),
                                            std::max(start.column(), target.column()));
    selectionModel()->select(QItemSelection(first, last), command);
}

QRegion PinnedTableView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region = QTableView::visualRegionForSelection(selection);
    if (isScrolled() && shownPinned() > 0)
        region += pinnedStrip();
    return region;
}

void PinnedTableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dx == 0)
        return;
    if (shownPinned() > 0)
        viewport()->update(); // What is pinned was scrolled along.
    showHeader();
}

void PinnedTableView::updateGeometries()
{
    QTableView::updateGeometries();
    showHeader();
}

void PinnedTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    const QRect strip = pinnedStrip();
    if (!model() || strip.width() == 0 || !event->region().intersects(strip))
        return;
    QPainter painter(viewport());
    if (isScrolled()) {
        painter.setClipRegion(event->region() & strip);
        painter.fillRect(strip, palette().brush(QPalette::Base));
        QStyleOptionViewItem base;
        initViewItemOption(&base);
        const QRect dirty = event->region().boundingRect();
        int row = std::max(0, rowAt(std::max(0, dirty.top())));
        const int rows = model()->rowCount();
        const int shown = shownPinned();
        for (; row < rows && rowViewportPosition(row) <= dirty.bottom(); ++row) {
            for (int column = 0; column < shown; ++column)
                paintCell(painter, base, model()->index(row, column));
        }
        painter.setClipping(false);
    }
    painter.setPen(QPen(palette().color(QPalette::Mid), 2));
    const int edge = isRightToLeft() ? strip.left() : strip.right();
    painter.drawLine(edge, 0, edge, strip.height());
}

/// As QTableView paints its cells.
void PinnedTableView::paintCell(QPainter &painter, const QStyleOptionViewItem &base,
                                const QModelIndex &index)
{
    QStyleOptionViewItem option = base;
    option.rect = visualRect(index);
    if (alternatingRowColors() && index.row() % 2 == 1)
        option.features |= QStyleOptionViewItem::Alternate;
    if (selectionModel()->isSelected(index))
        option.state |= QStyle::State_Selected;
    if (index == currentIndex() && hasFocus())
        option.state |= QStyle::State_HasFocus;
    const auto group = isActiveWindow() ? QPalette::Active : QPalette::Inactive;
    option.palette.setCurrentColorGroup(isEnabled() ? group : QPalette::Disabled);
    style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &option, &painter, this);
    itemDelegateForIndex(index)->paint(&painter, option, index);
    if (!showGrid())
        return;
    QStyleOptionViewItem asked = base;
    const int hint = style()->styleHint(QStyle::SH_Table_GridLineColor, &asked, this);
    painter.setPen(QPen(QColor::fromRgba(static_cast<QRgb>(hint)), 0, gridStyle()));
    const QRect cell = option.rect.adjusted(0, 0, 1, 1);
    painter.drawLine(cell.bottomLeft(), cell.bottomRight());
    painter.drawLine(cell.topRight(), cell.bottomRight());
}

} // namespace hubkeeper
