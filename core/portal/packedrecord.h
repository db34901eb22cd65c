// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

#include <memory>
#include <vector>

namespace hubkeeper {

/// A record whose values are one byte string: for very many of them. What Record holds in
/// kilobytes takes a few hundred bytes here, and is read ten times as fast.
struct PackedRecord
{
    qint64 id = 0;
    qint64 created = -1; ///< Milliseconds since 1970, or -1.
    qint64 updated = -1; ///< Likewise.
    bool archived = false;
    /// Properties that have a value, in the order of PackedColumns: for each the columns that lie
    /// between it and the one before, the size, both as numbers of 7 bits a byte, and the text in
    /// UTF-8.
    QByteArray cells;
};

/// The properties that packed records have, sorted by their UTF-8 names. Does not change: any
/// thread.
class PackedColumns
{
public:
    /// Doubles count once.
    explicit PackedColumns(const QStringList &properties);

    [[nodiscard]] const QStringList &names() const { return m_names; }
    [[nodiscard]] qsizetype size() const { return m_names.size(); }
    /// -1 if it is none of them.
    [[nodiscard]] qsizetype columnOf(std::string_view name) const;
    [[nodiscard]] qsizetype columnOf(const QString &name) const;

private:
    QStringList m_names;
    std::vector<std::string> m_utf8; // In the same order.
};

/// One value of a packed record; points into its bytes.
struct PackedValue
{
    qsizetype column = -1; ///< -1: there are no more.
    QByteArrayView text; ///< UTF-8.
};

/// Goes over the values of a packed record from left to right. Safe on any bytes: what is cut or
/// foreign ends it.
class PackedValues
{
public:
    explicit PackedValues(QByteArrayView cells)
        : m_rest(cells)
    {
    }
    [[nodiscard]] PackedValue next();

private:
    QByteArrayView m_rest;
    qsizetype m_column = -1;
};

/// Packs the values of one record, which come in any order. The texts have to last until pack().
class CellPacker
{
public:
    void add(qsizetype column, std::string_view text);
    /// Empty again afterwards.
    [[nodiscard]] QByteArray pack();

private:
    std::vector<std::pair<qsizetype, std::string_view>> m_cells;
    bool m_isSorted = true;
};

/// Properties that are not among the columns are left out, null ones too. Nothing if the id is not
/// a number.
[[nodiscard]] std::optional<PackedRecord> packed(const Record &record,
                                                 const PackedColumns &columns);
/// Columns without a value are null in it.
[[nodiscard]] Record unpacked(const PackedRecord &record, const PackedColumns &columns);

/// A page of a list or of a batch read.
struct PackedPage
{
    std::vector<PackedRecord> records;
    QString after; ///< Opaque cursor of the next page; empty on the last one.
};

/// Reads pages. Keep one for many pages: it keeps its memory. One thread.
class PackedPageReader
{
public:
    /// `columns` has to outlive it.
    explicit PackedPageReader(const PackedColumns &columns);
    ~PackedPageReader();

    /// BadReply if it is not JSON, or a record has no id that is a number.
    [[nodiscard]] Result<PackedPage> read(const QByteArray &json);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
