// SPDX-License-Identifier: MIT
#pragma once

#include <Qt>

class QAction;
class QToolButton;
class QWidget;

namespace hubkeeper {

/// A button for an action that the Tab key reaches.
[[nodiscard]] QToolButton *buttonFor(QAction *action, Qt::ToolButtonStyle style, QWidget *parent);

} // namespace hubkeeper
