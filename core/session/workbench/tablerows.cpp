// SPDX-License-Identifier: MIT
#include "session/workbench/tablerows.h"

#include "session/sessiontext.h"
#include "tables/reading/readtable.h"
#include "tables/writing/formulaguard.h"

#include <algorithm>

namespace hubkeeper {

namespace {

constexpr qsizetype mostKeptFaults = 1'000;

class RowsSink final : public TableSink
{
public:
    RowsSink(bool isGuarded, const std::stop_token &stop)
        : m_isGuarded(isGuarded)
        , m_stop(stop)
    {
    }

    bool begin(const TableFormat &format) override
    {
        rows.format = format;
        return true;
    }

    bool row(const TableRow &row) override
    {
        QStringList cells;
        cells.reserve(qsizetype(row.cells.size()));
        for (const std::string_view cell : row.cells) {
            const QString text = QString::fromUtf8(cell.data(), qsizetype(cell.size()));
            cells.append(m_isGuarded ? unguarded(text) : text);
        }
        if (row.isHeader) {
            rows.header = cells;
            return true;
        }
        const bool isEmpty = std::all_of(cells.begin(), cells.end(), [](const QString &cell) {
            return cell.trimmed().isEmpty();
        });
        if (isEmpty)
            return !m_stop.stop_requested();
        isTooLong = qint64(rows.rows.size()) >= mostImportedRows;
        if (isTooLong)
            return false;
        ImportedRow read;
        read.number = row.number;
        read.cells = cells;
        rows.rows.push_back(std::move(read));
        return !m_stop.stop_requested();
    }

    void fault(const TableFault &fault) override
    {
        if (rows.faults.size() < mostKeptFaults)
            rows.faults.append(fault);
    }

    TableRows rows;
    bool isTooLong = false;

private:
    const bool m_isGuarded;
    const std::stop_token &m_stop;
};

} // namespace

Result<TableRows> readTableRows(const QString &path, const TableOptions &options, bool isGuarded,
                                const std::stop_token &stop)
{
    RowsSink sink(isGuarded, stop);
    if (const auto read = readTable(path, options, sink); !read)
        return tl::unexpected(read.error());
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, {});
    if (sink.isTooLong)
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("The table has more than %1 rows.").arg(mostImportedRows),
                    SessionText::tr("Import it in parts."));
    if (sink.rows.format.headerRow == 0)
        return fail(ErrorKind::InvalidInput, SessionText::tr("The table has no header."),
                    SessionText::tr("Add a first row with the names of the columns, or say that "
                                    "there is one."));
    return std::move(sink.rows);
}

} // namespace hubkeeper
