// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

class QPalette;

namespace hubkeeper {

/// The few colours that are ours, chosen for a palette so that text in them has a contrast of at
/// least 4.5:1 on its base. A tone is never alone: text or an icon's shape says the same.
struct Tones
{
    QColor good;
    QColor warning;
    QColor bad;
    QColor accent; ///< Links, marks, staged values.
    QColor muted; ///< Secondary text.
    QColor frame; ///< Thin lines around cards.
    QColor outline; ///< Of what can be filled in or checked: 3:1 on window and base.
};

[[nodiscard]] Tones tonesOf(const QPalette &palette);
[[nodiscard]] bool isDark(const QPalette &palette);

/// `tone` laid thinly over `base`: for the background of a message or a changed cell.
[[nodiscard]] QColor washed(const QColor &tone, const QColor &base);

} // namespace hubkeeper
