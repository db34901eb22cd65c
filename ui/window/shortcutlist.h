// SPDX-License-Identifier: MIT
#pragma once

#include "window/commandpalette.h"

namespace hubkeeper {

/// Every action with its keys, to look up; a filter finds by name or key.
class ShortcutList final : public QDialog
{
    Q_OBJECT

public:
    /// `more` are keys that belong to no action: what they do, and the keys.
    ShortcutList(const QList<NamedAction> &actions, const QList<QPair<QString, QString>> &more,
                 QWidget *parent);
};

} // namespace hubkeeper
