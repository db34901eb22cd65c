// SPDX-License-Identifier: MIT
#include "session/snapshots/snapshotstore.h"

#include "base/paths.h"
#include "session/sessiontext.h"
#include "store/snapshot/snapshotreader.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// rename() replaces what is there, at once and whole.
Result<void> putInPlace(const QString &from, const QString &to)
{
#ifdef Q_OS_UNIX
    const bool moved =
        std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
#else
    const bool moved = (!QFile::exists(to) || QFile::remove(to)) && QFile::rename(from, to);
#endif
    if (moved)
        return {};
    return fail(ErrorKind::NotSaved,
                SessionText::tr("The snapshot is whole, but cannot be renamed to %1.").arg(to),
                SessionText::tr("It is in %1.").arg(from));
}

} // namespace

SnapshotStore::SnapshotStore(QString path, std::unique_ptr<QLockFile> lock)
    : m_path(std::move(path))
    , m_lock(std::move(lock))
{
    m_pool.setMaxThreadCount(1);
}

SnapshotStore::~SnapshotStore() = default;

Result<std::unique_ptr<SnapshotStore>> SnapshotStore::lock(const QString &path)
{
    auto lock = privateLock(takingPath(path) + u".lock"_s);
    if (!lock)
        return tl::unexpected(lock.error());
    if (!*lock)
        return fail(ErrorKind::Refused,
                    SessionText::tr("Another program is taking the snapshot %1.").arg(path),
                    SessionText::tr("Wait for it, or choose another file."));
    return std::unique_ptr<SnapshotStore>(new SnapshotStore(path, std::move(*lock)));
}

std::optional<SnapshotInfo> SnapshotStore::unfinished() const
{
    if (!QFile::exists(takingPath(m_path)))
        return std::nullopt;
    const auto reader = SnapshotReader::open(takingPath(m_path));
    if (!reader || (*reader)->info().state != SnapshotState::Unfinished)
        return std::nullopt;
    return (*reader)->info();
}

Result<void> SnapshotStore::create(const SnapshotInfo &info)
{
    auto writer = SnapshotWriter::create(takingPath(m_path), info);
    if (!writer)
        return tl::unexpected(writer.error());
    m_writer = std::move(*writer);
    return {};
}

Result<void> SnapshotStore::resume()
{
    auto writer = SnapshotWriter::resume(takingPath(m_path));
    if (!writer)
        return tl::unexpected(writer.error());
    m_writer = std::move(*writer);
    return {};
}

Call<void> *SnapshotStore::finish(QObject *parent)
{
    const auto seal = [path = m_path](SnapshotWriter &writer) {
        return writer.finish().and_then([&] { return putInPlace(takingPath(path), path); });
    };
    return run<void>(seal, parent);
}

qint64 snapshotRoomFor(const std::vector<PackedRecord> &written, qint64 records)
{
    if (written.empty() || records <= 0)
        return 0;
    constexpr double perRecord = 64; // Its numbers, its place in the table, some associations.
    constexpr double pages = 1.1; // They are never quite full.
    double bytes = 0;
    for (const PackedRecord &record : written)
        bytes += double(record.cells.size()) + perRecord;
    return qint64(bytes / double(written.size()) * double(records) * pages);
}

Result<void> checkSnapshotRoom(const QString &folder, qint64 bytesNeeded)
{
    const QStorageInfo disk(folder);
    if (!disk.isValid() || !disk.isReady() || disk.bytesAvailable() >= bytesNeeded)
        return {};
    const QLocale locale;
    return fail(ErrorKind::NotSaved,
                SessionText::tr("The disk of %1 is too full for the snapshot: about %2 more are "
                                "needed, %3 are free.")
                    .arg(folder, locale.formattedDataSize(bytesNeeded),
                         locale.formattedDataSize(disk.bytesAvailable())),
                SessionText::tr("Make room, and take it again: it goes on where it stopped."));
}

} // namespace hubkeeper
