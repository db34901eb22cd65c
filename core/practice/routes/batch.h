// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/apicall.h"
#include "practice/state/portalstate.h"

namespace hubkeeper::practice {

/// The "inputs" of a batch, at most `most`; else a 400 with `tooMany` as its message.
[[nodiscard]] Outcome<QJsonArray> batchInputs(const ApiCall &call, int most,
                                              const QString &tooMany);

/// The "inputs" of a batch of records (hubspot-api 5).
[[nodiscard]] Outcome<QJsonArray> recordInputs(const PortalState &state, const ApiCall &call);

/// 400: this id comes twice.
[[nodiscard]] Reply duplicateIds(const QString &id);

/// Refuses an id that is missing or comes twice.
[[nodiscard]] Outcome<void> uniqueIds(const QJsonArray &inputs);

/// The batch envelope: `success`, or 207 with errors (hubspot-api 5).
[[nodiscard]] Reply batchReply(PortalState &state, QJsonArray results, const QJsonArray &errors,
                               int success);

/// The entry that stands for all ids that were not found.
[[nodiscard]] QJsonObject missingIds(ObjectType type, const QStringList &ids);

} // namespace hubkeeper::practice
