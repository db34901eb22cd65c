// SPDX-License-Identifier: MIT
#pragma once

#include "tables/writing/cellrisk.h"
#include "tables/writing/tablewriter.h"

namespace hubkeeper {

/// What was written.
struct WrittenTable
{
    QStringList files; ///< In order.
    qint64 rows = 0; ///< Without headings.
    RiskCount risks {0}; ///< By column; of CSV only: what a spreadsheet would do to it.
    qint64 replaced = 0; ///< Cells with half a surrogate pair, written as U+FFFD (not JSON Lines).
};

/// A table in one file, or in parts that each have the heading: "people.csv" or "people-001.csv",
/// "people-002.csv" and so on. A workbook that is full goes on in "people-002.xlsx" by itself.
///
/// A file appears when it is whole. When the table is not finished, or fails, the parts that were
/// there already are removed: all of it or nothing. New files are readable by their owner alone.
/// Parts never take the place of others. Any thread, one at a time.
class TableFiles final
{
public:
    struct Target
    {
        QString path;
        ExportFormat format;
        qint64 rowsPerFile = 0; ///< 0: one file.
        QString workFolder; ///< See TableWriter::begin().
    };

    /// Fails as TableWriter::begin(); with Conflict where a part is there already.
    [[nodiscard]] static Result<TableFiles> begin(Target target, QList<TableColumn> columns);
    TableFiles(TableFiles &&other) noexcept;
    ~TableFiles();

    /// Fails as TableWriter::add().
    [[nodiscard]] Result<void> add(const QStringList &cells);
    /// Whether so many rows more fit on the disks, by what the rows so far took; NotSaved with how
    /// much is missing. Says nothing (success) before the first row.
    [[nodiscard]] Result<void> checkRoom(qint64 moreRows) const;
    [[nodiscard]] Result<WrittenTable> finish();

private:
    TableFiles(Target target, QList<TableColumn> columns);
    [[nodiscard]] Result<void> beginPart();
    [[nodiscard]] Result<void> finishPart();
    [[nodiscard]] QString pathOfPart(qsizetype number) const;
    [[nodiscard]] bool isParted() const { return m_target.rowsPerFile > 0; }

    Target m_target;
    QList<TableColumn> m_columns;
    std::unique_ptr<TableWriter> m_writer;
    qint64 m_rowsInPart = 0;
    WrittenTable m_written;
};

} // namespace hubkeeper
