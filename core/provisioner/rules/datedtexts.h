// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace hubkeeper {

/// The sentences of `resources/rules/dated.json` in UTF-8: lupdate finds them here, since it does
/// not read JSON. translatedRule() gives them in the user's language. Those of a user's own file
/// stay as they are written.
[[nodiscard]] std::span<const char *const> datedTexts();

} // namespace hubkeeper
