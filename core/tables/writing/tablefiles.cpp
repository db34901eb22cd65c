// SPDX-License-Identifier: MIT
#include "tables/writing/tablefiles.h"

#include "tables/rows/tablestext.h"
#include "tables/writing/wellformed.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QStringList allWellFormed(QStringList cells)
{
    for (QString &cell : cells)
        cell = wellFormed(std::move(cell));
    return cells;
}

QString folderOfFile(const QString &path)
{
    return QFileInfo(path).absolutePath();
}

} // namespace

TableFiles::TableFiles(Target target, QList<TableColumn> columns)
    : m_target(std::move(target))
    , m_columns(std::move(columns))
{
    m_written.risks = RiskCount(m_columns.size());
}

TableFiles::TableFiles(TableFiles &&other) noexcept = default;

TableFiles::~TableFiles()
{
    if (!m_writer)
        return;
    m_writer.reset();
    for (const QString &path : std::as_const(m_written.files))
        QFile::remove(path);
}

Result<TableFiles> TableFiles::begin(Target target, QList<TableColumn> columns)
{
    TableFiles files(std::move(target), std::move(columns));
    return files.beginPart().map([&files] { return std::move(files); });
}

QString TableFiles::pathOfPart(qsizetype number) const
{
    if (!isParted() && number == 1)
        return m_target.path;
    const QFileInfo whole(m_target.path);
    const QString ending = whole.suffix().isEmpty() ? QString() : u'.' + whole.suffix();
    return m_target.path.chopped(whole.fileName().size())
        + u"%1-%2%3"_s.arg(whole.completeBaseName()).arg(number, 3, 10, QChar(u'0')).arg(ending);
}

Result<void> TableFiles::beginPart()
{
    const QString path = pathOfPart(m_written.files.size() + 1);
    const bool isPart = isParted() || !m_written.files.isEmpty();
    // The last parts of a longer table of before would look as if they were of this one.
    if (isPart && (QFileInfo::exists(path) || QFileInfo(path).isSymLink()))
        return fail(ErrorKind::Conflict,
                    TablesText::tr("%1 is there already, perhaps from another export.").arg(path),
                    TablesText::tr("Move the parts away, or choose another name."));
    auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
    if (!saver)
        return tl::unexpected(saver.error());
    auto writer =
        TableWriter::begin(m_target.format, m_columns, std::move(*saver), m_target.workFolder);
    if (!writer)
        return tl::unexpected(writer.error());
    m_writer = std::move(*writer);
    m_rowsInPart = 0;
    return {};
}

Result<void> TableFiles::finishPart()
{
    return m_writer->finish().map(
        [this] { m_written.files.append(pathOfPart(m_written.files.size() + 1)); });
}

Result<void> TableFiles::add(const QStringList &cells)
{
    const bool isPartFull =
        m_writer->isFull() || (isParted() && m_rowsInPart >= m_target.rowsPerFile);
    if (isPartFull) {
        const auto next = finishPart().and_then([this] { return beginPart(); });
        if (!next)
            return next;
    }
    const qint64 broken = m_target.format.kind == ExportFormat::JsonLines
        ? 0
        : std::count_if(cells.begin(), cells.end(), std::not_fn(isWellFormed));
    const auto added = broken == 0 ? m_writer->add(cells) : m_writer->add(allWellFormed(cells));
    if (!added)
        return added;
    ++m_rowsInPart;
    ++m_written.rows;
    m_written.replaced += broken;
    if (m_target.format.kind == ExportFormat::Csv)
        m_written.risks.add(cells);
    return {};
}

Result<void> TableFiles::checkRoom(qint64 moreRows) const
{
    if (m_rowsInPart == 0)
        return {};
    const qint64 rowsOfFile =
        isParted() ? std::min(moreRows, m_target.rowsPerFile - m_rowsInPart) : moreRows;
    const auto needed = [&](qint64 rows) {
        return qint64(double(m_writer->bytesTaken()) / double(m_rowsInPart) * double(rows));
    };
    const bool isBook = m_target.format.kind == ExportFormat::Xlsx;
    // A finished part of a workbook takes a fifth of its rows, which are there twice meanwhile.
    const QList<std::pair<QString, qint64>> wanted {
        {isBook ? m_target.workFolder : folderOfFile(m_target.path),
         needed(isBook ? rowsOfFile : moreRows)},
        {folderOfFile(m_target.path), isBook ? needed(moreRows) / 11 : 0}};
    for (const auto &[folder, bytes] : wanted) {
        const QStorageInfo disk(folder);
        if (!disk.isValid() || !disk.isReady() || disk.bytesAvailable() >= bytes)
            continue;
        const QLocale locale;
        return fail(ErrorKind::NotSaved,
                    TablesText::tr("The disk of %1 is too full: about %2 are needed, %3 are free.")
                        .arg(folder, locale.formattedDataSize(bytes),
                             locale.formattedDataSize(disk.bytesAvailable())),
                    TablesText::tr("Make room, or choose fewer columns or records."));
    }
    return {};
}

Result<WrittenTable> TableFiles::finish()
{
    return finishPart().map([this] {
        m_writer.reset();
        return std::move(m_written);
    });
}

} // namespace hubkeeper
