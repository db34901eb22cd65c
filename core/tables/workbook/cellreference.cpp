// SPDX-License-Identifier: MIT
#include "tables/workbook/cellreference.h"

namespace hubkeeper {

namespace {

constexpr qint64 most = 1LL << 40; // Far over every sheet.

} // namespace

std::optional<CellReference> cellReference(QStringView text)
{
    CellReference reference;
    bool isInRow = false;
    for (const QChar sign : text) {
        const char16_t letter = sign.unicode() | 0x20;
        if (sign == u'$')
            continue;
        if (letter >= u'a' && letter <= u'z' && !isInRow) {
            reference.column = reference.column * 26 + (letter - u'a' + 1);
        } else if (sign >= u'0' && sign <= u'9' && reference.column > 0) {
            isInRow = true;
            reference.row = reference.row * 10 + (sign.unicode() - u'0');
        } else {
            return std::nullopt;
        }
        if (reference.column > most || reference.row > most)
            return std::nullopt;
    }
    return reference.column > 0 ? std::optional(reference) : std::nullopt;
}

} // namespace hubkeeper
