// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace hubkeeper {

/// "B7": column 2, row 7. A row of 0: the reference has none.
struct CellReference
{
    qint64 column = 0;
    qint64 row = 0;

    bool operator==(const CellReference &) const = default;
};

/// Capitals and small letters, with or without "$"; nothing where it is not a reference.
[[nodiscard]] std::optional<CellReference> cellReference(QStringView text);

} // namespace hubkeeper
