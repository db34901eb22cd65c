// SPDX-License-Identifier: MIT
#pragma once

#include "base/poolcall.h"
#include "store/snapshot/snapshotwriter.h"

#include <QLockFile>

namespace hubkeeper {

/// The file of a snapshot that is being taken, written on a thread of its own, in the order of the
/// calls. It is beside its place, as FILE.taking, until all of it is there, with a lock, so that
/// two programs do not take the same.
class SnapshotStore
{
public:
    /// Locks it. Fails with Refused if another program has it, with NotSaved if no file can be made
    /// there.
    [[nodiscard]] static Result<std::unique_ptr<SnapshotStore>> lock(const QString &path);
    ~SnapshotStore();
    Q_DISABLE_COPY_MOVE(SnapshotStore)

    [[nodiscard]] static QString takingPath(const QString &path)
    {
        return path + QLatin1StringView(".taking");
    }

    /// What another program left unfinished there, if it can be gone on with.
    [[nodiscard]] std::optional<SnapshotInfo> unfinished() const;
    /// An empty one. Fails as SnapshotWriter::create().
    [[nodiscard]] Result<void> create(const SnapshotInfo &info);
    [[nodiscard]] Result<void> resume();

    /// Runs `work(SnapshotWriter &)`, which gives a Result, on the writer's thread.
    template <typename T, typename Work>
    [[nodiscard]] Call<T> *run(Work work, QObject *parent)
    {
        return new PoolCall<T>(
            m_pool,
            [writer = m_writer, work = std::move(work)](const std::stop_token &) mutable {
                return work(*writer);
            },
            parent);
    }
    /// Seals it and puts it in its place.
    [[nodiscard]] Call<void> *finish(QObject *parent);

private:
    SnapshotStore(QString path, std::unique_ptr<QLockFile> lock);

    const QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    std::shared_ptr<SnapshotWriter> m_writer;
    QThreadPool m_pool; // Ends first: its work uses the writer.
};

/// How many bytes so many more records take, by those that were `written`; 0 without any.
[[nodiscard]] qint64 snapshotRoomFor(const std::vector<PackedRecord> &written, qint64 records);
/// Why there is not enough room for a snapshot in `folder`, or nothing: NotSaved, with what is
/// needed and what is free.
[[nodiscard]] Result<void> checkSnapshotRoom(const QString &folder, qint64 bytesNeeded);

} // namespace hubkeeper
