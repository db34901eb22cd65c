// SPDX-License-Identifier: MIT
#pragma once

#include "tables/workbook/numberformat.h"

#include <optional>

namespace hubkeeper {

/// A number as it is stored, written out: no exponent, no zeros at the end, no ".0". What has more
/// than 15 digits because it is a binary fraction is rounded to 15, as spreadsheets show it; whole
/// numbers that are written out keep all digits. Nothing where it is not a number.
[[nodiscard]] std::optional<QString> decimalText(const QString &stored);

struct DateText
{
    QString text;
    bool isDate = true; ///< False: no day has this number; the text is the number.
};

/// A serial day as ISO 8601: "2026-11-05", "2026-11-05T13:45:00", "13:45:00"; lengths of time as
/// "36:00:00". `stored` is a number.
[[nodiscard]] DateText dateText(const QString &stored, NumberKind kind, bool isFrom1904);

/// An ISO text as cells with t="d" hold it, the same way; nothing where it is not one.
[[nodiscard]] std::optional<QString> isoDateText(const QString &stored, NumberKind kind);

} // namespace hubkeeper
