// SPDX-License-Identifier: MIT
#include "tables/writing/xlsxwriter.h"

#include "tables/rows/tablestext.h"
#include "tables/writing/xlsxtext.h"

#include <QFile>
#include <QStorageInfo>
#include <QtEndian>

#include <cstdio>
#include <xlsxwriter.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int widest = 24; // Of a column, in characters.
constexpr uint8_t textFormat = 49; // "@" (ECMA-376 18.8.30).
constexpr qint64 roomToSpare = 16 << 20;
constexpr qint64 roomEvery = 8 << 20; // How often the room on the disk is looked at.
constexpr qint64 bytesPerCell = 48; // `<c r="AB123456" s="1" t="inlineStr"><is><t></t></is></c>`
// Without the extensions of ZIP64, which not every program reads, a sheet has to stay below 4 GiB.
constexpr qint64 mostInSheet = qint64(7) << 29;

/// What the directory of an archive, which is at its end, says of a member: its size unpacked.
std::optional<qint64> unpackedSize(QFile &archive, const QByteArray &member)
{
    constexpr qint64 directory = 64 << 10; // That of a workbook takes some hundred bytes.
    constexpr qsizetype fixedPart = 46; // APPNOTE.TXT 4.3.12: before the name.
    archive.seek(std::max<qint64>(0, archive.size() - directory));
    const QByteArray end = archive.readAll();
    const qsizetype name = end.lastIndexOf(member);
    if (name < fixedPart || end.sliced(name - fixedPart, 4) != "PK\1\2")
        return std::nullopt;
    return qFromLittleEndian<quint32>(end.constData() + name - fixedPart + 24);
}

} // namespace

XlsxWriter::XlsxWriter(FileSaver file, std::unique_ptr<QTemporaryDir> folder)
    : TableWriter(std::move(file))
    , m_folder(std::move(folder))
    , m_folderName(QFile::encodeName(m_folder->path()))
{
    lxw_workbook_options options = {};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = m_folderName.data();
    m_book = workbook_new_opt(QFile::encodeName(bookPath()).constData(), &options);
    m_sheet = m_book ? workbook_add_worksheet(m_book, nullptr) : nullptr;
}

XlsxWriter::~XlsxWriter()
{
    abandon();
}

void XlsxWriter::abandon()
{
    // lxw_workbook_free() leaves the rows' file open, and with it its room on the disk.
    if (m_sheet && m_sheet->optimize_tmpfile)
        std::fclose(std::exchange(m_sheet->optimize_tmpfile, nullptr));
    if (m_book)
        lxw_workbook_free(std::exchange(m_book, nullptr));
    m_sheet = nullptr;
}

QString XlsxWriter::bookPath() const
{
    return m_folder->filePath(u"book.xlsx"_s);
}

Error XlsxWriter::noRoom() const
{
    return fail(ErrorKind::NotSaved,
                TablesText::tr("The workbook could not be written: the disk of %1 is full.")
                    .arg(m_folder->path()),
                TablesText::tr("Make room there, or choose CSV, which needs none beside the file."))
        .value();
}

Result<void> XlsxWriter::writeHeading(const QList<TableColumn> &columns)
{
    if (!m_sheet || !m_sheet->optimize_tmpfile)
        return tl::unexpected(noRoom());
    lxw_format *heading = workbook_add_format(m_book);
    m_textFormat = workbook_add_format(m_book);
    if (!heading || !m_textFormat)
        return tl::unexpected(noRoom());
    format_set_bold(heading);
    format_set_num_format_index(heading, textFormat);
    format_set_num_format_index(m_textFormat, textFormat);
    // One range for all columns: what is before the rows in the sheet then has a known size.
    worksheet_set_column(m_sheet, 0, lxw_col_t(columns.size() - 1), widest, m_textFormat);
    worksheet_freeze_panes(m_sheet, 1, 0);
    for (const TableColumn &column : columns)
        m_titles.append(column.title);
    return writeRow(m_titles, heading);
}

Result<void> XlsxWriter::add(const QStringList &cells)
{
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (cells[i].size() > mostInXlsxCell)
            return fail(ErrorKind::InvalidInput,
                        TablesText::tr("Row %L1 has %L2 characters in column “%3”; a cell of a "
                                       "workbook takes 32,767.")
                            .arg(m_rows + 1)
                            .arg(cells[i].size())
                            .arg(m_titles.value(i)),
                        TablesText::tr("Leave the column out, or choose CSV or JSON Lines."));
    }
    return writeRow(cells, m_textFormat);
}

Result<void> XlsxWriter::writeRow(const QStringList &cells, lxw_format *format)
{
    const qint64 before = m_bytes;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (cells[i].isEmpty())
            continue;
        const QByteArray text = xlsxText(cells[i]);
        const lxw_error wrong = worksheet_write_string(m_sheet, lxw_row_t(m_rows), lxw_col_t(i),
                                                       text.constData(), format);
        if (wrong != LXW_NO_ERROR)
            return fail(ErrorKind::NotSaved,
                        TablesText::tr("Row %L1 could not be written: %2.")
                            .arg(m_rows + 1)
                            .arg(QString::fromUtf8(lxw_strerror(wrong))));
        m_bytes += text.size() + bytesPerCell;
    }
    ++m_rows;
    return before / roomEvery == m_bytes / roomEvery ? Result<void>() : checkWorkFile();
}

/// The library does not look whether its rows reached the disk.
Result<void> XlsxWriter::checkWorkFile()
{
    const bool isWritten =
        std::fflush(m_sheet->optimize_tmpfile) == 0 && std::ferror(m_sheet->optimize_tmpfile) == 0;
    const QStorageInfo disk(m_folder->path());
    if (!isWritten || (disk.isValid() && disk.bytesAvailable() < roomToSpare))
        return tl::unexpected(noRoom());
    return {};
}

bool XlsxWriter::isFull() const
{
    return m_rows >= mostRows || m_bytes > mostInSheet;
}

/// The rows are there twice when the workbook is put together, and then once more, packed.
qint64 XlsxWriter::bytesTaken() const
{
    return 2 * m_bytes + m_bytes / 5;
}

Result<void> XlsxWriter::finish()
{
    lxw_worksheet_write_single_row(m_sheet); // The last one, which it still holds.
    if (const auto written = checkWorkFile(); !written)
        return written;
    const qint64 dataSize = std::ftell(m_sheet->optimize_tmpfile);
    const QStorageInfo disk(m_folder->path());
    if (disk.isValid() && disk.bytesAvailable() < dataSize + dataSize / 5 + roomToSpare)
        return tl::unexpected(noRoom());
    m_sheet = nullptr;
    const lxw_error wrong = workbook_close(std::exchange(m_book, nullptr));
    if (wrong != LXW_NO_ERROR)
        return fail(ErrorKind::NotSaved,
                    TablesText::tr("The workbook could not be put together: %1.")
                        .arg(QString::fromUtf8(lxw_strerror(wrong))),
                    TablesText::tr("Check whether the disk is full."));
    return checkSheet(dataSize).and_then([this] { return handOver(); });
}

/// Whether every byte of the rows came through: a sheet is some hundred bytes larger than its rows.
Result<void> XlsxWriter::checkSheet(qint64 dataSize) const
{
    constexpr qint64 leastAround = 400;
    constexpr qint64 mostAround = 2'000;
    QFile book(bookPath());
    if (!book.open(QIODevice::ReadOnly))
        return tl::unexpected(noRoom());
    const auto size = unpackedSize(book, "xl/worksheets/sheet1.xml");
    if (!size || *size < dataSize + leastAround || *size > dataSize + mostAround)
        return tl::unexpected(noRoom());
    return {};
}

Result<void> XlsxWriter::handOver()
{
    constexpr qint64 block = 1 << 20;
    QFile book(bookPath());
    if (!book.open(QIODevice::ReadOnly))
        return tl::unexpected(noRoom());
    while (!book.atEnd()) {
        const QByteArray bytes = book.read(block);
        if (bytes.isEmpty())
            return fail(ErrorKind::NotSaved,
                        TablesText::tr("The workbook could not be read again: %1.")
                            .arg(book.errorString()));
        if (const auto written = m_file.write(bytes); !written)
            return written;
    }
    return m_file.commit();
}

} // namespace hubkeeper
