// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/state/idmstate.h"
#include "practice/wire/wire.h"

namespace hubkeeper::practice {

/// One request through control, faults, login, checks and its route.
[[nodiscard]] Answer idmDispatch(IdmState &state, const Received &request,
                                 const QByteArray &controlToken);

/// What the web server in front of OpenIDM says of a path that is none of its own.
[[nodiscard]] Answer idmPage(int status);

/// /practice/control and /practice/requests (README); nothing for other paths.
[[nodiscard]] std::optional<Answer> idmControl(IdmState &state, const Received &request,
                                               const QByteArray &controlToken);

} // namespace hubkeeper::practice
