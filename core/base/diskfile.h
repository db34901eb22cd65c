// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <sys/stat.h>
#include <tl/expected.hpp>

namespace hubkeeper {

/// An errno.
struct DiskError
{
    int number = 0;
};

template <typename T>
using DiskResult = tl::expected<T, DiskError>;

/// The failing side, with what errno is now.
[[nodiscard]] tl::unexpected<DiskError> diskError();

/// A file descriptor whose every step is checked; POSIX only. Closed without a check when it goes.
class DiskFile final
{
public:
    [[nodiscard]] static DiskResult<DiskFile> open(const QByteArray &path, int flags,
                                                   mode_t mode = 0);
    DiskFile(DiskFile &&other) noexcept;
    DiskFile &operator=(DiskFile &&other) noexcept;
    ~DiskFile();

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] DiskResult<struct stat> status() const;
    /// At the present position.
    [[nodiscard]] DiskResult<void> write(QByteArrayView bytes);
    /// From there; shorter at the end of the file.
    [[nodiscard]] DiskResult<QByteArray> readAt(qint64 offset, qint64 size) const;
    [[nodiscard]] DiskResult<void> writeAt(qint64 offset, QByteArrayView bytes);
    /// The blocks for that many bytes, so that writing them cannot find the disk full. Does not
    /// change the size; does nothing where the system cannot.
    [[nodiscard]] DiskResult<void> reserve(qint64 size);
    [[nodiscard]] DiskResult<void> resize(qint64 size);
    /// Until it is on the disk.
    [[nodiscard]] DiskResult<void> sync();
    [[nodiscard]] DiskResult<void> close();

private:
    explicit DiskFile(int descriptor);

    int m_descriptor = -1;
};

/// The content and the size of `from`, in place of those of `to`, on the disk.
[[nodiscard]] DiskResult<void> copyOver(const DiskFile &from, DiskFile &to);

/// What was done in a folder is on the disk. Fine where a folder cannot be read or synced.
[[nodiscard]] DiskResult<void> syncFolder(const QByteArray &folder);

/// Where a path leads when links are followed, the last of them to a file that may be missing.
[[nodiscard]] DiskResult<QByteArray> followed(const QByteArray &path);

/// "." for a name alone.
[[nodiscard]] QByteArray folderOf(const QByteArray &path);

} // namespace hubkeeper
