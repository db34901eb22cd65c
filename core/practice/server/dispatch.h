// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/portalstate.h"
#include "practice/wire/wire.h"

namespace hubkeeper::practice {

/// Answers one request: control, fault script, OAuth, then the API in the order of checks of
/// hubspot-api 8.2. Every request is logged.
[[nodiscard]] Answer dispatch(PortalState &state, const Received &request,
                              const QByteArray &controlToken);

} // namespace hubkeeper::practice
