// SPDX-License-Identifier: MIT
#include "tables/writing/tablewriter.h"

#include "tables/rows/tablestext.h"
#include "tables/writing/textwriters.h"
#include "tables/writing/xlsxwriter.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Result<std::unique_ptr<TableWriter>> beginWorkbook(const QList<TableColumn> &columns,
                                                   FileSaver file, const QString &workFolder)
{
    if (columns.size() > XlsxWriter::mostColumns)
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("%L1 columns are more than a workbook takes (16,384).")
                        .arg(columns.size()),
                    TablesText::tr("Choose fewer columns, or CSV or JSON Lines."));
    auto folder = std::make_unique<QTemporaryDir>(workFolder + u"/workbook-XXXXXX"_s);
    if (!folder->isValid())
        return fail(ErrorKind::NotSaved,
                    TablesText::tr("Nothing can be written below %1: %2.")
                        .arg(workFolder, folder->errorString()));
    auto writer = std::make_unique<XlsxWriter>(std::move(file), std::move(folder));
    return writer->writeHeading(columns).map(
        [&writer]() -> std::unique_ptr<TableWriter> { return std::move(writer); });
}

} // namespace

Result<std::unique_ptr<TableWriter>> TableWriter::begin(const ExportFormat &format,
                                                        const QList<TableColumn> &columns,
                                                        FileSaver file, const QString &workFolder)
{
    if (format.kind == ExportFormat::Xlsx)
        return beginWorkbook(columns, std::move(file), workFolder);
    if (format.kind == ExportFormat::JsonLines)
        return std::make_unique<JsonLinesWriter>(columns, std::move(file));
    auto writer = std::make_unique<CsvWriter>(format, std::move(file));
    return writer->writeHeading(columns).map(
        [&writer]() -> std::unique_ptr<TableWriter> { return std::move(writer); });
}

} // namespace hubkeeper
