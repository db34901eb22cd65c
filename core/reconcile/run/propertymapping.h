// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/run/syncrun.h"

namespace hubkeeper {

/// Lays the properties of the mapping over `target` in their order, then what the assignments of a
/// managed source lay over and take away (facts 28 to 37, 49). `oldTarget` is null for a new one.
[[nodiscard]] Step applyProperties(SyncRun &run, const QString &qualifier,
                                   const QJsonObject &source, const QJsonValue &oldTarget,
                                   QJsonObject &target);

/// The effective assignments of a managed source for this mapping.
[[nodiscard]] QJsonArray assignmentsOf(const SyncMapping &mapping, const QJsonObject &source);

/// Those that the last synchronisation of this mapping kept in lastSync.
[[nodiscard]] QJsonArray assignmentsBefore(const SyncMapping &mapping, const QJsonObject &source);

} // namespace hubkeeper
