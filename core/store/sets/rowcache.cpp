// SPDX-License-Identifier: MIT
#include "store/sets/rowcache.h"

namespace hubkeeper {

namespace {

constexpr qsizetype fewestRows = 128;
constexpr qsizetype bytesBesideTexts = 160; // The entry itself and its place in two hashes.

} // namespace

RowCache::Entry::Entry(StoredRow stored, QHash<QString, qint64> &ids)
    : StoredRow(std::move(stored))
    , byId(ids)
{
}

RowCache::Entry::~Entry()
{
    byId.remove(id);
}

RowCache::RowCache(qsizetype mostBytes)
    : m_mostBytesPerRow(mostBytes / fewestRows)
    , m_rows(mostBytes)
{
}

void RowCache::insert(StoredRow row)
{
    const qint64 number = row.row;
    const QString id = row.id;
    const qsizetype cost =
        std::min(row.cells.size() + id.size() * 4 + bytesBesideTexts, m_mostBytesPerRow);
    m_rows.remove(number); // Before the new entry registers the same id.
    m_rows.insert(number, new Entry(std::move(row), m_byId), cost);
    m_byId.insert(id, number);
}

void RowCache::update(const StoredRow &row)
{
    if (m_rows.contains(row.row))
        insert(row);
}

} // namespace hubkeeper
