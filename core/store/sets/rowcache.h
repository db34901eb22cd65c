// SPDX-License-Identifier: MIT
#pragma once

#include "store/sets/recordfile.h"

#include <QCache>

namespace hubkeeper {

/// Rows kept in memory, the ones used last, up to a number of bytes; at least 128 of them however
/// large they are, so that a screen full of rows can be shown.
class RowCache
{
public:
    explicit RowCache(qsizetype mostBytes);

    void insert(StoredRow row);
    /// Only if an older state of the row is there.
    void update(const StoredRow &row);
    /// Null if it is not here; counts as use.
    [[nodiscard]] const StoredRow *row(qint64 row) const { return m_rows.object(row); }
    [[nodiscard]] bool contains(qint64 row) const { return m_rows.contains(row); }
    /// -1 if it is not here.
    [[nodiscard]] qint64 rowOf(const QString &id) const { return m_byId.value(id, -1); }

private:
    /// Takes itself out of the list of ids.
    struct Entry : StoredRow
    {
        Entry(StoredRow stored, QHash<QString, qint64> &ids);
        ~Entry();
        Q_DISABLE_COPY_MOVE(Entry)

        QHash<QString, qint64> &byId;
    };

    const qsizetype m_mostBytesPerRow;
    QHash<QString, qint64> m_byId;
    QCache<qint64, Entry> m_rows;
};

} // namespace hubkeeper
