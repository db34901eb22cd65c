// SPDX-License-Identifier: MIT
#include "fillresult.h"

#include "base/savefile.h"
#include "session/workbench/importtable.h"
#include "tables/reading/readtable.h"
#include "tables/writing/tablefiles.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString messageOf(const RowChange &row)
{
    QStringList sentences;
    if (row.error)
        sentences.append(row.error->sentence());
    for (auto text = row.theirs.cbegin(); text != row.theirs.cend(); ++text)
        sentences.append(u"%1 is now \"%2\"."_s.arg(text.key(), text.value()));
    return sentences.join(u' ');
}

/// The rows about associations, by the record at either end.
QHash<RowKey, QList<RowChange>> linksOf(const ChangeSet &changes)
{
    QHash<RowKey, QList<RowChange>> links;
    for (int i = 0; i < changes.count(); ++i) {
        const RowChange row = changes.at(i);
        if (row.subject != RowSubject::Association || !row.to)
            continue;
        links[{row.type, row.id, RowSubject::Record}].append(row);
        links[{row.to->type, row.to->id, RowSubject::Record}].append(row);
    }
    return links;
}

/// What is told of several changes: the one that needs somebody most.
RowState worseOf(RowState one, RowState other)
{
    constexpr std::array byNeed {RowState::Applied, RowState::Staged,      RowState::Skipped,
                                 RowState::Sending, RowState::Conflicting, RowState::Unknown,
                                 RowState::Failed};
    const auto need = [&byNeed](RowState state) {
        return std::find(byNeed.begin(), byNeed.end(), state);
    };
    return std::max(need(one), need(other)) == need(one) ? one : other;
}

TableOptions asWritten(const QString &path)
{
    const ExportFormat format = exportFormatOf(path).value_or(ExportFormat());
    TableOptions options;
    if (format.kind == ExportFormat::Csv) {
        options.encoding = u"UTF-8"_s;
        options.separator = format.separator;
        options.quote = u"\""_s;
    }
    options.headerRow = 1;
    return options;
}

Error notAResult()
{
    return fail(ErrorKind::InvalidInput,
                u"This is not the result of an import: its last columns are not id, status and "
                "message."_s)
        .value();
}

/// Writes a result again with what became of its rows.
class FillingSink final : public TableSink
{
public:
    FillingSink(const QString &path, const ChangeSet &changes)
        : m_path(path)
        , m_format(exportFormatOf(path).value_or(ExportFormat()))
        , m_changes(changes)
        , m_links(linksOf(changes))
    {
    }

    bool begin(const TableFormat &) override { return true; }
    void fault(const TableFault &) override { }

    bool row(const TableRow &row) override
    {
        QStringList cells;
        for (const std::string_view cell : row.cells)
            cells.append(QString::fromUtf8(cell.data(), qsizetype(cell.size())));
        if (row.isHeader) {
            beginFile(cells);
        } else if (m_file) {
            while (cells.size() < m_columns)
                cells.append(u""_s); // A workbook has no empty cells at the end of a row.
            if (cells.size() == m_columns)
                fill(cells);
            m_written = m_file->add(cells);
        }
        return m_file && m_written;
    }

    [[nodiscard]] Result<qint64> finish()
    {
        if (!m_written)
            return tl::unexpected(m_written.error());
        if (!m_file)
            return tl::unexpected(notAResult());
        return m_file->finish().map([this](const WrittenTable &) { return m_filled; });
    }

private:
    void beginFile(const QStringList &columns)
    {
        if (!isImportResult(columns))
            return;
        m_columns = columns.size();
        QList<TableColumn> titles;
        for (const QString &column : columns)
            titles.append({column, false});
        auto file =
            TableFiles::begin({m_path, m_format, 0, QFileInfo(m_path).absolutePath()}, titles);
        if (file)
            m_file.emplace(*std::move(file));
        else
            m_written = tl::unexpected(file.error());
    }

    void fill(QStringList &cells)
    {
        QString &id = cells[m_columns - 3];
        if (id.isEmpty() || cells[m_columns - 2] == nameOf(ImportedRow::Status::Refused))
            return;
        const auto [record, changes] = changesOf(id);
        if (changes.isEmpty())
            return;
        RowState state = changes.first().state;
        QStringList messages;
        for (const RowChange &change : changes) {
            state = worseOf(state, change.state);
            messages.append(messageOf(change));
        }
        messages.removeAll(QString());
        cells[m_columns - 2] = nameOf(state);
        cells[m_columns - 1] = messages.join(u' ');
        if (record && !record->portalId().isEmpty())
            id = record->portalId();
        ++m_filled;
    }

    /// Of the record with that id, and its associations. Nothing where a contact and a company of
    /// the set have the same one: the result does not say which it means.
    [[nodiscard]] std::pair<std::optional<RowChange>, QList<RowChange>>
    changesOf(const QString &id) const
    {
        std::optional<RowChange> record;
        QList<RowChange> changes;
        int types = 0;
        for (const ObjectType type : allObjectTypes) {
            const auto row = m_changes.row(type, id);
            const QList<RowChange> links = m_links.value({type, id, RowSubject::Record});
            types += row || !links.isEmpty() ? 1 : 0;
            if (row) {
                record = row;
                changes.append(*row);
            }
            changes += links;
        }
        return types == 1 ? std::pair(record, changes)
                          : std::pair(std::optional<RowChange>(), QList<RowChange>());
    }

    const QString m_path;
    const ExportFormat m_format;
    const ChangeSet &m_changes;
    const QHash<RowKey, QList<RowChange>> m_links; // By the record at either end.
    std::optional<TableFiles> m_file; // Nothing: it is not the result of an import.
    Result<void> m_written;
    qsizetype m_columns = 0;
    qint64 m_filled = 0;
};

/// Looks at the header alone.
class HeaderSink final : public TableSink
{
public:
    bool begin(const TableFormat &) override { return true; }
    void fault(const TableFault &) override { }
    bool row(const TableRow &row) override
    {
        QStringList columns;
        for (const std::string_view cell : row.cells)
            columns.append(QString::fromUtf8(cell.data(), qsizetype(cell.size())));
        m_isResult = row.isHeader && isImportResult(columns);
        return false;
    }
    [[nodiscard]] bool isResult() const { return m_isResult; }

private:
    bool m_isResult = false;
};

} // namespace

Result<void> checkResult(const QString &path)
{
    HeaderSink sink;
    if (const auto read = readTable(path, asWritten(path), sink); !read)
        return tl::unexpected(read.error());
    if (!sink.isResult())
        return tl::unexpected(notAResult());
    return FileSaver::begin(path, FileMode::KeepOrPrivate).map([](const FileSaver &) {});
}

Result<qint64> fillResult(const QString &path, const ChangeSet &changes)
{
    FillingSink sink(path, changes);
    if (const auto read = readTable(path, asWritten(path), sink); !read)
        return tl::unexpected(read.error());
    return sink.finish();
}

} // namespace hubkeeper::cli
