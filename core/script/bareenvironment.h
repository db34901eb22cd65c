// SPDX-License-Identifier: MIT
#pragma once

#include <QProcessEnvironment>

namespace hubkeeper {

/// What the libraries of a script's process need to be found and to speak the language of the user,
/// nothing else.
[[nodiscard]] QProcessEnvironment bareEnvironment();

} // namespace hubkeeper
