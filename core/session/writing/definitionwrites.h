// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "connector/attributewrite.h"
#include "connector/connectorobject.h"
#include "connector/script.h"
#include "session/open/session.h"

#include <functional>

namespace hubkeeper {

// Objects of contactProperties and companyProperties are no records, so no change set holds them.
// They are written one by one, under the same policy and into the same journal.

/// Why the policy does not allow a write of a definition, or nothing: mode, protected properties
/// (the property itself), archiving. Of kind Refused.
[[nodiscard]] std::optional<Error> refusalOfDefinition(const CollectedWrite &write,
                                                       const WritePolicy &policy,
                                                       const RunOptions &options);

/// One write of a definition: guard, then JournaledWrite as a run of its own, whose id `recorded`
/// is reported. Other classes get the connector's refusal. Of `options` reviewed, confirmed, dryRun
/// and note count; a dry run gives the object as it is. Fails as refusalOfDefinition() and
/// JournaledWrite. `session` must outlive the call.
[[nodiscard]] Call<ConnectorObject> *
writeDefinition(Session &session, const CollectedWrite &write, const RunOptions &options,
                const std::function<void(const QString &runId)> &recorded, QObject *parent);

} // namespace hubkeeper
