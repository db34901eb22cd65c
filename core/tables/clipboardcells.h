// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringList>

namespace hubkeeper {

/// The cells of a text from the clipboard, row by row: tabs separate cells; "\r\n", "\n" or "\r"
/// end rows. Rows may differ in length. A last line end is not a row; nothing for the empty text.
///
/// A cell that starts with a quote is quoted only if it is closed before a tab, a line end or the
/// end of the text, its inner quotes are doubled, and it holds a tab, a line end or a quote. Every
/// other quote is a letter of its cell. Line ends inside quotes stay as they are.
[[nodiscard]] QList<QStringList> cellsFromClipboard(const QString &text);

/// The reverse, rows ended by "\n": cellsFromClipboard() gives the same cells back, and so do
/// spreadsheets. Cells with tabs, line ends or quotes are quoted, inner quotes doubled.
[[nodiscard]] QString clipboardTextOf(const QList<QStringList> &rows);

} // namespace hubkeeper
