// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot/snapshotreader.h"

#include <map>

namespace hubkeeper {

/// What differs.
enum class DifferenceKind { Added, Removed, Changed };
/// "added", "removed", "changed".
[[nodiscard]] QString nameOf(DifferenceKind kind);

/// One difference between an earlier and a later snapshot. Of a record that is in one of them
/// there is one, without a property; of one that is in both, one for each property.
struct SnapshotDifference
{
    enum Subject { Record, Link, Definition } subject = Record;
    ObjectType type = ObjectType::Contacts;
    DifferenceKind kind = DifferenceKind::Changed;
    qint64 id = 0; ///< Of the record; 0: Definition.
    QString label; ///< What people call it; of a definition its name.
    /// Record: the property. Link: the other type. Definition: the member of its JSON, as "label"
    /// or "options".
    QString property;
    QString before; ///< Empty: no value.
    QString after;
    /// Of a removed record: the one of the later snapshot that it was merged into; 0: none.
    qint64 mergedInto = 0;
};

/// What is compared.
struct CompareOptions
{
    QList<ObjectType> types {ObjectType::Contacts, ObjectType::Companies};
    QStringList properties; ///< Only these; empty: those that people can edit.
    /// Also those that HubSpot itself sets: times, counts, scores.
    bool allProperties = false;
    bool records = true;
    bool links = true;
    bool schema = true;
};

/// How much differs.
struct ComparedSnapshots
{
    struct Counts
    {
        qint64 added = 0;
        qint64 removed = 0;
        qint64 changed = 0; ///< Records, not cells.
        std::map<QString, qint64> byProperty; ///< Changed cells.

        [[nodiscard]] qint64 all() const { return added + removed + changed; }
    };
    std::array<Counts, allObjectTypes.size()> records;
    std::array<Counts, allObjectTypes.size()> schema; ///< Definitions; byProperty: their members.
    qint64 links = 0; ///< Records whose associations differ.

    [[nodiscard]] bool isEmpty() const;
};

/// Gets the differences as they are found, in the order of types and ids; false: enough.
using DifferenceSink = std::function<bool(const SnapshotDifference &)>;

/// Compares two snapshots of a portal. Memory does not grow with their records. Properties that
/// only one of them has are not compared in records; they are differences of the schema. Fails with
/// Refused for snapshots of different portals, with InvalidInput where one is of other records than
/// the other (a condition, or a type that only one of them holds), and as reading does; Cancelled
/// by `stop`. For a worker thread.
[[nodiscard]] Result<ComparedSnapshots>
compareSnapshots(SnapshotReader &before, SnapshotReader &after, const CompareOptions &options,
                 const DifferenceSink &sink, const std::stop_token &stop = {});

/// What people call a packed record.
[[nodiscard]] QString labelOf(ObjectType type, const PackedRecord &record,
                              const PackedColumns &columns);

/// The links of a record as one text: ids, kinds by number.
[[nodiscard]] QString linksText(const QList<Association> &links);

} // namespace hubkeeper
