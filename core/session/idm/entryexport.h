// SPDX-License-Identifier: MIT
#pragma once

#include "base/savefile.h"
#include "idm/reconciliation/auditentry.h"

namespace hubkeeper {

/// How entries are written down.
enum class EntryFormat {
    Csv, ///< With a heading.
    JsonLines, ///< An object a line.
};

/// "csv", "jsonl"; by the ending of the file's name if `name` is empty. Fails with InvalidInput.
[[nodiscard]] Result<EntryFormat> entryFormatFrom(const QString &name, const QString &path);

/// Writes the entries of a run to a file as they come: whole or not at all (FileSaver). A new file
/// is for this user alone, since the entries name people's records.
class EntryExport
{
public:
    /// Fails with NotSaved.
    [[nodiscard]] static Result<EntryExport> begin(const QString &path, EntryFormat format);

    /// A write that fails is remembered, and ends in commit().
    void add(const AuditEntry &entry);
    /// Once, at the end. Fails with NotSaved.
    [[nodiscard]] Result<void> commit();

private:
    EntryExport(FileSaver saver, EntryFormat format);
    void write(const QByteArray &line);

    FileSaver m_saver;
    EntryFormat m_format;
    std::optional<Error> m_fault;
};

} // namespace hubkeeper
