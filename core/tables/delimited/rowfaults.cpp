// SPDX-License-Identifier: MIT
#include "tables/delimited/rowfaults.h"

#include "tables/delimited/rowparser.h"
#include "tables/rows/tablestext.h"
#include "tables/shape/celltype.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString shownBytes(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex(' ').toUpper());
}

/// The beginning, short enough for a sentence.
QString excerpt(std::string_view text)
{
    QString shown = QString::fromUtf8(text.data(), qsizetype(std::min<size_t>(text.size(), 240)));
    shown = shown.simplified();
    return shown.size() > 60 ? shown.first(59) + u'…' : shown;
}

QString sentenceFor(TableFaultKind kind, const QString &shown)
{
    switch (kind) {
    case TableFaultKind::ByteOrderMark:
        return TablesText::tr("There is a byte order mark inside the file, as if two files had "
                              "been joined. It was left out.");
    case TableFaultKind::StrayQuote:
        return TablesText::tr("There is a quote inside the cell that is not doubled. It was read "
                              "as a letter.");
    case TableFaultKind::TextAfterQuote:
        return TablesText::tr("There is text after the closing quote. It was added to the cell.");
    case TableFaultKind::UnclosedQuote:
        return TablesText::tr("The quote that opens this cell is never closed. It was left out.");
    case TableFaultKind::Preamble:
        return TablesText::tr("This line above the header is not part of the table and was left "
                              "out: %1")
            .arg(shown);
    case TableFaultKind::Comment:
        return TablesText::tr("This line is a comment and was left out: %1").arg(shown);
    case TableFaultKind::Empty:
        return TablesText::tr("The file has no rows.");
    default:
        return {};
    }
}

QString sentenceFor(const DecodingFault &note, int count)
{
    const QString bytes = shownBytes(note.bytes);
    switch (note.kind) {
    case TableFaultKind::Nul:
        return count == 1 ? TablesText::tr("The cell holds a NUL character.")
                          : TablesText::tr("The cell holds %1 NUL characters.").arg(count);
    case TableFaultKind::LoneSurrogate:
        return TablesText::tr("Half a character (%1) was read as U+FFFD.").arg(bytes);
    default:
        return count == 1
            ? TablesText::tr("Bytes that are not in the file's encoding (%1) were read as U+FFFD.")
                  .arg(bytes)
            : TablesText::tr("In %2 places, bytes that are not in the file's encoding (first %1) "
                             "were read as U+FFFD.")
                  .arg(bytes)
                  .arg(count);
    }
}

} // namespace

RowFaults::RowFaults(TableSink &sink)
    : m_sink(sink)
{
}

void RowFaults::setWidths(size_t least, size_t most)
{
    m_least = least;
    m_most = most;
}

void RowFaults::add(TableFaultKind kind, Place place, qint64 line, std::string_view shown)
{
    m_sink.fault({kind, place.row, place.column, line, sentenceFor(kind, excerpt(shown))});
}

void RowFaults::addBytes(std::deque<DecodingFault> &notes, qint64 position, const ParsedRow &row,
                         qint64 number, qint64 line)
{
    const qint64 end = position + qint64(row.bytes);
    while (!notes.empty() && notes.front().at < end) {
        const DecodingFault note = std::move(notes.front());
        notes.pop_front();
        const auto columnOf = [&](const DecodingFault &one) {
            const auto at = size_t(std::max<qint64>(0, one.at - position));
            const auto after = std::upper_bound(row.begins.begin(), row.begins.end(), at);
            return qint64(std::max<qsizetype>(1, after - row.begins.begin()));
        };
        const qint64 column = columnOf(note);
        int count = 1;
        while (!notes.empty() && notes.front().at < end && notes.front().kind == note.kind
               && columnOf(notes.front()) == column) {
            notes.pop_front();
            ++count;
        }
        m_sink.fault({note.kind, number, column, line, sentenceFor(note, count)});
    }
}

void RowFaults::addHeader(const QList<TableFault> &faults, qint64 line)
{
    for (TableFault fault : faults) {
        fault.line = line;
        m_sink.fault(fault);
    }
}

void RowFaults::addRow(const ParsedRow &row, qint64 number, qint64 line)
{
    for (const ParsedRow::QuoteFault &fault : row.faults)
        add(fault.kind, {number, qint64(fault.column) + 1}, line);
    addWidths(row, number, line);
    for (size_t i = 0; i < row.cells.size(); ++i) {
        if (row.cells[i].size() > size_t(hubSpotCharacters))
            addLength(row.cells[i], {number, qint64(i) + 1}, line);
    }
}

void RowFaults::addLength(std::string_view cell, Place place, qint64 line)
{
    const qsizetype characters = QString::fromUtf8(cell.data(), qsizetype(cell.size())).size();
    if (characters > hubSpotCharacters)
        m_sink.fault({TableFaultKind::LongCell, place.row, place.column, line,
                      longCellSentence(characters)});
}

void RowFaults::addWidths(const ParsedRow &row, qint64 number, qint64 line)
{
    const size_t cells = row.cells.size();
    const auto hasText = [](std::string_view cell) { return !trimmed(cell).empty(); };
    if (cells < m_least) {
        m_sink.fault({TableFaultKind::ShortRow, number, qint64(cells) + 1, line,
                      TablesText::tr("The row has %1 of %2 cells.").arg(cells).arg(m_least)});
    } else if (cells > m_most && m_most > 0
               && std::any_of(row.cells.begin() + long(m_most), row.cells.end(), hasText)) {
        m_sink.fault({TableFaultKind::LongRow, number, qint64(m_most) + 1, line,
                      longRowSentence(cells, m_most)});
    }
    const bool isCut = qsizetype(cells) > mostColumns;
    if (qsizetype(cells) <= hubSpotColumns || (m_saidManyColumns && !isCut))
        return;
    m_saidManyColumns = true;
    m_sink.fault({TableFaultKind::ManyColumns, number, qint64(hubSpotColumns) + 1, line,
                  isCut ? TablesText::tr("The row has %1 cells; those after the first 16,384 were "
                                         "left out.")
                              .arg(cells)
                        : manyColumnsSentence(qsizetype(cells))});
}

} // namespace hubkeeper
