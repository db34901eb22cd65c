// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringList>

namespace hubkeeper {

/// One cell inside a packed row; points into the row's bytes.
struct PackedCell
{
    enum Form { Null, Utf8, Utf16 } form = Null;
    QByteArrayView bytes;

    [[nodiscard]] QString text() const;
};

/// Walks the cells of a packed row from left to right. Safe on any bytes: what is cut or foreign
/// reads as null cells.
class PackedRow
{
public:
    explicit PackedRow(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    [[nodiscard]] PackedCell next();
    /// The cell `column` places further on.
    [[nodiscard]] PackedCell at(qsizetype column);

private:
    QByteArrayView m_rest;
};

/// All texts of a row in one blob: per cell a variable-length number (size * 4 + form), then the
/// bytes. UTF-8, and UTF-16 for texts that are not valid Unicode, so that every QString survives.
[[nodiscard]] QByteArray packRow(const QList<QString> &texts);
[[nodiscard]] QList<QString> unpackRow(QByteArrayView bytes, qsizetype columns);

/// What the quick filter looks into: the folded texts (foldedtext.h) of the id and of every column,
/// each ended by a byte 0xff.
[[nodiscard]] QByteArray foldedRow(const QString &id, const QList<QString> &texts);
[[nodiscard]] QByteArray folded(const QString &text);

} // namespace hubkeeper
