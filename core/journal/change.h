// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QString>

#include <optional>

namespace hubkeeper {

/// What a write does to one object.
enum class ChangeKind { Update, Create, Archive };

/// One written property: the text before and the text after. Empty is not a value.
struct CellChange
{
    QString before;
    QString after; ///< Empty clears the value.

    bool operator==(const CellChange &) const = default;
};

/// By property.
using CellChanges = QMap<QString, CellChange>;

/// The words of files and of the journal: "update", "create", "archive".
[[nodiscard]] QString nameOf(ChangeKind kind);
[[nodiscard]] std::optional<ChangeKind> changeKindFrom(const QString &name);

} // namespace hubkeeper
