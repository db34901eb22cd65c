// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace hubkeeper {

/// Whether a secret can be one: none of HubSpot's has a blank, a line break or a control character
/// in it, and a server would only say that it is wrong. `words` names it, as "client secret". Fails
/// with InvalidInput: "The client secret ends with a line break.".
[[nodiscard]] Result<void> checkForm(const QString &words, const Secret &secret);

} // namespace hubkeeper
