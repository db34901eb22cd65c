// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace hubkeeper {

/// The most UTF-16 units a cell of a workbook takes; Excel calls a file with a longer text damaged.
inline constexpr qsizetype mostInXlsxCell = 32'767;

/// A text in UTF-8 as it has to be handed to a writer that escapes control characters by itself
/// (`_x000D_`, ECMA-376 22.9.2.19): what looks like such an escape, NUL and what XML has no
/// character for are escaped. `text` is well-formed (wellformed.h).
[[nodiscard]] QByteArray xlsxText(const QString &text);

} // namespace hubkeeper
