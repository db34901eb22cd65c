// SPDX-License-Identifier: MIT
#pragma once

#include <QToolButton>

namespace hubkeeper {

/// A button for an action that the Tab key reaches.
[[nodiscard]] QToolButton *buttonFor(QAction *action, Qt::ToolButtonStyle style, QWidget *parent);

} // namespace hubkeeper
