// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <optional>

namespace hubkeeper {

/// How a table of texts is written to a file.
struct ExportFormat
{
    enum Kind {
        Csv, ///< RFC 4180 in UTF-8, with any separator.
        Xlsx, ///< One sheet whose cells are all texts: the only one a spreadsheet leaves as it is.
        JsonLines, ///< An object a row; a cell without a value is null.
    };

    Kind kind = Csv;
    QChar separator = u','; ///< Csv: a comma, a semicolon, a tab; not a quote or a line end.
    bool hasBom = false; ///< Csv: bytes at the start by which Excel knows UTF-8.
    bool isGuarded = false; ///< Csv: with the apostrophes of formulaguard.h.
    bool endsWithCrLf = true; ///< Csv: rows end with CR LF, else with LF.

    bool operator==(const ExportFormat &) const = default;
};

/// "csv", "xlsx", "jsonl".
[[nodiscard]] QString nameOf(ExportFormat::Kind kind);
/// By the ending of a file's name, in any letter case: ".csv", ".tsv" and ".tab" (with tabs),
/// ".xlsx", ".jsonl" and ".ndjson"; nothing for others.
[[nodiscard]] std::optional<ExportFormat> exportFormatOf(const QString &path);

/// One column of a table.
struct TableColumn
{
    QString title; ///< Unlike all others.
    bool isList = false; ///< Texts joined by ";", null for none: an array in JSON Lines.
};

} // namespace hubkeeper
