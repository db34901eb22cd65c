// SPDX-License-Identifier: MIT
#include "widgets/page.h"

namespace hubkeeper {

Page::Page(PageId id, QWidget *parent)
    : QWidget(parent)
    , m_id(id)
{
    setObjectName(nameOf(id));
}

void Page::setConnection(const Connection *connection)
{
    Q_UNUSED(connection)
}

void Page::addToMenus(const Menus &menus)
{
    Q_UNUSED(menus)
}

void Page::showItem(const PlaceItem &item)
{
    Q_UNUSED(item)
}

void Page::focusFilter() { }

void Page::reload() { }

} // namespace hubkeeper
