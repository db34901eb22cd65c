// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringList>

namespace hubkeeper::cli {

/// Columns a text takes in a terminal: combining characters none, those of East Asia two.
[[nodiscard]] int columnsOf(QStringView text);

/// The text with blanks after it, or cut with an ellipsis, so that it takes exactly `columns`.
[[nodiscard]] QString fitted(const QString &text, int columns);

/// Foreign text for a terminal: without control characters and those that turn the direction of
/// writing, which could show something else than there is.
[[nodiscard]] QString printable(QString text);

/// The same for bytes of UTF-8 of many lines; tabs and line breaks stay.
[[nodiscard]] QByteArray printable(const QByteArray &text);

/// Widths for a table that fits into `room` columns with two blanks between: each as wide as its
/// longest cell, the widest ones cut first. `room` 0 means no limit.
[[nodiscard]] QList<int> columnWidths(const QList<QStringList> &rows, int room);

/// A line of a table: cells as wide as said, the last one without blanks after it. Wider cells are
/// cut only if `cuts`.
[[nodiscard]] QString lineOf(const QStringList &cells, const QList<int> &widths, bool cuts);

} // namespace hubkeeper::cli
