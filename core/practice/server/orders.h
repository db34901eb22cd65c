// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/portalstate.h"

#include <QJsonObject>

namespace hubkeeper::practice {

/// What a portal can be ordered at the start and while it runs, member by member: faults, switches,
/// limits, bounds, clock, tokens, ... (README, Control endpoint). In the order of its members, but
/// reset first. Fails with InvalidInput at the first that is wrong; those before it are done.
[[nodiscard]] Result<void> carryOutAll(PortalState &state, const QJsonObject &orders);

/// The members carryOutAll() knows.
[[nodiscard]] QStringList orderNames();

} // namespace hubkeeper::practice
