// SPDX-License-Identifier: MIT
#include "duplicatetable.h"

#include "base/savefile.h"
#include "interrupt.h"
#include "tables/reading/readtable.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestMappingFile = 1 << 20; // Bytes.
constexpr size_t mostRecords = 20'000'000; // Some 3 GB of memory.

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

/// Puts rows into records.
class RecordSink final : public TableSink
{
public:
    RecordSink(QString mapping, std::optional<MatchKind> kind, DuplicateTable &table)
        : m_mapping(std::move(mapping))
        , m_kind(kind)
        , m_table(table)
    {
    }

    bool begin(const TableFormat & /*format*/) override { return true; }

    bool row(const TableRow &row) override
    {
        if (Interrupt::wasRequested())
            return stop(fail(ErrorKind::Cancelled, u"Stopped before it was finished."_s).value());
        if (!m_records && !start(row))
            return false;
        if (row.isHeader)
            return true;
        if (m_table.rows.size() >= mostRecords)
            return stop(
                fail(ErrorKind::InvalidInput, u"There are more than %1 rows."_s.arg(mostRecords))
                    .value());
        m_records->add(row.cells);
        m_table.rows.push_back(std::uint32_t(row.number));
        if (m_idColumn >= 0)
            m_table.ids.emplace_back(size_t(m_idColumn) < row.cells.size()
                                         ? row.cells[size_t(m_idColumn)]
                                         : std::string_view());
        return true;
    }

    void fault(const TableFault & /*fault*/) override { ++m_table.faults; }

    void freeze() { m_records->freeze(); }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    bool stop(Error error)
    {
        m_error = std::move(error);
        return false;
    }

    /// The first row decides what the columns are.
    bool start(const TableRow &row)
    {
        QStringList headers;
        for (const std::string_view cell : row.cells)
            headers.append(row.isHeader ? textOf(cell) : QString::number(headers.size() + 1));
        m_table.isGuessed = m_mapping.isEmpty();
        const auto columns = m_table.isGuessed ? guessedColumns(headers, m_kind)
                                               : mappedColumns(headers, m_mapping, m_kind);
        if (!columns)
            return stop(columns.error());
        if (const auto comparable = checkComparable(*columns); !comparable)
            return stop(comparable.error());
        m_table.columns = *columns;
        m_idColumn = columns->columnOf(MatchField::RecordId);
        m_records = std::make_shared<ComparableRecords>(*columns);
        m_table.records = m_records;
        return true;
    }

    const QString m_mapping;
    const std::optional<MatchKind> m_kind;
    DuplicateTable &m_table;
    std::shared_ptr<ComparableRecords> m_records;
    qsizetype m_idColumn = -1;
    std::optional<Error> m_error;
};

/// What is said of the columns: the text itself, or that of a file.
Result<QString> mappingText(const QString &mapping)
{
    if (mapping.isEmpty() || mapping.contains(u'=') || mapping.trimmed().startsWith(u'{'))
        return mapping;
    return readFile(mapping, largestMappingFile).map([](const QByteArray &bytes) {
        QString text = QString::fromUtf8(bytes).trimmed();
        if (!text.startsWith(u'{'))
            text.replace(u'\n', u',');
        return text;
    });
}

} // namespace

QString DuplicateTable::nameOf(size_t record) const
{
    return record < ids.size() && !ids[record].empty() ? textOf(ids[record])
                                                       : QString::number(rowOf(record));
}

Result<DuplicateTable> readDuplicateTable(const QString &path, const TableOptions &options,
                                          const QString &mapping, std::optional<MatchKind> kind)
{
    const auto text = mappingText(mapping);
    if (!text)
        return tl::unexpected(text.error());
    DuplicateTable table;
    RecordSink sink(*text, kind, table);
    const auto read = readTable(path, options, sink);
    if (sink.error())
        return tl::unexpected(*sink.error());
    if (!read)
        return tl::unexpected(read.error());
    if (!table.records)
        return fail(ErrorKind::InvalidInput, u"%1 has no rows."_s.arg(QFileInfo(path).fileName()));
    sink.freeze();
    return table;
}

} // namespace hubkeeper::cli
