// SPDX-License-Identifier: MIT
#include "repair/table/repairtable.h"

#include "repair/recipe/recipecheck.h"
#include "repair/repairtext.h"
#include "tables/reading/readtable.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 rowsBetweenLooks = 256; // At the stop token, and for progress.

QStringList textsOf(const TableRow &row)
{
    QStringList texts;
    for (const std::string_view cell : row.cells)
        texts.append(QString::fromUtf8(cell.data(), qsizetype(cell.size())));
    return texts;
}

/// Titles of a file to be written: in JSON Lines, where they are keys, unlike each other.
QList<TableColumn> writtenColumns(const QStringList &titles, ExportFormat::Kind kind)
{
    QList<TableColumn> columns;
    QSet<QString> taken;
    for (const QString &name : titles) {
        QString title = name;
        for (int number = 2; kind == ExportFormat::JsonLines && taken.contains(title); ++number)
            title = u"%1 (%2)"_s.arg(name, QString::number(number));
        taken.insert(title);
        columns.append({title, false});
    }
    return columns;
}

class RepairingSink final : public TableSink
{
public:
    RepairingSink(const TableRepairRequest &request, RecipeRunner &runner,
                  const std::function<void(const DoubtfulValue &)> &doubtful,
                  const std::function<void(qint64)> &progress, const std::stop_token &stop)
        : m_request(request)
        , m_runner(runner)
        , m_onDoubtful(doubtful)
        , m_progress(progress)
        , m_stop(stop)
    {
    }

    bool begin(const TableFormat &format) override
    {
        m_format = format;
        if (format.headerRow == 0)
            m_failure = fail(ErrorKind::InvalidInput, RepairText::tr("The table has no header."),
                             RepairText::tr("Say in which row it is with --header, or give the "
                                            "columns names."))
                            .value();
        return !m_failure;
    }

    bool row(const TableRow &row) override
    {
        const Result<void> done = row.isHeader ? takeHeader(textsOf(row)) : take(row);
        if (!done)
            m_failure = done.error();
        return !m_failure;
    }

    void fault(const TableFault &) override { ++m_repair.faults; }

    [[nodiscard]] Result<TableRepair> finish()
    {
        if (m_failure)
            return tl::unexpected(*m_failure);
        if (m_files) {
            auto written = m_files->finish();
            if (!written)
                return tl::unexpected(written.error());
            m_repair.written = *written;
        }
        return std::move(m_repair);
    }

private:
    [[nodiscard]] Result<void> takeHeader(const QStringList &titles);
    [[nodiscard]] Result<void> take(const TableRow &row);
    void repair(QStringList &cells, const QString &place);

    const TableRepairRequest &m_request;
    RecipeRunner &m_runner;
    const std::function<void(const DoubtfulValue &)> &m_onDoubtful;
    const std::function<void(qint64)> &m_progress;
    const std::stop_token m_stop;
    TableFormat m_format;
    RepairColumns m_columns;
    std::optional<TableFiles> m_files;
    TableRepair m_repair;
    std::optional<Error> m_failure;
};

Result<void> RepairingSink::takeHeader(const QStringList &titles)
{
    const auto columns = repairColumns(titles, m_request.recipe, m_request.columns);
    if (!columns)
        return tl::unexpected(columns.error());
    m_columns = *columns;
    m_repair.counts = RepairCounts(m_columns.titles);
    if (!m_request.output)
        return {};
    auto format = exportFormatOf(*m_request.output);
    if (!format)
        return fail(
            ErrorKind::InvalidInput,
            RepairText::tr("The ending of %1 is not that of a table.").arg(*m_request.output),
            RepairText::tr("Use .csv, .tsv, .xlsx or .jsonl."));
    if (format->kind == ExportFormat::Csv && format->separator == u','
        && m_format.separator.size() == 1) {
        format->separator = m_format.separator[0];
        format->hasBom = m_format.hasByteOrderMark;
    }
    auto files = TableFiles::begin({*m_request.output, *format, 0, m_request.workFolder},
                                   writtenColumns(m_columns.titles, format->kind));
    if (!files)
        return tl::unexpected(files.error());
    m_files.emplace(std::move(*files));
    return {};
}

void RepairingSink::repair(QStringList &cells, const QString &place)
{
    const QStringList before = cells;
    for (const RepairColumns::Use &use : m_columns.uses) {
        QStringList given;
        for (const qsizetype column : use.from)
            given.append(before[column]);
        QStringList present;
        for (const qsizetype column : use.to)
            present.append(before[column]);
        const RepairedRow row = m_runner.repaired(given, present);
        for (qsizetype i = 0; i < row.values.size(); ++i)
            cells[use.to[i]] = row.values[i];
        m_repair.counts.add(place, use.to, given, present, row);
        if (row.outcome == RepairedValue::Doubtful && m_onDoubtful)
            m_onDoubtful({place, m_columns.titles[use.to.first()], given.join(u" | "_s), row.reason,
                          row.suggestion});
    }
}

Result<void> RepairingSink::take(const TableRow &row)
{
    if (++m_repair.rows % rowsBetweenLooks == 0) {
        if (m_stop.stop_requested())
            return fail(ErrorKind::Cancelled, RepairText::tr("Stopped before it was finished."));
        if (m_progress)
            m_progress(m_repair.rows);
    }
    QStringList cells = textsOf(row);
    const qsizetype width = m_columns.titles.size();
    if (cells.size() > width && m_files)
        return fail(ErrorKind::InvalidInput,
                    RepairText::tr("Row %1 has more cells than the header; they would be lost.")
                        .arg(row.number),
                    RepairText::tr("Correct the row, or say how the file is built with --separator "
                                   "and --quote."));
    while (cells.size() < width)
        cells.append(QString());
    repair(cells, QString::number(row.number));
    if (m_runner.fault())
        return tl::unexpected(*m_runner.fault());
    return m_files ? m_files->add(cells.first(width)) : Result<void>();
}

} // namespace

Result<TableRepair> repairTable(const TableRepairRequest &request,
                                const std::function<void(const DoubtfulValue &)> &doubtful,
                                const std::function<void(qint64)> &progress,
                                const std::stop_token &stop)
{
    const auto runner = checkedRunner(request.recipe, request.settings);
    if (!runner)
        return tl::unexpected(runner.error());
    RepairingSink sink(request, **runner, doubtful, progress, stop);
    const auto read = readTable(request.path, request.table, sink);
    if (!read)
        return tl::unexpected(read.error());
    return sink.finish();
}

} // namespace hubkeeper
