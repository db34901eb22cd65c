// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "tables/writing/tablefiles.h"

namespace hubkeeper::cli {

/// The options of `search` for what is written as a table to files.
struct ExportOptions
{
    std::string separator; ///< "comma", "semicolon", "tab"; empty: by the file's ending.
    bool bom = false;
    bool guard = false;
    bool labels = false;
    std::vector<std::string> columns;
    std::vector<std::string> associations;
    qint64 rowsPerFile = 0;

    /// All of them; they are for `output`.
    void addTo(CLI::App &verb, CLI::Option *output);

    /// Whether HubSpot's properties are written, and not the connector's attributes.
    [[nodiscard]] bool isOfProperties() const;
    /// Where a table goes, by --format and else by the ending of `path`; nothing where what is
    /// written is not a table. InvalidInput where the options do not go together.
    [[nodiscard]] Result<std::optional<TableFiles::Target>>
    targetOf(const QString &path, const std::string &format) const;
};

/// What was written, as the result of a verb with --json, and what is worth knowing of it, as
/// messages: parts, cells that a spreadsheet would change or run, characters that were replaced.
void reportTable(const WrittenTable &table, const QStringList &titles, Output &output);

} // namespace hubkeeper::cli
