// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

#include <QHash>
#include <QStringList>

namespace hubkeeper {

/// The properties labelOf() looks at.
[[nodiscard]] QStringList labelProperties(ObjectType type);

/// What people call a record, in the grid, in changes and in the journal: a contact's e-mail
/// address or whole name, a company's name or domain, else `id`.
[[nodiscard]] QString labelOf(ObjectType type, const QHash<QString, QString> &properties,
                              const QString &id);

} // namespace hubkeeper
