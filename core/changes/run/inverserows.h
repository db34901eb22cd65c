// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "journal/journalrow.h"

#include <functional>

namespace hubkeeper {

/// A row of a run that cannot be taken back.
struct LeftRow
{
    QString label;
    QString reason; ///< A sentence, with what to do instead.

    bool operator==(const LeftRow &) const = default;
};

/// The changes that take the rows of a run back, the last one written first: old texts as wanted
/// texts, new texts as baselines; creates become archives, which are based on what was created and
/// on when (RowChange::cells, basedOn). Pure.
///
/// - What a run did to one record is taken back at once: several updates as one, and nothing for
///   a record that it made and archived itself.
/// - Updates of which no outcome is known are in it, their baselines decide.
/// - Archives, and creates and archives of unknown outcome, are named in `left`. Property
///   definitions and rows that wrote nothing are not mentioned.
[[nodiscard]] std::vector<RowChange> inverseRows(const QList<JournalRow> &rows,
                                                 QList<LeftRow> *left);

/// Rows that make archived records anew from the values the journal kept.
struct AnewRows
{
    std::vector<RowChange> rows; ///< Creates without an id.
    QStringList skipped; ///< Properties that HubSpot sets itself.
    QList<LeftRow> left; ///< Archived by an old version, which kept no values.
};
/// `canBeSet` says whether a caller may set the property. Pure.
[[nodiscard]] AnewRows
anewRows(const QList<JournalRow> &rows,
         const std::function<bool(ObjectType, const QString &property)> &canBeSet);

} // namespace hubkeeper
