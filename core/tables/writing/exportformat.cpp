// SPDX-License-Identifier: MIT
#include "tables/writing/exportformat.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(ExportFormat::Kind kind)
{
    switch (kind) {
    case ExportFormat::Csv:
        return u"csv"_s;
    case ExportFormat::Xlsx:
        return u"xlsx"_s;
    case ExportFormat::JsonLines:
        return u"jsonl"_s;
    }
    return {};
}

std::optional<ExportFormat> exportFormatOf(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    ExportFormat format;
    if (ending == "tsv"_L1 || ending == "tab"_L1)
        format.separator = u'\t';
    else if (ending == "xlsx"_L1)
        format.kind = ExportFormat::Xlsx;
    else if (ending == "jsonl"_L1 || ending == "ndjson"_L1)
        format.kind = ExportFormat::JsonLines;
    else if (ending != "csv"_L1)
        return std::nullopt;
    return format;
}

} // namespace hubkeeper
