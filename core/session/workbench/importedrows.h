// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace hubkeeper {

/// Why a row is refused, where its sentence does not matter: for counting.
enum class ImportRefusal {
    None,
    Cells, ///< More cells than the header has.
    Value, ///< A cell cannot be a value of its property.
    NoKey,
    Twin, ///< Another row has the same key.
    Several, ///< Several records have the key.
    Missing, ///< No record has it, and none may be created.
    Exists, ///< A record has it, and none may be updated.
    Contested, ///< Another row finds the same record.
    MergedAway,
    Incomplete, ///< Less than a new record needs.
    Association, ///< A cell names a record that cannot be associated.
};

/// What was made of a row of the table.
struct ImportedRow
{
    enum class Status { Creates, Updates, Unchanged, Refused };

    qint64 number = 0; ///< As TableRow::number.
    QStringList cells; ///< As the file has them.
    Status status = Status::Refused;
    QString id; ///< Of the record, where it is there.
    QString message; ///< Why it is refused, or what to know; may be empty.
    ImportRefusal refusal = ImportRefusal::None;
    int column = -1; ///< Whose cell is refused, from 0; -1: not one cell.
};

/// "create", "update", "unchanged", "refused".
[[nodiscard]] QString nameOf(ImportedRow::Status status);

/// Rows that are refused for one reason.
struct RefusalCount
{
    ImportRefusal refusal = ImportRefusal::None;
    int column = -1; ///< As ImportedRow::column.
    qint64 rows = 0;
};

/// All rows of a table that was checked, in the order of the file; rows without anything are not
/// among them. Read in blocks, by any thread.
class ImportedRows
{
public:
    ImportedRows() = default;
    virtual ~ImportedRows() = default;
    Q_DISABLE_COPY_MOVE(ImportedRows)

    [[nodiscard]] virtual qint64 count() const = 0;
    /// At most `most` rows from the place `first` on, counted from 0. Fails with Storage.
    [[nodiscard]] virtual Result<std::vector<ImportedRow>> read(qint64 first, int most) const = 0;
    /// The places of the rows with this status, ascending. Fails with Storage.
    [[nodiscard]] virtual Result<std::vector<qint64>>
    placesOf(ImportedRow::Status status) const = 0;
    /// The places of rows with a message, ascending. Fails with Storage.
    [[nodiscard]] virtual Result<std::vector<qint64>> placesWithMessage() const = 0;
    /// Why how many rows are refused, most rows first. Fails with Storage.
    [[nodiscard]] virtual Result<std::vector<RefusalCount>> refusals() const = 0;
};

/// All of them, a block at a time, until `visit` returns false. Fails with Storage.
[[nodiscard]] Result<void> visitRows(const ImportedRows &rows,
                                     const std::function<bool(const ImportedRow &)> &visit);

} // namespace hubkeeper
