// SPDX-License-Identifier: MIT
#include "overview/tallcontents.h"

#include <QEvent>
#include <QLayout>

namespace hubkeeper {

bool TallContents::event(QEvent *event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        takeHeight();
    return handled;
}

void TallContents::takeHeight()
{
    if (!layout() || !layout()->hasHeightForWidth())
        return;
    const int needed = layout()->totalHeightForWidth(width());
    if (needed > 0 && needed != minimumHeight())
        setMinimumHeight(needed);
}

} // namespace hubkeeper
