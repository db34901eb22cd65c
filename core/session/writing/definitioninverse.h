// SPDX-License-Identifier: MIT
#pragma once

#include "connector/script.h"
#include "journal/journal.h"

namespace hubkeeper {

/// What takes one write of a definition back.
struct DefinitionInverse
{
    CollectedWrite write;
    QMap<QString, CellChange> cells; ///< By attribute: what must be there still, what will be.
    QString label;
    QString impossible; ///< Why it cannot go back; there is no write then.
};

/// The inverse of the definitions in a run, the last write first: an update writes the old values,
/// a create is archived, an archived one is made anew, which HubSpot brings back under its name
/// (hubspot-api 7.4). Rows that wrote nothing are not mentioned. Pure.
[[nodiscard]] QList<DefinitionInverse> inverseDefinitions(const QList<JournalRow> &rows);

} // namespace hubkeeper
