// SPDX-License-Identifier: MIT
#pragma once

#include "tables/encoding/decoder.h"
#include "tables/rows/tablerow.h"

namespace hubkeeper {

struct ParsedRow;

/// Says what is wrong with the rows of a text, one sentence for each place.
class RowFaults
{
public:
    explicit RowFaults(TableSink &sink);

    /// Rows have at least and at most so many cells; more may be empty.
    void setWidths(size_t least, size_t most);

    struct Place
    {
        qint64 row = 0;
        qint64 column = 0;
    };
    /// `shown`: the beginning of what is meant, if the sentence says it.
    void add(TableFaultKind kind, Place place, qint64 line, std::string_view shown = {});
    /// Takes the notes about the bytes of this row, which begins at `position`.
    void addBytes(std::deque<DecodingFault> &notes, qint64 position, const ParsedRow &row,
                  qint64 number, qint64 line);
    /// What headerFaults() found.
    void addHeader(const QList<TableFault> &faults, qint64 line);
    /// Quotes, widths and lengths.
    void addRow(const ParsedRow &row, qint64 number, qint64 line);

private:
    void addLength(std::string_view cell, Place place, qint64 line);
    void addWidths(const ParsedRow &row, qint64 number, qint64 line);

    TableSink &m_sink;
    size_t m_least = 0;
    size_t m_most = 0;
    bool m_saidManyColumns = false;
};

} // namespace hubkeeper
