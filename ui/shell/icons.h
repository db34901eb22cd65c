// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

namespace hubkeeper {

/// One of our own drawings, by its freedesktop-like name ("document-open", "lock"): a file of
/// resources/icons. It is drawn in the palette's text colour of the moment, disabled and selected
/// included, so it follows a change of the colour scheme. An unknown name gives a null icon and a
/// warning in the log.
///
/// Desktop themes are not asked: none has all the drawings needed, a mixture of styles looks
/// ragged, and most themes' icons do not follow the palette.
[[nodiscard]] QIcon icon(const QString &name);

/// The program's own coloured icon.
[[nodiscard]] QIcon programIcon();

} // namespace hubkeeper
