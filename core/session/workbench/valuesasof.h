// SPDX-License-Identifier: MIT
#pragma once

#include "portal/samevalue.h"
#include "session/reading/recordhistories.h"
#include "session/workbench/repairrecords.h"

namespace hubkeeper {

/// What the values of records at a moment would change, before anything of it is staged.
struct CheckedAsOf
{
    /// The values of then as a repair, for stageRepair(). Doubtful are those that HubSpot does not
    /// know any more, that it would refuse, and that have a staged change.
    std::shared_ptr<CheckedRepair> values;
    qint64 unknown = 0; ///< HubSpot's history does not say what they were.
    qint64 notThere = 0; ///< Of records that were made later.
};

/// Reads what properties of rows of a record set were at a moment, fifty records a request, and
/// compares it with what the portal has now. Stages nothing; what HubSpot's history does not reach
/// is never guessed. Memory does not grow with the rows. Progress is in records. Fails as reading
/// definitions and histories does, with InvalidInput for a property that cannot be set, and with
/// Storage and NotSaved.
class ValuesAsOf final : public Call<CheckedAsOf>
{
public:
    /// The session must outlive the call; it ends with the set.
    ValuesAsOf(Session &session, RecordSet &set, RowOrder rows, QStringList properties,
               QDateTime moment, QObject *parent);

private:
    void begin(const QList<PropertyDefinition> &definitions);
    void readNext();
    void readHistoriesOf(const QList<Record> &records);
    void look(const RecordHistory &history);
    [[nodiscard]] RepairedRow judged(const RecordHistory &history, const QString &property);
    void keep();

    Session &m_session;
    RecordSet &m_set;
    const RowOrder m_rows;
    const QStringList m_properties;
    const QDateTime m_moment;
    DefinitionsByName m_definitions;
    CheckedAsOf m_checked;
    std::vector<RowChange> m_changes; // Of the portion.
    size_t m_done = 0;
};

} // namespace hubkeeper
