// SPDX-License-Identifier: MIT
#include "tables/rows/tablefault.h"

#include "tables/rows/tablestext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(TableFaultKind kind)
{
    switch (kind) {
    case TableFaultKind::Encoding:
        return u"encoding"_s;
    case TableFaultKind::LoneSurrogate:
        return u"loneSurrogate"_s;
    case TableFaultKind::Nul:
        return u"nul"_s;
    case TableFaultKind::ByteOrderMark:
        return u"byteOrderMark"_s;
    case TableFaultKind::ShortRow:
        return u"shortRow"_s;
    case TableFaultKind::LongRow:
        return u"longRow"_s;
    case TableFaultKind::DuplicateHeader:
        return u"duplicateHeader"_s;
    case TableFaultKind::EmptyHeader:
        return u"emptyHeader"_s;
    case TableFaultKind::StrayQuote:
        return u"strayQuote"_s;
    case TableFaultKind::TextAfterQuote:
        return u"textAfterQuote"_s;
    case TableFaultKind::UnclosedQuote:
        return u"unclosedQuote"_s;
    case TableFaultKind::Preamble:
        return u"preamble"_s;
    case TableFaultKind::Comment:
        return u"comment"_s;
    case TableFaultKind::Empty:
        return u"empty"_s;
    case TableFaultKind::ManyColumns:
        return u"manyColumns"_s;
    case TableFaultKind::LongCell:
        return u"longCell"_s;
    case TableFaultKind::ManyRows:
        return u"manyRows"_s;
    case TableFaultKind::ErrorCell:
        return u"errorCell"_s;
    case TableFaultKind::NoStoredValue:
        return u"noStoredValue"_s;
    case TableFaultKind::NotADate:
        return u"notADate"_s;
    case TableFaultKind::MergedCells:
        return u"mergedCells"_s;
    case TableFaultKind::BadCell:
        return u"badCell"_s;
    case TableFaultKind::BadJson:
        return u"badJson"_s;
    }
    Q_UNREACHABLE();
}

QString longCellSentence(qsizetype characters)
{
    return TablesText::tr("The cell has %1 characters; HubSpot takes 65,536.").arg(characters);
}

QString longRowSentence(size_t cells, size_t width)
{
    return TablesText::tr("The row has %1 cells where the table has %2.").arg(cells).arg(width);
}

QString manyColumnsSentence(qsizetype cells)
{
    return TablesText::tr("The row has %1 cells; HubSpot takes fewer than 1,000.").arg(cells);
}

} // namespace hubkeeper
