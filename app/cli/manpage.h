// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace CLI {
class App;
}

namespace hubkeeper::cli {

/// The man page in troff, ASCII only, from the verbs and options as they are declared.
[[nodiscard]] QByteArray manPage(const CLI::App &app);

} // namespace hubkeeper::cli
