// SPDX-License-Identifier: MIT
#include "tables/workbook/sheetreader.h"

#include "tables/rows/tablestext.h"
#include "tables/workbook/cellreference.h"
#include "tables/workbook/numbertext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int dataDepth = 2; // worksheet/sheetData
constexpr qint64 mostNamedMerges = 1'000;

/// The text of the element that the reader is at the start of.
QString elementText(QXmlStreamReader &reader)
{
    QString text;
    int depth = 1;
    while (depth > 0 && readNextToken(reader)) {
        if (reader.isStartElement())
            ++depth;
        else if (reader.isEndElement())
            --depth;
        else if (depth == 1 && reader.isCharacters())
            text += reader.text();
    }
    return text;
}

} // namespace

SheetReader::SheetReader(const WorkbookFacts &facts, TakeRow takeRow, TakeFault takeFault)
    : m_facts(facts)
    , m_takeRow(std::move(takeRow))
    , m_takeFault(std::move(takeFault))
{
}

Result<void> SheetReader::read(Package &package, const QString &part)
{
    auto device = package.part(part);
    if (!device)
        return tl::unexpected(device.error());
    QXmlStreamReader reader(device->get());
    bool isInData = false;
    int depth = 0; // What extensions hold is no part of the sheet.
    while (readNextToken(reader)) {
        if (reader.isEndElement()) {
            --depth;
            isInData = isInData && depth >= dataDepth;
        }
        if (!reader.isStartElement())
            continue;
        ++depth;
        if (!isSheetElement(reader))
            continue;
        if (depth == dataDepth)
            isInData = reader.name() == "sheetData"_L1;
        if (isInData && reader.name() == "row"_L1) {
            --depth; // Its end is read with it.
            if (!readRow(reader))
                return {};
        } else if (reader.name() == "mergeCell"_L1) {
            noteMerge(reader.attributes().value("ref"_L1));
        }
    }
    if (reader.hasError())
        return tl::unexpected(partError(package, reader, part));
    return {};
}

bool SheetReader::readRow(QXmlStreamReader &reader)
{
    const QStringView number = reader.attributes().value("r"_L1);
    m_isNumbered = !number.isEmpty();
    const qint64 before = m_number;
    m_column = 0;
    m_number = m_isNumbered ? number.toLongLong() : before + 1;
    if (m_number <= before) {
        m_number = before + 1;
        fault(TableFaultKind::BadCell,
              TablesText::tr("Row \"%1\" comes after row %2 in the file; it was read as row %3.")
                  .arg(number.toString(), QString::number(before), QString::number(m_number)));
    }
    m_cells.clear();
    m_lastColumn = 0;
    int depth = 1;
    while (depth > 0 && readNextToken(reader)) {
        if (reader.isEndElement()) {
            --depth;
        } else if (reader.isStartElement()) {
            if (reader.name() == "c"_L1 && isSheetElement(reader))
                readCell(reader);
            else
                ++depth;
        }
    }
    return reader.hasError() || giveRow();
}

bool SheetReader::giveRow()
{
    while (!m_cells.empty() && m_cells.back().empty())
        m_cells.pop_back();
    if (m_cells.empty())
        return true;
    if (m_number > mostSheetRows) {
        fault(TableFaultKind::ManyRows,
              TablesText::tr("Sheets end with row 1,048,576; what comes after it is left out."));
        return false;
    }
    std::vector<std::string> none;
    while (m_given + 1 < m_number) {
        if (!m_takeRow(++m_given, none))
            return false;
    }
    m_given = m_number;
    return m_takeRow(m_number, m_cells);
}

void SheetReader::placeCell(const QXmlStreamAttributes &attributes)
{
    const QStringView written = attributes.value("r"_L1);
    const auto reference = cellReference(written);
    m_column = reference ? reference->column : m_lastColumn + 1;
    m_isOutside = m_column > qint64(mostColumns);
    if (m_isOutside) {
        fault(TableFaultKind::ManyColumns,
              TablesText::tr("Sheets end with column XFD; the cell %1 was left out.")
                  .arg(written.toString()));
        return;
    }
    if (!written.isEmpty() && !reference)
        fault(TableFaultKind::BadCell,
              TablesText::tr("\"%1\" is not the place of a cell.").arg(written.toString()));
    const bool isFirst = m_cells.empty();
    if (reference && isFirst && !m_isNumbered && reference->row > m_number)
        m_number = reference->row;
    if (reference && reference->column <= m_lastColumn)
        fault(TableFaultKind::BadCell,
              TablesText::tr("The cell %1 comes after column %2 in the file.")
                  .arg(written.toString(), QString::number(m_lastColumn)));
    m_lastColumn = m_column;
    if (qint64(m_cells.size()) < m_column)
        m_cells.resize(size_t(m_column));
}

SheetReader::Cell SheetReader::contentOf(const QXmlStreamAttributes &attributes,
                                         QXmlStreamReader &reader) const
{
    Cell cell;
    cell.type = attributes.value("t"_L1).toString();
    cell.style = size_t(attributes.value("s"_L1).toUInt());
    int depth = 1;
    while (depth > 0 && readNextToken(reader)) {
        if (reader.isEndElement()) {
            --depth;
        } else if (reader.isStartElement()) {
            const QStringView name = reader.name();
            if (name == "v"_L1) {
                cell.hasValue = true;
                cell.value = elementText(reader);
            } else if (name == "is"_L1) {
                cell.hasInlineText = true;
                cell.inlineText = itemText(reader);
            } else {
                cell.hasFormula = cell.hasFormula || name == "f"_L1;
                ++depth;
            }
        }
    }
    return cell;
}

void SheetReader::readCell(QXmlStreamReader &reader)
{
    const QXmlStreamAttributes attributes = reader.attributes();
    placeCell(attributes);
    const Cell cell = contentOf(attributes, reader);
    if (m_isOutside)
        return;
    const bool isEmpty = !cell.hasInlineText && (!cell.hasValue || cell.value.isEmpty());
    if (!isEmpty)
        return setByType(cell);
    if (cell.hasFormula && !(cell.hasValue && cell.type == "str"_L1))
        fault(TableFaultKind::NoStoredValue,
              TablesText::tr("The file does not hold the value of this formula. Open it in a "
                             "spreadsheet and save it there."));
}

void SheetReader::setByType(const Cell &cell)
{
    if (cell.hasInlineText && (cell.type == "inlineStr"_L1 || !cell.hasValue))
        return setText(cell.inlineText);
    if (cell.type == "s"_L1)
        return setShared(cell);
    if (cell.type == "str"_L1 || cell.type == "inlineStr"_L1)
        return setText(withoutEscapes(cell.value));
    if (cell.type == "b"_L1) {
        const QString value = cell.value.trimmed();
        return setText(value == "1"_L1 || value == "true"_L1 ? u"true"_s : u"false"_s);
    }
    if (cell.type == "e"_L1) {
        fault(TableFaultKind::ErrorCell,
              TablesText::tr("The cell holds an error: %1").arg(cell.value));
        return setText(cell.value);
    }
    if (cell.type == "d"_L1) {
        const auto date = isoDateText(cell.value, m_facts.formats.kindOf(cell.style));
        if (!date)
            fault(TableFaultKind::NotADate,
                  TablesText::tr("The cell holds \"%1\", which is not a date.").arg(cell.value));
        return setText(date.value_or(cell.value));
    }
    setNumber(cell);
}

void SheetReader::setNumber(const Cell &cell)
{
    const auto decimal = decimalText(cell.value);
    if (!decimal) {
        fault(TableFaultKind::BadCell,
              TablesText::tr("The cell should hold a number and holds \"%1\".").arg(cell.value));
        return setText(cell.value);
    }
    const NumberKind kind = m_facts.formats.kindOf(cell.style);
    if (kind == NumberKind::Plain)
        return setText(*decimal);
    const DateText date = dateText(cell.value, kind, m_facts.isFrom1904);
    if (!date.isDate)
        fault(TableFaultKind::NotADate,
              TablesText::tr("The cell is formatted as a date, but its number %1 is not a date.")
                  .arg(*decimal));
    setText(date.text);
}

void SheetReader::setShared(const Cell &cell)
{
    bool isNumber = false;
    const qulonglong index = cell.value.trimmed().toULongLong(&isNumber);
    if (!isNumber || index >= m_facts.strings.count()) {
        fault(TableFaultKind::BadCell,
              TablesText::tr("The cell names text %1, which the workbook does not have.")
                  .arg(cell.value));
        return;
    }
    m_cells[size_t(m_column) - 1] = m_facts.strings.at(size_t(index));
}

void SheetReader::setText(const QString &text)
{
    m_cells[size_t(m_column) - 1] = text.toUtf8().toStdString();
}

void SheetReader::noteMerge(QStringView range)
{
    const qsizetype colon = range.indexOf(u':');
    const auto first = cellReference(range.left(colon < 0 ? range.size() : colon));
    if (!first || first->row > m_given || ++m_mergedRanges > mostNamedMerges)
        return; // Below the table they join nothing.
    m_takeFault({TableFaultKind::MergedCells, first->row, first->column, 0,
                 TablesText::tr("The cells %1 are merged: the first has the text, the others are "
                                "empty.")
                     .arg(range.toString())});
}

void SheetReader::fault(TableFaultKind kind, const QString &text)
{
    m_takeFault({kind, m_number, m_column, 0, text});
}

} // namespace hubkeeper
