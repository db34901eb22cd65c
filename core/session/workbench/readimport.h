// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/importfile.h"
#include "session/workbench/rowplan.h"

#include <stop_token>

namespace hubkeeper {

/// A table whose rows are on the disk, with their keys compared and nothing else decided.
struct ReadImport
{
    TableFormat format;
    QList<TableFault> faults; ///< The first thousand.
    qint64 faultCount = 0;
    std::shared_ptr<const RowPlan> plan;
    std::shared_ptr<ImportFile> file;
    ImportedLinks::Kinds linkKinds; ///< Asked of the portal afterwards.
};

/// Reads the table of `request` into a file below `folder`. Rows without anything are left out. On
/// any thread; memory does not grow with the rows. `progress` is called with the rows so far.
/// Fails with InvalidInput: as readTable(), without a header, over mostImportedRows, as
/// mapColumns() and RowPlan::make(); with NotSaved where the disk has no room for it; with
/// Cancelled.
[[nodiscard]] Result<ReadImport> readImport(const ImportRequest &request,
                                            const QList<PropertyDefinition> &definitions,
                                            const ImportReading &reading, const QString &folder,
                                            const std::function<void(qint64)> &progress,
                                            const std::stop_token &stop);

/// Why `needed` bytes do not fit beside `folder`, or nothing. It need not exist.
[[nodiscard]] std::optional<Error> refusalOfSpace(const QString &folder, qint64 needed);

} // namespace hubkeeper
