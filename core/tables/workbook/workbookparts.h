// SPDX-License-Identifier: MIT
#pragma once

#include "tables/workbook/package.h"

#include <QList>
#include <QString>

class QXmlStreamReader;

namespace hubkeeper {

/// A sheet of a workbook.
struct WorkbookSheet
{
    QString name;
    QString part;
    bool isHidden = false;
};

/// What the parts of a workbook are, as its relations say.
struct WorkbookParts
{
    QList<WorkbookSheet> sheets; ///< Those with cells, in their order.
    QString sharedStrings; ///< Empty: there are none.
    QString styles; ///< Empty: there are none.
    bool isFrom1904 = false; ///< Day 0 is 1 January 1904.
};

/// Fails with InvalidInput: not a workbook, one that cannot be read (binary, OpenDocument), a bomb.
[[nodiscard]] Result<WorkbookParts> workbookParts(Package &package);

/// Whether the reader is at an element of SpreadsheetML, transitional or strict, or without any
/// namespace. Prefixes do not matter.
[[nodiscard]] bool isSheetElement(const QXmlStreamReader &reader);

/// Why a part could not be read, after its reader stopped: not XML, a DTD, over the bounds.
[[nodiscard]] Error partError(const Package &package, const QXmlStreamReader &reader,
                              const QString &part);

/// The next token; a DTD is an error.
bool readNextToken(QXmlStreamReader &reader);

} // namespace hubkeeper
