// SPDX-License-Identifier: MIT
#pragma once

#include "practice/state/answers.h"

namespace hubkeeper::practice {

/// A random text for X-Practice-Token. Not from a seed: a token others could guess protects
/// nothing.
[[nodiscard]] QByteArray randomToken();

/// Why a request of the control endpoint is not taken: no loopback Host (421), or the header
/// X-Practice-Token is not `token` (403). Nothing if it is taken.
[[nodiscard]] std::optional<Reply> refusedControl(const Received &request, const QByteArray &token);

} // namespace hubkeeper::practice
