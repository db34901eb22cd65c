// SPDX-License-Identifier: MIT
#include "fillresult.h"

#include "base/savefile.h"
#include "session/workbench/importtable.h"
#include "tables/csv.h"
#include "tables/reading/readtable.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qsizetype filledBytes = 1 << 20;

QString messageOf(const RowChange &row)
{
    QStringList sentences;
    if (row.error)
        sentences.append(row.error->sentence());
    for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
        sentences.append(u"%1 is now \"%2\"."_s.arg(text.key(), text.value()));
    return sentences.join(u' ');
}

/// Writes a result again with what became of its rows.
class FillingSink final : public TableSink
{
public:
    FillingSink(FileSaver &saver, const ChangeSet &changes)
        : m_saver(saver)
        , m_changes(changes)
    {
    }

    bool begin(const TableFormat &format) override
    {
        return format.kind == TableKind::Delimited; // It is written as one.
    }
    void fault(const TableFault &) override { }

    bool row(const TableRow &row) override
    {
        QStringList cells;
        for (const std::string_view cell : row.cells)
            cells.append(QString::fromUtf8(cell.data(), qsizetype(cell.size())));
        if (row.isHeader) {
            m_columns = cells.size();
            m_isResult = cells.size() > 3 && cells.last(3) == importResultColumns();
        } else if (cells.size() == m_columns) {
            fill(cells);
        }
        m_lines += csvLine(cells, Formulas::Keep);
        if (m_lines.size() >= filledBytes)
            m_written = m_saver.write(std::exchange(m_lines, {}));
        return m_isResult && m_written;
    }

    [[nodiscard]] Result<qint64> finish()
    {
        if (!m_isResult)
            return fail(ErrorKind::InvalidInput,
                        u"This is not the result of an import: its last columns are not id, status "
                        "and message."_s);
        if (m_written)
            m_written = m_saver.write(m_lines);
        if (m_written)
            m_written = m_saver.commit();
        return m_written.map([this] { return m_filled; });
    }

private:
    void fill(QStringList &cells)
    {
        QString &id = cells[m_columns - 3];
        if (id.isEmpty() || cells[m_columns - 2] == nameOf(ImportedRow::Status::Refused))
            return;
        std::optional<RowChange> row;
        for (const ObjectType type : allObjectTypes) {
            if (!row)
                row = m_changes.row(type, id);
        }
        if (!row)
            return;
        cells[m_columns - 2] = nameOf(row->state);
        cells[m_columns - 1] = messageOf(*row);
        if (!row->portalId().isEmpty())
            id = row->portalId();
        ++m_filled;
    }

    FileSaver &m_saver;
    const ChangeSet &m_changes;
    QByteArray m_lines;
    Result<void> m_written;
    qsizetype m_columns = 0;
    qint64 m_filled = 0;
    bool m_isResult = false;
};

} // namespace

Result<qint64> fillResult(const QString &path, const ChangeSet &changes)
{
    auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
    if (!saver)
        return tl::unexpected(saver.error());
    TableOptions asWritten;
    asWritten.encoding = u"UTF-8"_s;
    asWritten.separator = u","_s;
    asWritten.quote = u"\""_s;
    asWritten.headerRow = 1;
    FillingSink sink(*saver, changes);
    if (const auto read = readTable(path, asWritten, sink); !read)
        return tl::unexpected(read.error());
    return sink.finish();
}

} // namespace hubkeeper::cli
