// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "portal/batch.h"
#include "session/snapshots/comparesnapshots.h"
#include "session/snapshots/recordsnow.h"

#include <map>

namespace hubkeeper {

class Session;

/// What of a snapshot is put back.
struct PutBackOrder
{
    std::shared_ptr<SnapshotReader> snapshot;
    ObjectType type = ObjectType::Contacts;
    std::vector<qint64> ids; ///< Empty: all records of the type.
    QStringList properties; ///< Empty: those that can be written.
    /// Records that are no longer in the portal are staged as new ones, under new ids.
    bool makeAnew = false;
    /// Values of records that were merged away are staged for the records that their ids lead to
    /// now; without it those are left.
    bool followMerges = false;
};

/// A record that cannot simply be put back, and why.
struct NotPutBack
{
    QString id;
    QString label;
    QString why; ///< A sentence.
};

/// A record whose values go to another one, which it has become by a merge.
struct FollowedMerge
{
    QString id; ///< Asked for.
    QString actedOn; ///< Whose row is staged.
    QString label;
    bool isRebuilt = false; ///< By taking the merge back; else what it was merged into.
};

/// What was staged.
struct PutBack
{
    int staged = 0; ///< Records with at least one value that was another.
    int created = 0; ///< Of these, new ones.
    qint64 same = 0; ///< Records that have these values now.
    QList<NotPutBack> left;
    QList<FollowedMerge> followed; ///< Only with PutBackOrder::followMerges.
    bool hasMerged = false; ///< Some are left since they were merged away.
    /// Left out: values that HubSpot sets itself and that are others now, by property. Its times of
    /// change are not counted. Empty where properties were named.
    std::map<QString, qint64> readOnly;
};

/// Stages the values that records had when the snapshot was taken: "put back as of then". Each row
/// is based on what the portal has now, so that a later change is a conflict; what is the same now
/// is not staged. Properties that HubSpot sets itself are left out, and counted; values of those
/// that the portal has no longer are told with their record. All rows are one step of undo.
///
/// A record that was merged away is left, or followed (PutBackOrder::followMerges). Where several
/// lead to one record, or that one has values of its own to be put back, nobody can say whose are
/// meant: those that were merged away are left then.
///
/// Fails with Refused for a snapshot of another portal, naming both; with InvalidInput for a
/// property that the snapshot or the portal lacks; as SnapshotReader::verify() and reading do.
/// Nothing is staged then. Progress is in records. `session` must outlive the call.
class StageSnapshot final : public Call<PutBack>
{
public:
    StageSnapshot(Session &session, PutBackOrder order, QObject *parent);

private:
    void askPortal();
    void chooseColumns(const QList<PropertyDefinition> &definitions);
    void readBlock();
    [[nodiscard]] Result<void> findLost(const QStringList &known);
    void noteLost(const QString &id, const QString &label, const QHash<QString, QString> &former);
    void compare(const std::vector<PackedRecord> &block);
    void onLive(const std::vector<PackedRecord> &block, const RecordsNow &live);
    void putBack(const PackedRecord &record, const RecordsNow &live);
    [[nodiscard]] bool follows(const FollowedMerge &merge);
    void countReadOnly(const QHash<QString, QString> &former, const Record &now);
    void makeAnew(const PackedRecord &record, const QString &label);
    void findDisputed();
    void leaveDisputed(const std::vector<PackedRecord> &own);
    void stage();

    Session &m_session;
    const PutBackOrder m_order;
    std::vector<qint64> m_ids; // Ascending.
    QStringList m_properties;
    QStringList m_lost; // Those of the snapshot that the portal has no longer.
    QStringList m_readOnly; // Those that HubSpot sets itself.
    std::optional<RebuiltRecords> m_rebuilt;
    size_t m_at = 0; // In m_ids.
    qint64 m_last = 0;
    qint64 m_done = 0;
    std::vector<RowChange> m_rows;
    QHash<QString, RowChange> m_followedRows; // By the id that was asked for.
    PutBack m_outcome;
};

/// Rows of a change set from values somebody gave for records of a snapshot, without the portal:
/// the snapshot's values are the baselines. Records that the snapshot lacks fail with NotFound,
/// values that the schema of the snapshot refuses with InvalidInput. What is no change is left out.
[[nodiscard]] Result<std::vector<RowChange>> editsOnSnapshot(SnapshotReader &snapshot,
                                                             ObjectType type,
                                                             const std::vector<qint64> &ids,
                                                             const QHash<QString, QString> &values);

/// What change sets made of it are bound to.
[[nodiscard]] ChangeBinding bindingOf(const SnapshotInfo &info);

} // namespace hubkeeper
