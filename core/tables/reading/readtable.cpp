// SPDX-License-Identifier: MIT
#include "tables/reading/readtable.h"

#include "tables/delimited/delimitedreader.h"
#include "tables/jsonlines/jsonlinesreader.h"
#include "tables/rows/tablestext.h"
#include "tables/workbook/otherformats.h"
#include "tables/workbook/workbookreader.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

Error tooLargeTable(const QString &name)
{
    return fail(ErrorKind::InvalidInput,
                TablesText::tr("%1 is larger than %L2 MB.").arg(name).arg(mostTableBytes >> 20),
                TablesText::tr("Divide it into parts, each with the header."))
        .value();
}

Result<void> readTable(const QString &path, const TableOptions &options, TableSink &sink)
{
    QFile file(path);
    const QFileInfo about(path);
    if (about.isDir())
        return fail(ErrorKind::InvalidInput, TablesText::tr("%1 is a folder.").arg(path));
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(about.exists() ? ErrorKind::InvalidInput : ErrorKind::NotFound,
                    TablesText::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    if (file.isSequential())
        return fail(
            ErrorKind::InvalidInput,
            TablesText::tr("%1 cannot be read twice, which detecting its encoding requires.")
                .arg(path),
            TablesText::tr("Write it to a file first."));
    if (file.size() > mostTableBytes)
        return tl::unexpected(tooLargeTable(path));
    switch (fileKind(file)) {
    case FileKind::Zip:
        file.close();
        return readWorkbook(path, options, sink);
    case FileKind::Other:
        return tl::unexpected(otherKindError(file));
    case FileKind::Text:
        break;
    }
    const bool isJson = !options.separator && !options.encoding && looksLikeJsonLines(file);
    if (isJson)
        return readJsonLines(file, sink);
    const QString suffix = about.suffix().toLower();
    return readDelimited(file, suffix == "tsv"_L1 || suffix == "tab"_L1, options, sink);
}

} // namespace hubkeeper
