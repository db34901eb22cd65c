// SPDX-License-Identifier: MIT
#pragma once

#include <QLocale>

namespace hubkeeper {

/// What a text that somebody typed or pasted means as a number.
struct NumberText
{
    enum Meaning {
        Number,
        Ambiguous, ///< Two numbers are written like this: "1,234".
        NotANumber,
    };

    Meaning meaning = NotANumber;
    QString plain; ///< As HubSpot takes it, every digit kept: "-1234.50". Empty unless a number.

    bool operator==(const NumberText &) const = default;
};

/// Reads a number as people write it: sign, thousands separators, comma or point, exponent, the
/// digits of other scripts. A single comma or point with three digits after it is decimal if the
/// locale says so, and else ambiguous; everything else says by itself what it is. Never another
/// number than was written.
[[nodiscard]] NumberText readNumber(const QString &typed, const QLocale &locale);

} // namespace hubkeeper
