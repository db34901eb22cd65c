// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace CLI {
class App;
class Error;
} // namespace CLI

namespace hubkeeper::cli {

/// What is wrong with the arguments, and which verb or option may have been meant. Of kind
/// InvalidInput.
[[nodiscard]] Error usageFault(const CLI::App &app, const CLI::Error &thrown,
                               const std::vector<std::string> &arguments);

} // namespace hubkeeper::cli
