// SPDX-License-Identifier: MIT
#include "session/workbench/readimport.h"

#include "session/sessiontext.h"
#include "tables/reading/readtable.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype mostKeptFaults = 1'000;
constexpr qint64 rowsPerReport = 10'000;

bool isBlank(std::string_view cell)
{
    return std::all_of(cell.begin(), cell.end(), [](char letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    });
}

/// How large the rows of the table may become on the disk; workbooks are packed.
qint64 spaceFor(const QString &path)
{
    QFile file(path);
    const bool isPacked = file.open(QIODevice::ReadOnly) && file.peek(2) == "PK";
    return QFileInfo(path).size() * (isPacked ? 15 : 2);
}

class ImportSink final : public TableSink
{
public:
    ImportSink(const ImportRequest &request, const QList<PropertyDefinition> &definitions,
               const ImportReading &reading, ReadImport &read,
               const std::function<void(qint64)> &progress, const std::stop_token &stop)
        : m_request(request)
        , m_definitions(definitions)
        , m_reading(reading)
        , m_read(read)
        , m_progress(progress)
        , m_stop(stop)
    {
    }

    bool begin(const TableFormat &format) override
    {
        m_read.format = format;
        return true;
    }

    bool row(const TableRow &row) override
    {
        if (row.isHeader)
            return makePlan(row);
        if (!m_read.plan) {
            m_outcome =
                fail(ErrorKind::InvalidInput, SessionText::tr("The table has no header."),
                     SessionText::tr("Add a first row with the names of the columns, or say that "
                                     "there is one."));
            return false;
        }
        if (std::all_of(row.cells.begin(), row.cells.end(), isBlank))
            return !m_stop.stop_requested();
        if (m_read.file->count() == mostImportedRows) {
            m_outcome =
                fail(ErrorKind::InvalidInput,
                     SessionText::tr("The table has more than %L1 rows.").arg(mostImportedRows),
                     SessionText::tr("Import it in parts."));
            return false;
        }
        const QByteArray key = m_read.plan->keyIn(row.cells);
        m_outcome = m_read.file->addRow(row.number, key, row.cells,
                                        m_read.plan->refusalOf(row, !key.isEmpty()));
        if (m_read.file->count() % rowsPerReport == 0)
            m_progress(m_read.file->count());
        return m_outcome && !m_stop.stop_requested();
    }

    void fault(const TableFault &fault) override
    {
        ++m_read.faultCount;
        if (m_read.faults.size() < mostKeptFaults)
            m_read.faults.append(fault);
    }

    /// Why the reading was ended, if it was.
    [[nodiscard]] const Result<void> &outcome() const { return m_outcome; }

private:
    bool makePlan(const TableRow &header)
    {
        QStringList columns;
        for (const std::string_view cell : header.cells)
            columns.append(
                m_request.cellText(QString::fromUtf8(cell.data(), qsizetype(cell.size()))));
        const auto mapping = mapColumns(columns, m_definitions, m_request.columns);
        auto plan = mapping.and_then([this](const ColumnMapping &found) {
            return RowPlan::make(m_request, found, m_definitions, m_reading);
        });
        if (plan)
            m_read.plan = std::make_shared<const RowPlan>(*std::move(plan));
        else
            m_outcome = tl::unexpected(plan.error());
        return m_outcome.has_value();
    }

    const ImportRequest &m_request;
    const QList<PropertyDefinition> &m_definitions;
    const ImportReading &m_reading;
    ReadImport &m_read;
    const std::function<void(qint64)> &m_progress;
    const std::stop_token &m_stop;
    Result<void> m_outcome;
};

} // namespace

std::optional<Error> refusalOfSpace(const QString &folder, qint64 needed)
{
    QDir place(folder);
    while (!place.exists() && place.absolutePath() != place.rootPath())
        place.setPath(QFileInfo(place.absolutePath()).path());
    const QStorageInfo disk(place.absolutePath());
    if (!disk.isValid() || disk.bytesAvailable() >= needed)
        return {};
    const QLocale locale = QLocale::c();
    return fail(ErrorKind::NotSaved,
                SessionText::tr("About %1 of disk space are needed in %2, and %3 are free.")
                    .arg(locale.formattedDataSize(needed), folder,
                         locale.formattedDataSize(disk.bytesAvailable())),
                SessionText::tr("Make room, or import the table in parts."))
        .value();
}

Result<ReadImport> readImport(const ImportRequest &request,
                              const QList<PropertyDefinition> &definitions,
                              const ImportReading &reading, const QString &folder,
                              const std::function<void(qint64)> &progress,
                              const std::stop_token &stop)
{
    if (const auto refusal = refusalOfSpace(folder, spaceFor(request.path)))
        return tl::unexpected(*refusal);
    ReadImport read;
    auto file = ImportFile::create(folder);
    if (!file)
        return tl::unexpected(file.error());
    read.file = *std::move(file);
    if (const auto begun = read.file->beginRows(); !begun)
        return tl::unexpected(begun.error());
    ImportSink sink(request, definitions, reading, read, progress, stop);
    const auto done = readTable(request.path, request.table, sink);
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, {});
    if (!sink.outcome())
        return tl::unexpected(sink.outcome().error());
    if (!done)
        return tl::unexpected(done.error());
    if (!read.plan)
        return fail(ErrorKind::InvalidInput, SessionText::tr("The table is empty."),
                    SessionText::tr("Check that it is the right file, or create it again."));
    if (const auto ended = read.file->endRows(read.plan->match()); !ended)
        return tl::unexpected(ended.error());
    return read;
}

} // namespace hubkeeper
