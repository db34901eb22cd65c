// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

class QWidget;

namespace hubkeeper {

/// Tab goes through `widgets` in this order, whenever each of them was made; all are in one window.
/// One that takes no focus itself stands for its direct children.
void tabInOrder(const QList<QWidget *> &widgets);

} // namespace hubkeeper
