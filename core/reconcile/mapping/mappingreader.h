// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "reconcile/mapping/syncmapping.h"

#include <QJsonArray>

namespace hubkeeper {

/// Reads the list of mappings of config/sync. Fails with InvalidInput only for what is not a list
/// of objects with name, source and target; every other mistake is a reason inside the values.
[[nodiscard]] Result<SyncMappings> readMappings(const QJsonArray &mappings);

/// A script where a mapping has one; nothing if it is not an object with `type`.
[[nodiscard]] std::optional<MappingScript> readScript(const QJsonValue &value);

} // namespace hubkeeper
