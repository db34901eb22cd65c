// SPDX-License-Identifier: MIT
#pragma once

#include "connector/testreport.h"
#include "idm/system/connectorstatus.h"

namespace hubkeeper {

/// How far a connector is on its server, in the order in which the server gets there; what cannot
/// be known before an earlier step succeeds is skipped. Translated.
[[nodiscard]] QList<TestStep> stepsOf(const ConnectorStatus &status);

/// One line: "The connector hubspot is active."
[[nodiscard]] QString headlineOf(const ConnectorStatus &status);

/// What remains of a look at it, for the history.
[[nodiscard]] TestStep::State verdictOf(const ConnectorStatus &status);

} // namespace hubkeeper
