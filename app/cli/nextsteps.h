// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <string>

namespace hubkeeper::cli {

/// What to do with changes that were staged for the connection of `provisioner` or, if `changes`
/// names one, saved as a change set file: the commands that look at them and send them.
[[nodiscard]] QString nextSteps(const std::string &provisioner, const std::string &changes);

} // namespace hubkeeper::cli
