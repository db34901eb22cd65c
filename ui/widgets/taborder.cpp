// SPDX-License-Identifier: MIT
#include "widgets/taborder.h"

#include <QWidget>

namespace hubkeeper {

namespace {

/// The widget, or what takes the keyboard in one that is a frame for others.
QList<QWidget *> stopsOf(QWidget *widget)
{
    if (widget->focusPolicy() != Qt::NoFocus)
        return {widget};
    QList<QWidget *> stops;
    const auto inside = widget->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (QWidget *child : inside) {
        if (child->focusPolicy() & Qt::TabFocus)
            stops.append(child);
    }
    return stops;
}

} // namespace

void tabInOrder(const QList<QWidget *> &widgets)
{
    QList<QWidget *> stops;
    for (QWidget *widget : widgets)
        stops += stopsOf(widget);
    for (qsizetype at = 1; at < stops.size(); ++at)
        QWidget::setTabOrder(stops[at - 1], stops[at]);
}

} // namespace hubkeeper
