// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"
#include "tables/workbook/numberformat.h"
#include "tables/workbook/sharedstrings.h"

#include <QXmlStreamReader>

#include <functional>
#include <string>
#include <vector>

namespace hubkeeper {

/// What cells need of the workbook around them.
struct WorkbookFacts
{
    SharedStrings strings;
    CellFormats formats;
    bool isFrom1904 = false;
};

/// Reads the rows of a sheet as they come, whatever the sheet says about its size. Empty rows
/// between others are given, those at the end are not. References may be missing; cells and rows
/// out of order are named.
class SheetReader
{
public:
    /// False ends the reading.
    using TakeRow = std::function<bool(qint64 number, std::vector<std::string> &cells)>;
    using TakeFault = std::function<void(const TableFault &fault)>;

    SheetReader(const WorkbookFacts &facts, TakeRow takeRow, TakeFault takeFault);

    /// Fails with InvalidInput: damaged, a DTD, a bomb.
    [[nodiscard]] Result<void> read(Package &package, const QString &part);

private:
    struct Cell
    {
        QString type;
        size_t style = 0;
        QString value;
        QString inlineText;
        bool hasValue = false;
        bool hasInlineText = false;
        bool hasFormula = false;
    };

    [[nodiscard]] bool readRow(QXmlStreamReader &reader);
    void readCell(QXmlStreamReader &reader);
    [[nodiscard]] Cell contentOf(const QXmlStreamAttributes &attributes,
                                 QXmlStreamReader &reader) const;
    void placeCell(const QXmlStreamAttributes &attributes);
    void setText(const QString &text);
    void setShared(const Cell &cell);
    void setNumber(const Cell &cell);
    void setByType(const Cell &cell);
    void noteMerge(QStringView reference);
    [[nodiscard]] bool giveRow();
    void fault(TableFaultKind kind, const QString &text);

    const WorkbookFacts &m_facts;
    TakeRow m_takeRow;
    TakeFault m_takeFault;
    std::vector<std::string> m_cells;
    qint64 m_given = 0; ///< Number of the last row that was given.
    qint64 m_number = 0; ///< Of the present row.
    qint64 m_column = 0; ///< Of the present cell, from 1.
    qint64 m_lastColumn = 0;
    bool m_isNumbered = false; ///< The row says its number.
    bool m_isOutside = false; ///< The present cell is over the bounds.
    qint64 m_mergedRanges = 0;
};

} // namespace hubkeeper
