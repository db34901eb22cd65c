// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

#include <functional>

namespace hubkeeper::cli {

/// Writes what a file of a table holds as one JSON document, as it is read:
/// `{encoding, separator, quote, header, sheet, …, rows, faults, refused}` (resources/schemas,
/// import-parse.json). Memory holds a block and the faults, mostFaults of them.
class TableJson final : public TableSink
{
public:
    using Sink = std::function<void(const QByteArray &)>;

    explicit TableJson(Sink sink);

    bool begin(const TableFormat &format) override;
    bool row(const TableRow &row) override;
    void fault(const TableFault &fault) override;
    /// Closes the document. `refused`: why the file was not read, or not to its end.
    void end(const std::optional<Error> &refused);

    [[nodiscard]] qint64 faultCount() const { return m_faultCount; }

    static constexpr qsizetype mostFaults = 100'000; ///< More are counted.

private:
    void writeHead(const TableFormat *format);

    Sink m_sink;
    QByteArray m_block;
    QList<TableFault> m_faults;
    qint64 m_faultCount = 0;
    qint64 m_rows = 0;
    bool m_hasBegun = false;
};

/// A text as JSON, in quotes, with what steers a terminal written as escapes.
void appendJsonText(QByteArray &json, std::string_view text);

} // namespace hubkeeper::cli
