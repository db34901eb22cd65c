// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/readlist.h"
#include "session/snapshots/packedlist.h"
#include "session/snapshots/snapshotstore.h"

namespace hubkeeper {

class Session;

/// Ranges of ids as a snapshot keeps them (SnapshotPart::rest), and back; the whole for an empty
/// text.
[[nodiscard]] QByteArray rangesText(const std::vector<IdRange> &ranges);
[[nodiscard]] std::vector<IdRange> rangesFrom(const QByteArray &text);

/// Where records go to, and what of them is read.
struct SnapshotTarget
{
    Session &session;
    SnapshotStore &store;
    QString folder; ///< Of the file: its room is looked at.
    ObjectType type = ObjectType::Contacts;
    std::shared_ptr<const PackedColumns> columns;
    std::vector<IdRange> ranges {IdRange {}}; ///< Still to be read.
};

/// Reads a portal's complete list into a snapshot, at the speed of the permits. What was stored,
/// and what is still to be read, survives the program. Progress is records/total. Fails with
/// NotSaved where the disk will not suffice (after the first page), and as reading and writing do.
class ListIntoSnapshot final : public Call<qint64>
{
public:
    /// `target` must outlive the call.
    ListIntoSnapshot(SnapshotTarget target, QObject *parent);

private:
    [[nodiscard]] Call<RecordPage> *page(const QString &after, QObject *owner);
    [[nodiscard]] Call<void> *store(const QList<Record> &records, QObject *owner);
    void noteProgress(qint64 done, qint64 total);

    SnapshotTarget m_target;
    QHash<qint64, PackedRecord> m_packed; // Of pages that were read, until they are stored.
    ReadList *m_list = nullptr;
    qint64 m_total = -1;
    bool m_hasRoom = false;
};

/// What a sweep has found.
struct SweepOutcome
{
    qint64 changed = 0; ///< Records that were read anew or taken out.
    qint64 refreshed = 0; ///< Records whose derived values were others, at the same time of change.
};

/// Compares every id and its time of change with what the snapshot has, reads the records that
/// differ, and takes those out that are gone. HubSpot derives values from other objects (deals,
/// associations) and leaves the time of change of a record as it is: the list shows those of
/// `derived`, and they are taken over. Progress is records/total.
class SweepIntoSnapshot final : public Call<SweepOutcome>
{
public:
    SweepIntoSnapshot(SnapshotTarget target, std::shared_ptr<const PackedColumns> derived,
                      QObject *parent);

private:
    [[nodiscard]] Call<RecordPage> *page(const QString &after, QObject *owner);
    [[nodiscard]] Call<void> *compare(const QList<Record> &records, QObject *owner);
    void removeUnseen();

    SnapshotTarget m_target;
    const std::shared_ptr<const PackedColumns> m_derived;
    QHash<qint64, PackedRecord> m_seen;
    SweepOutcome m_outcome;
};

/// Reads what was changed at or after an instant, as HubSpot's search knows it by now. The outcome:
/// how many records that were.
class ChangesIntoSnapshot final : public Call<qint64>
{
public:
    ChangesIntoSnapshot(SnapshotTarget target, const QDateTime &since, QObject *parent);

private:
    qint64 m_records = 0;
};

/// Reads the records of these ids, a hundred at a time, and stores those that are there.
class IdsIntoSnapshot final : public Call<void>
{
public:
    IdsIntoSnapshot(SnapshotTarget target, std::vector<qint64> ids, QObject *parent);

private:
    void readNext();

    SnapshotTarget m_target;
    const std::vector<qint64> m_ids;
    size_t m_at = 0;
};

/// Reads the records that SnapshotWriter::findRelinked() has found.
class RelinkedIntoSnapshot final : public Call<void>
{
public:
    RelinkedIntoSnapshot(SnapshotTarget target, QObject *parent);

private:
    void readAfter(qint64 last);

    SnapshotTarget m_target;
};

/// Reads the associations of all records in the snapshot, from the last one on that has them.
class LinksIntoSnapshot final : public Call<void>
{
public:
    LinksIntoSnapshot(Session &session, SnapshotStore &store, SnapshotPair pair, qint64 total,
                      QObject *parent);

private:
    void readNext();
    void read(const std::vector<qint64> &ids);

    Session &m_session;
    SnapshotStore &m_store;
    const SnapshotPair m_pair;
    const qint64 m_total;
    qint64 m_last = 0;
    qint64 m_done = 0;
    int m_waiting = 0;
    QList<SnapshotLinks> m_links;
};

} // namespace hubkeeper
