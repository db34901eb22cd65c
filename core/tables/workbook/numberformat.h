// SPDX-License-Identifier: MIT
#pragma once

#include "tables/workbook/workbookparts.h"

#include <QHash>

#include <vector>

namespace hubkeeper {

/// What a number with a format is.
enum class NumberKind {
    Plain,
    Date,
    Time, ///< Of the day.
    DateAndTime,
    Elapsed, ///< A length of time, which may be longer than a day.
};

/// By a format code of SpreadsheetML ("d.m.yyyy", "[Red]0.00"); units in quotes, after a backslash
/// or in brackets are not letters of dates.
[[nodiscard]] NumberKind kindOfFormat(QStringView code);

/// By the number of a built-in format (ECMA-376 18.8.30, East Asian ones included).
[[nodiscard]] NumberKind kindOfBuiltIn(int id);

/// The formats of the cells of a workbook, by their style.
class CellFormats
{
public:
    /// Fails with InvalidInput: damaged.
    [[nodiscard]] Result<void> load(Package &package, const QString &part);
    /// Plain where there is no such style.
    [[nodiscard]] NumberKind kindOf(size_t style) const;

private:
    std::vector<NumberKind> m_kinds;
};

} // namespace hubkeeper
