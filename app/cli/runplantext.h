// SPDX-License-Identifier: MIT
#pragma once

#include "session/writing/runplan.h"

#include <QJsonObject>

namespace hubkeeper::cli {

/// "4 seconds", "3 minutes".
[[nodiscard]] QString durationText(std::chrono::seconds time);
/// What a run would ask of HubSpot, as --json has it.
[[nodiscard]] QJsonObject planJson(const CallBudget &budget);
/// The same in sentences. `excluded`: rows that are left out.
[[nodiscard]] QStringList planText(const CallBudget &budget, int excluded);

} // namespace hubkeeper::cli
