// SPDX-License-Identifier: MIT
#include "base/diskfile.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace hubkeeper {

namespace {

constexpr qint64 chunk = 1 << 20; // Bytes.
constexpr int mostLinks = 40; // As Linux.

/// Calls again what a signal interrupted.
template <typename Work>
auto uninterrupted(Work &&work)
{
    auto result = work();
    while (result < 0 && errno == EINTR)
        result = work();
    return result;
}

DiskResult<void> outcomeOf(int result)
{
    if (result != 0)
        return diskError();
    return {};
}

int syncDescriptor(int descriptor)
{
#ifdef F_FULLFSYNC // macOS: fsync() leaves it in the drive's own memory.
    if (::fcntl(descriptor, F_FULLFSYNC) == 0)
        return 0;
#endif
    return ::fsync(descriptor);
}

} // namespace

tl::unexpected<DiskError> diskError()
{
    return tl::unexpected(DiskError {errno});
}

DiskFile::DiskFile(int descriptor)
    : m_descriptor(descriptor)
{
}

DiskFile::DiskFile(DiskFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

DiskFile &DiskFile::operator=(DiskFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

DiskFile::~DiskFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

DiskResult<DiskFile> DiskFile::open(const QByteArray &path, int flags, mode_t mode)
{
    const int descriptor =
        uninterrupted([&] { return ::open(path.constData(), flags | O_CLOEXEC, mode); });
    if (descriptor < 0)
        return diskError();
    return DiskFile(descriptor);
}

DiskResult<struct stat> DiskFile::status() const
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return diskError();
    return status;
}

DiskResult<void> DiskFile::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const auto written = uninterrupted(
            [&] { return ::write(m_descriptor, bytes.data(), size_t(bytes.size())); });
        if (written < 0)
            return diskError();
        bytes = bytes.sliced(written);
    }
    return {};
}

DiskResult<QByteArray> DiskFile::readAt(qint64 offset, qint64 size) const
{
    QByteArray bytes(size, Qt::Uninitialized);
    qint64 count = 0;
    while (count < size) {
        const auto got = uninterrupted([&] {
            return ::pread(m_descriptor, bytes.data() + count, size_t(size - count),
                           off_t(offset + count));
        });
        if (got < 0)
            return diskError();
        if (got == 0)
            break;
        count += got;
    }
    bytes.truncate(count);
    return bytes;
}

DiskResult<void> DiskFile::writeAt(qint64 offset, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const auto written = uninterrupted([&] {
            return ::pwrite(m_descriptor, bytes.data(), size_t(bytes.size()), off_t(offset));
        });
        if (written < 0)
            return diskError();
        bytes = bytes.sliced(written);
        offset += written;
    }
    return {};
}

DiskResult<void> DiskFile::reserve([[maybe_unused]] qint64 size)
{
#ifdef __linux__
    const int done = uninterrupted(
        [&] { return ::fallocate(m_descriptor, FALLOC_FL_KEEP_SIZE, 0, off_t(size)); });
    if (done != 0 && errno != EOPNOTSUPP && errno != ENOSYS && errno != EINVAL)
        return diskError();
#endif
    return {};
}

DiskResult<void> DiskFile::resize(qint64 size)
{
    return outcomeOf(uninterrupted([&] { return ::ftruncate(m_descriptor, off_t(size)); }));
}

DiskResult<void> DiskFile::sync()
{
    return outcomeOf(uninterrupted([&] { return syncDescriptor(m_descriptor); }));
}

DiskResult<void> DiskFile::close()
{
    // Closed in any case: a second call could hit a descriptor that another thread just got.
    if (::close(std::exchange(m_descriptor, -1)) != 0 && errno != EINTR)
        return diskError();
    return {};
}

DiskResult<void> copyOver(const DiskFile &from, DiskFile &to)
{
    const auto status = from.status();
    if (!status)
        return tl::unexpected(status.error());
    const qint64 size = status->st_size;
    if (const auto reserved = to.reserve(size); size > 0 && !reserved)
        return reserved;
    for (qint64 offset = 0; offset < size; offset += chunk) {
        const auto bytes = from.readAt(offset, std::min(chunk, size - offset));
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (const auto written = to.writeAt(offset, *bytes); !written)
            return written;
    }
    return to.resize(size).and_then([&to] { return to.sync(); });
}

DiskResult<void> syncFolder(const QByteArray &folder)
{
    auto file = DiskFile::open(folder, O_RDONLY | O_DIRECTORY);
    if (!file)
        return {}; // Writable but not readable: nothing more can be done about it.
    const auto synced = file->sync();
    if (!synced && (synced.error().number == EINVAL || synced.error().number == ENOTSUP))
        return {}; // A file system without it.
    return synced;
}

DiskResult<QByteArray> followed(const QByteArray &path)
{
    QByteArray target = path;
    for (int i = 0; i < mostLinks; ++i) {
        QByteArray next(PATH_MAX, Qt::Uninitialized);
        const auto size = ::readlink(target.constData(), next.data(), size_t(next.size()));
        if (size < 0) // EINVAL: no link. Anything else is seen again when the file is opened.
            return target;
        next.truncate(size);
        target = next.startsWith('/') ? next : folderOf(target) + '/' + next;
    }
    return tl::unexpected(DiskError {ELOOP});
}

QByteArray folderOf(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    if (slash < 0)
        return ".";
    return slash == 0 ? QByteArray("/") : path.first(slash);
}

} // namespace hubkeeper
