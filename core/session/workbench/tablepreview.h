// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "tables/rows/tablerow.h"

#include <QMap>

#include <memory>
#include <stop_token>
#include <vector>

namespace hubkeeper {

/// A row of a table for people to look at.
struct PreviewRow
{
    qint64 number = 0; ///< As TableRow::number.
    QStringList cells; ///< As the file has them.
};

/// All rows of a table, for a view that shows any of them, while the table is read and after.
/// The rows lie in a temporary file that only its owner can read and that goes with the object;
/// memory holds 16 bytes a row and the first faults. Where the disk has no room for more rows, or
/// they are more than mostPreviewBytes, the rest is read and counted, but not kept. Any thread.
class TablePreview final
{
public:
    /// `folder` is where the temporary file goes.
    explicit TablePreview(const QString &folder);
    ~TablePreview();
    Q_DISABLE_COPY_MOVE(TablePreview)

    /// Reads the file, in this thread, once. Fails as readTable(), and with Cancelled.
    [[nodiscard]] Result<void> read(const QString &path, const TableOptions &options,
                                    const std::stop_token &stop);

    // What is known so far; it only grows.

    [[nodiscard]] std::optional<TableFormat> format() const;
    [[nodiscard]] QStringList header() const; ///< Empty: there is none.
    [[nodiscard]] qint64 rowCount() const; ///< Rows that are kept, without the header.
    [[nodiscard]] qint64 readCount() const; ///< Rows of the file, without the header.
    [[nodiscard]] int width() const; ///< Cells of the widest row, the header included.
    /// In the order of the file, the first mostPreviewFaults.
    [[nodiscard]] QList<TableFault> faults() const;
    [[nodiscard]] QMap<TableFaultKind, qint64> faultCounts() const; ///< All of them.

    /// At most `count` rows from the place `first` on, counted from 0. Fails with Storage.
    [[nodiscard]] Result<std::vector<PreviewRow>> rows(qint64 first, int count) const;
    /// PreviewRow::number of the row at a place; 0: there is none.
    [[nodiscard]] qint64 numberAt(qint64 place) const;
    /// The place of the row with this number, else of the one that follows, else of the last one;
    /// -1: there is no row.
    [[nodiscard]] qint64 placeOf(qint64 number) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

inline constexpr qint64 mostPreviewBytes = 1LL << 30; ///< Of texts in UTF-8.
inline constexpr qsizetype mostPreviewFaults = 10'000;

/// Reads the table into `preview` on a thread of the pool. Progress: rows so far, of an unknown
/// number; the first within a moment. Fails as TablePreview::read().
[[nodiscard]] Call<void> *readPreview(std::shared_ptr<TablePreview> preview, const QString &path,
                                      const TableOptions &options, QObject *parent);

} // namespace hubkeeper
