// SPDX-License-Identifier: MIT
#include "widgets/actionbutton.h"

namespace hubkeeper {

QToolButton *buttonFor(QAction *action, Qt::ToolButtonStyle style, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace hubkeeper
