// SPDX-License-Identifier: MIT
#include "widgets/tallcontents.h"

#include <QBoxLayout>
#include <QEvent>
#include <QStackedLayout>
#include <QStyle>
#include <QTabBar>
#include <QTabWidget>

#include <algorithm>

namespace hubkeeper {

namespace {

int leastHeight(const QLayout &layout, int width);

int heightOf(const QMargins &margins)
{
    return margins.top() + margins.bottom();
}

/// Of the page that is seen, and what is around it.
int leastHeight(const QTabWidget &tabs, int width)
{
    const QWidget *page = tabs.currentWidget();
    const int frame = tabs.documentMode()
        ? 0
        : tabs.style()->pixelMetric(QStyle::PM_TabBarBaseOverlap, nullptr, &tabs) * 2;
    const int inside = page && page->layout() ? leastHeight(*page->layout(), width)
        : page                                ? page->minimumSizeHint().height()
                                              : 0;
    return tabs.tabBar()->sizeHint().height() + inside + frame;
}

int leastHeight(QWidget &widget, QLayoutItem &item, int width)
{
    int height = 0;
    if (const auto *tabs = qobject_cast<const QTabWidget *>(&widget))
        height = leastHeight(*tabs, width);
    else if (widget.layout())
        height = leastHeight(*widget.layout(), width) + heightOf(widget.contentsMargins());
    else
        return item.hasHeightForWidth() ? item.minimumHeightForWidth(width)
                                        : item.minimumSize().height();
    if (widget.sizePolicy().verticalPolicy() == QSizePolicy::Ignored)
        height = 0;
    return std::clamp(height, widget.minimumHeight(), widget.maximumHeight());
}

int leastHeight(QLayoutItem &item, int width)
{
    if (item.isEmpty())
        return 0;
    if (item.widget())
        return leastHeight(*item.widget(), item, width);
    if (item.layout())
        return leastHeight(*item.layout(), width);
    return item.minimumSize().height();
}

/// What a layout reports itself counts lists in it at the height they would like, as soon as a text
/// beside them wraps. `width` is that of the layout; those of its items are as they are laid out.
int leastHeight(const QLayout &layout, int width)
{
    const auto *stack = qobject_cast<const QStackedLayout *>(&layout);
    const auto *box = qobject_cast<const QBoxLayout *>(&layout);
    const int around = heightOf(layout.contentsMargins());
    if (stack) {
        QLayoutItem *current =
            stack->currentIndex() < 0 ? nullptr : stack->itemAt(stack->currentIndex());
        return around + (current ? leastHeight(*current, width) : 0);
    }
    if (!box)
        return layout.hasHeightForWidth() ? layout.minimumHeightForWidth(width)
                                          : layout.minimumSize().height();
    const bool isColumn =
        box->direction() == QBoxLayout::TopToBottom || box->direction() == QBoxLayout::BottomToTop;
    int height = 0;
    int count = 0;
    for (int at = 0; at < box->count(); ++at) {
        QLayoutItem &item = *box->itemAt(at);
        if (item.isEmpty())
            continue;
        const int laidOut = item.geometry().width() > 0 ? item.geometry().width() : width;
        const int least = leastHeight(item, std::min(laidOut, width));
        height = isColumn ? height + least : std::max(height, least);
        ++count;
    }
    if (isColumn && count > 1)
        height += (count - 1) * std::max(0, box->spacing());
    return height + around;
}

} // namespace

TallContents::TallContents(Height height, QWidget *parent)
    : QWidget(parent)
    , m_height(height)
{
}

bool TallContents::event(QEvent *event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        takeHeight();
    return handled;
}

void TallContents::takeHeight()
{
    if (!layout())
        return;
    const int needed = layout()->hasHeightForWidth() ? heightForWidth(width())
                                                     : layout()->totalMinimumSize().height();
    if (needed > 0 && std::min(needed, m_most) != minimumHeight())
        setMinimumHeight(std::min(needed, m_most));
}

/// A scroll area asks, and makes it no lower.
int TallContents::heightForWidth(int width) const
{
    if (!layout() || m_height == Everything)
        return QWidget::heightForWidth(width);
    return leastHeight(*layout(), width);
}

} // namespace hubkeeper
