// SPDX-License-Identifier: MIT
#include "session/idm/entryexport.h"

#include "base/compactjson.h"
#include "session/sessiontext.h"
#include "tables/csv.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

Result<EntryFormat> entryFormatFrom(const QString &name, const QString &path)
{
    const QString word = name.isEmpty() ? path.section(u'.', -1).toLower() : name;
    if (word == "csv"_L1)
        return EntryFormat::Csv;
    if (word == "jsonl"_L1)
        return EntryFormat::JsonLines;
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("The name %1 ends in neither .csv nor .jsonl.").arg(path),
                SessionText::tr("End the name with .csv or .jsonl, or name the format."));
}

EntryExport::EntryExport(FileSaver saver, EntryFormat format)
    : m_saver(std::move(saver))
    , m_format(format)
{
}

Result<EntryExport> EntryExport::begin(const QString &path, EntryFormat format)
{
    auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
    if (!saver)
        return tl::unexpected(saver.error());
    EntryExport begun(std::move(*saver), format);
    if (format == EntryFormat::Csv)
        begun.write(csvLine(auditEntryColumns(), Formulas::Keep));
    return begun;
}

void EntryExport::add(const AuditEntry &entry)
{
    write(m_format == EntryFormat::Csv ? csvLine(auditEntryCells(entry), Formulas::Keep)
                                       : compactJson(auditEntryJson(entry)) + '\n');
}

void EntryExport::write(const QByteArray &line)
{
    if (m_fault)
        return;
    if (const auto written = m_saver.write(line); !written)
        m_fault = written.error();
}

Result<void> EntryExport::commit()
{
    if (m_fault)
        return tl::unexpected(*m_fault);
    return m_saver.commit();
}

} // namespace hubkeeper
