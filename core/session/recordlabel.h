// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QStringList>

namespace hubkeeper {

/// The properties people know a record by, the best first.
[[nodiscard]] const QStringList &labelProperties();

/// What people call a record, as the grid does: the first of those that has a value, or `id`.
[[nodiscard]] QString labelOf(const QHash<QString, QString> &properties, const QString &id);

} // namespace hubkeeper
