// SPDX-License-Identifier: MIT
#pragma once

#include "repair/recipe/recipe.h"

namespace hubkeeper {

/// The column of a property: by its name or HubSpot's usual label ("Phone Number" is phone),
/// without regard to case, blanks and signs; -1: there is none. Of several the first.
[[nodiscard]] qsizetype columnOfProperty(const QStringList &titles, const QString &property);

/// What a recipe reads and writes of the rows of a table.
struct RepairColumns
{
    /// Each is one use of the recipe.
    struct Use
    {
        QList<qsizetype> from;
        QList<qsizetype> to;

        bool operator==(const Use &) const = default;
    };
    QStringList titles; ///< Of the table, with those that are added at its end.
    QList<Use> uses;

    bool operator==(const RepairColumns &) const = default;
};

/// Which columns a recipe is for. `chosen` are titles, in place of the properties that the recipe
/// names, or "TITLE=PROPERTY" for those that it reads and writes. Properties to be written that
/// have no column get one at the end. Fails with InvalidInput, with the nearest title, for a column
/// that is not there, and where there is nothing to repair.
[[nodiscard]] Result<RepairColumns> repairColumns(const QStringList &titles, const Recipe &recipe,
                                                  const QStringList &chosen);

} // namespace hubkeeper
