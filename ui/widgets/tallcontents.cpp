// SPDX-License-Identifier: MIT
#include "widgets/tallcontents.h"

#include <QEvent>
#include <QLayout>

namespace hubkeeper {

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
    const int needed = !layout()->hasHeightForWidth() ? layout()->totalMinimumSize().height()
        : m_height == Least ? layout()->totalMinimumHeightForWidth(width())
                            : layout()->totalHeightForWidth(width());
    if (needed > 0 && std::min(needed, m_most) != minimumHeight())
        setMinimumHeight(std::min(needed, m_most));
}

} // namespace hubkeeper
