// SPDX-License-Identifier: MIT
#pragma once

#include "base/savefile.h"
#include "tables/writing/exportformat.h"

#include <memory>

namespace hubkeeper {

/// Writes the rows of one file, after a heading, to a FileSaver: nothing of it is to be seen before
/// that is committed. Memory holds a row. Any thread, one at a time.
class TableWriter
{
public:
    /// Xlsx keeps rows in files without a name below `workFolder`, which is there, as long as it
    /// writes: up to some twenty times the file. Fails with NotSaved, and with InvalidInput for
    /// more columns than the format takes.
    [[nodiscard]] static Result<std::unique_ptr<TableWriter>>
    begin(const ExportFormat &format, const QList<TableColumn> &columns, FileSaver file,
          const QString &workFolder);
    virtual ~TableWriter() = default;
    Q_DISABLE_COPY_MOVE(TableWriter)

    /// As many cells as columns. A null text is a cell without a value, which JSON Lines
    /// distinguishes from an empty one. Fails with NotSaved; with InvalidInput for a text that the
    /// format cannot hold, and then nothing of the row is written.
    [[nodiscard]] virtual Result<void> add(const QStringList &cells) = 0;
    /// The format takes no more rows in one file.
    [[nodiscard]] virtual bool isFull() const { return false; }
    /// Bytes that what was written so far takes on the disk, files below the work folder included.
    [[nodiscard]] virtual qint64 bytesTaken() const = 0;
    /// Once, after the last row: the file is whole.
    [[nodiscard]] virtual Result<void> finish() = 0;

protected:
    explicit TableWriter(FileSaver file)
        : m_file(std::move(file))
    {
    }

    FileSaver m_file;
};

} // namespace hubkeeper
