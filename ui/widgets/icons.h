// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

namespace hubkeeper {

/// The desktop's icon of that freedesktop name ("document-open"), else our own drawing of it, a
/// file of resources/icons. Looked up whenever it is drawn, so it follows a change of theme or
/// colours. An unknown name gives a null icon and a warning in the log.
///
/// Our drawings have the palette's text colour, disabled and selected included. The desktop is not
/// asked while the window has colours of its own (colours.h): its icons are made for the others.
[[nodiscard]] QIcon icon(const QString &name);

/// The program's own coloured icon.
[[nodiscard]] QIcon programIcon();

} // namespace hubkeeper
