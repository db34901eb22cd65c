// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "portal/record.h"

#include <optional>

namespace hubkeeper {

class Session;

/// Records as the portal has them now, by the ids that they had.
struct RecordsNow
{
    QHash<QString, Record> records; ///< By the id asked for; those that are gone are missing.
    /// Of these, merged away since: the id asked for, and the one that has the record now.
    QHash<QString, QString> moved;
    QSet<QString> rebuilt; ///< Of these, made again since by taking the merge back.
};

/// Records that were merged away, with the one that a run of the journal has made again from each.
using RebuiltRecords = QHash<QString, QString>;

/// Reads records by ids of earlier, whatever has become of them. An id that was merged away leads
/// to the record it was merged into; or, where the journal says that the merge was taken back, to
/// the one that was made again. HubSpot answers for merged ids in a batch as a rule, and always one
/// by one: those that a batch lacks are asked for once more (hubspot-api 4.6, live-behaviour F1).
/// Fails as requests do.
class ReadRecordsNow final : public Call<RecordsNow>
{
public:
    /// A hundred ids at most. `rebuilt` is read from the journal when the first merged record is
    /// met, and kept there for the next block; it and `session` must outlive the call.
    ReadRecordsNow(Session &session, ObjectType type, const QStringList &ids,
                   const QStringList &properties, std::optional<RebuiltRecords> &rebuilt,
                   QObject *parent);

private:
    void readMissing();
    void readJournal();
    void readRebuilt();

    Session &m_session;
    const ObjectType m_type;
    const QStringList m_properties;
    std::optional<RebuiltRecords> &m_rebuilt;
    QStringList m_missing;
    RecordsNow m_now;
};

} // namespace hubkeeper
