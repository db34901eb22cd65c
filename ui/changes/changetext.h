// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/changegroups.h"

#include <QIcon>

namespace hubkeeper {

class PortalNames;

/// Rows of a change set in words: labels of properties, options and owners, pseudonyms while
/// masking is on.
class ChangeText
{
public:
    /// `names` must outlive it.
    explicit ChangeText(const PortalNames &names);

    /// "Ada Lovelace", "New contact: x", "Archive: x (512)".
    [[nodiscard]] QString what(const RowChange &row) const;
    /// Why the row failed, or failed before it was edited; empty if it did not. Masked if need be.
    [[nodiscard]] QString failure(const RowChange &row) const;
    /// The state, and the reason behind it.
    [[nodiscard]] QString state(const RowChange &row) const;
    [[nodiscard]] QIcon icon(const RowChange &row) const;
    [[nodiscard]] QString label(const RowChange &row, const QString &property) const;
    /// As HubSpot stores it.
    [[nodiscard]] QString stored(const RowChange &row, const QString &property,
                                 const QString &text) const;
    /// For people.
    [[nodiscard]] QString shown(const RowChange &row, const QString &property,
                                const QString &text) const;
    /// "firstname: Ada; phone: 1"; the new value of a single cell without its name, which the old
    /// one has.
    [[nodiscard]] QString cellsListed(const RowChange &row, QString CellChange::*side) const;

    /// "Change contacts".
    [[nodiscard]] QString verb(const ChangeVerb &verb) const;
    /// "Lead → Customer", "Only upper and lower case".
    [[nodiscard]] QString pattern(const ChangeVerb &verb, const QString &property,
                                  const CellPattern &pattern) const;

private:
    const PortalNames &m_names;
};

/// "Staged", "Applied", "Failed", ...
[[nodiscard]] QString stateText(RowState state);

} // namespace hubkeeper
