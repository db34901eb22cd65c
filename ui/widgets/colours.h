// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace hubkeeper {

/// Which colours the window has.
enum class Colours {
    System, ///< What the desktop reports to Qt.
    Light,
    Dark,
};

/// "system", "light", "dark": for settings and options. Never changes.
[[nodiscard]] QString nameOf(Colours colours);
[[nodiscard]] std::optional<Colours> coloursFrom(const QString &name);

/// Gives the whole program these colours, at once. Light and Dark are our own palettes in the
/// Fusion style, the same on every desktop: some report nothing to Qt about a dark mode.
void applyColours(Colours colours);
[[nodiscard]] bool usesSystemColours();

} // namespace hubkeeper
