// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>

namespace hubkeeper::test {

/// A workbook as text: what is not said is made as a spreadsheet makes it.
struct XlsxSheet
{
    QByteArray name = "Sheet1";
    QByteArray rows; ///< What is inside <sheetData>.
    QByteArray state; ///< "hidden", "veryHidden"; empty: visible.
    QByteArray after; ///< Elements after <sheetData>.
};

enum class Packing { Deflated, Stored };

struct XlsxFile
{
    QList<XlsxSheet> sheets {};
    QByteArray strings; ///< <si> elements; empty: no part.
    QByteArray formats; ///< <numFmt> elements.
    QList<int> styles {0}; ///< numFmtId of each cell style.
    QByteArray workbookProperties; ///< Attributes of <workbookPr>.
    QMap<QByteArray, QByteArray> parts; ///< Replace those that are made, or come beside them.
    QList<QByteArray> without; ///< Parts that are left out.
    bool isStrict = false;
    bool hasAbsoluteTargets = false;

    [[nodiscard]] QByteArray bytes(Packing packing = Packing::Deflated) const;
};

/// One visible sheet with these rows.
[[nodiscard]] inline XlsxFile sheetOf(const QByteArray &rows)
{
    XlsxFile file;
    file.sheets.append({"Sheet1", rows, {}, {}});
    return file;
}

/// A zip file of parts.
[[nodiscard]] QByteArray zipOf(const QMap<QByteArray, QByteArray> &parts,
                               Packing packing = Packing::Deflated);

/// A text in UTF-16 with a byte order mark.
[[nodiscard]] QByteArray asUtf16(const QByteArray &utf8);

/// A compound file with streams of these names, as far as their directory goes.
[[nodiscard]] QByteArray compoundFileOf(const QList<QByteArray> &streams);

} // namespace hubkeeper::test
