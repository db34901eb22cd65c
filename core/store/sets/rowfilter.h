// SPDX-License-Identifier: MIT
#pragma once

#include "store/sets/recordset.h"

#include <QSet>

namespace hubkeeper {

/// The quick filter: whether a row shows a text.
///
/// Most columns show what they store: their folded texts are looked into at once. Of the others it
/// works out once which stored values show the text, and compares; only dates have to be shown one
/// by one, and only where a digit is looked for.
class RowFilter
{
public:
    /// `columns` are those of the record set.
    RowFilter(const QStringList &columns, const RowQuery &query);

    /// `folded`: as foldedRow() made it.
    [[nodiscard]] bool takes(QByteArrayView folded) const;

private:
    struct Other
    {
        size_t cell = 0; // Counted as in foldedRow().
        QList<QByteArray> values; // Folded ones that show the text.
        QSet<QByteArray> known; // Folded ones that are shown as something else; others are not.
        bool isList = false;
        QString (*form)(const QString &text) = nullptr; // Null: need not be asked.
    };

    [[nodiscard]] bool takesPlain(std::string_view folded) const;
    [[nodiscard]] bool takes(const Other &other, QByteArrayView cell) const;

    QString m_text;
    QByteArray m_needle;
    std::vector<bool> m_isPlain; // By cell: shown as stored.
    std::vector<Other> m_others; // In the order of the cells.
};

} // namespace hubkeeper
