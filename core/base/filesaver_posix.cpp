// SPDX-License-Identifier: MIT
#include "base/basetext.h"
#include "base/filetraits.h"
#include "base/paths.h"
#include "base/savefault.h"
#include "base/savefile.h"
#include "base/temporaryfile.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype bufferSize = 64 << 10; // Bytes: many small pieces are few calls.

/// The folder lets nobody make a file in it, which says nothing about the file.
bool isClosedFolder(int number)
{
    return number == EACCES || number == EPERM || number == EROFS;
}

/// The file cannot be replaced, but perhaps be written: a mount point, somebody else's in /tmp.
bool isHeldInPlace(int number)
{
    return number == EBUSY || number == EXDEV || isClosedFolder(number);
}

DiskResult<TemporaryFile> spareFile()
{
    const QString folder = Paths::standard().state;
    if (!makePrivateFolder(folder))
        return tl::unexpected(DiskError {EACCES});
    return TemporaryFile::make(QFile::encodeName(folder));
}

DiskResult<void> copyAside(const DiskFile &from, TemporaryFile &to)
{
    return copyOver(from, to.file()).and_then([&to] { return to.giveName(); }).and_then([&to] {
        return syncFolder(folderOf(to.name()));
    });
}

} // namespace

class FileSaver::Private
{
public:
    Private(const QString &path, FileMode mode)
        : m_path(path)
        , m_mode(mode)
    {
    }

    Result<void> begin();
    Result<void> write(QByteArrayView bytes);
    Result<void> commit();

private:
    [[nodiscard]] tl::unexpected<Error> failed(DiskError error) const
    {
        return tl::unexpected(notSaved(m_path, error.number, m_before ? Kept::Old : Kept::Nothing));
    }

    DiskResult<void> lookAtTarget();
    DiskResult<void> makeFresh();
    DiskResult<void> flushBuffer();
    [[nodiscard]] DiskFile &output() { return m_device ? *m_device : m_fresh->file(); }
    bool canReplace();
    DiskResult<void> replace();
    Result<void> writeInPlace();
    Result<void> putBack(DiskFile &file, TemporaryFile &old, DiskError why);

    const QString m_path; ///< As the caller named it.
    const FileMode m_mode;
    QByteArray m_target; ///< Links followed.
    std::optional<struct stat> m_before; ///< Nothing: a new file.
    std::optional<DiskFile> m_device; ///< A device or a pipe: written directly.
    std::optional<TemporaryFile> m_fresh; ///< The new content.
    bool m_beside = true; ///< m_fresh is in the target's folder.
    QByteArray m_buffer;
};

Result<void> FileSaver::Private::begin()
{
    const auto ready = lookAtTarget().and_then([this] { return makeFresh(); });
    if (!ready)
        return failed(ready.error());
    return {};
}

DiskResult<void> FileSaver::Private::lookAtTarget()
{
    const auto target = followed(QFile::encodeName(m_path));
    if (!target)
        return tl::unexpected(target.error());
    m_target = *target;
    struct stat status = {};
    if (::stat(m_target.constData(), &status) != 0) {
        if (errno != ENOENT)
            return diskError();
        return {};
    }
    m_before = status;
    if (S_ISDIR(status.st_mode))
        return tl::unexpected(DiskError {EISDIR});
    auto writable = DiskFile::open(m_target, O_WRONLY); // A read-only file is meant to stay.
    if (!writable)
        return tl::unexpected(writable.error());
    if (!S_ISREG(status.st_mode))
        m_device = std::move(*writable);
    return {};
}

DiskResult<void> FileSaver::Private::makeFresh()
{
    if (m_device)
        return {};
    const mode_t mode = m_before || m_mode == FileMode::KeepOrPrivate ? 0600 : 0666;
    auto fresh = TemporaryFile::make(folderOf(m_target), mode);
    if (!fresh && m_before && isClosedFolder(fresh.error().number)) {
        m_beside = false;
        fresh = spareFile();
    }
    if (!fresh)
        return tl::unexpected(fresh.error());
    m_fresh = std::move(*fresh);
    return {};
}

Result<void> FileSaver::Private::write(QByteArrayView bytes)
{
    m_buffer.append(bytes);
    if (m_buffer.size() < bufferSize)
        return {};
    const auto written = flushBuffer();
    if (!written)
        return failed(written.error());
    return {};
}

DiskResult<void> FileSaver::Private::flushBuffer()
{
    const auto written = output().write(m_buffer);
    m_buffer.clear();
    return written;
}

Result<void> FileSaver::Private::commit()
{
    if (const auto written = flushBuffer(); !written)
        return failed(written.error());
    if (m_device) {
        const auto closed = m_device->close();
        return closed ? Result<void>() : failed(closed.error());
    }
    if (const auto synced = m_fresh->file().sync(); !synced)
        return failed(synced.error());
    if (!canReplace())
        return writeInPlace();
    const auto replaced = replace();
    if (!replaced && m_before && isHeldInPlace(replaced.error().number))
        return writeInPlace();
    if (!replaced)
        return failed(replaced.error());
    if (const auto synced = syncFolder(folderOf(m_target)); !synced)
        return tl::unexpected(notSaved(m_path, synced.error().number, Kept::New));
    return {};
}

bool FileSaver::Private::canReplace()
{
    if (!m_before)
        return true;
    struct stat now = {}; // Somebody may have changed it since the beginning.
    if (::stat(m_target.constData(), &now) != 0)
        return errno == ENOENT
            && ::fchmod(m_fresh->file().descriptor(), m_before->st_mode & 07777) == 0;
    return m_beside && now.st_nlink == 1 && takeTraits(m_fresh->file(), m_target, now);
}

DiskResult<void> FileSaver::Private::replace()
{
    if (const auto named = m_fresh->giveName(); !named)
        return named;
    if (const auto closed = m_fresh->file().close(); !closed)
        return closed;
    if (std::rename(m_fresh->name().constData(), m_target.constData()) != 0)
        return diskError();
    m_fresh->keep();
    return {};
}

Result<void> FileSaver::Private::writeInPlace()
{
    if (const auto reopened = m_fresh->reopen(); !reopened)
        return failed(reopened.error());
    auto file = DiskFile::open(m_target, O_RDWR); // To be read first: for the copy.
    if (!file)
        return failed(file.error());
    auto old = m_beside ? TemporaryFile::make(folderOf(m_target)) : spareFile();
    if (!old)
        return failed(old.error());
    if (const auto copied = copyAside(*file, *old); !copied)
        return failed(copied.error());
    if (const auto written = copyOver(m_fresh->file(), *file); !written)
        return putBack(*file, *old, written.error());
    if (const auto closed = file->close(); !closed)
        return tl::unexpected(notSaved(m_path, closed.error().number, Kept::New));
    return {};
}

Result<void> FileSaver::Private::putBack(DiskFile &file, TemporaryFile &old, DiskError why)
{
    if (copyOver(old.file(), file))
        return failed(why);
    const QString copy = QFile::decodeName(old.name());
    old.keep();
    return fail(
        ErrorKind::NotSaved,
        BaseText::tr("%1 could not be saved, and its old content could not be put back: %2.")
            .arg(m_path, qt_error_string(why.number)),
        BaseText::tr("The old content is in %1; copy it back when the disk is well.").arg(copy));
}

FileSaver::FileSaver(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

FileSaver::FileSaver(FileSaver &&other) noexcept = default;

FileSaver::~FileSaver() = default;

Result<FileSaver> FileSaver::begin(const QString &path, FileMode mode)
{
    auto priv = std::make_unique<Private>(path, mode);
    return priv->begin().map([&priv] { return FileSaver(std::move(priv)); });
}

Result<void> FileSaver::write(QByteArrayView bytes)
{
    return d->write(bytes);
}

Result<void> FileSaver::commit()
{
    return d->commit();
}

Result<void> removeFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) == 0 || errno == ENOENT || errno == ENOTDIR)
        return {};
    return fail(ErrorKind::NotSaved,
                BaseText::tr("%1 could not be removed: %2.").arg(path, qt_error_string(errno)),
                BaseText::tr("Check the permissions of its folder."));
}

Result<void> makePrivateFile(const QString &path)
{
    // What is there is left alone: closing it would take this process's locks of it away (POSIX),
    // those of SQLite among them, and the next program to end would delete the log under us.
    if (QFile::exists(path))
        return {};
    auto file = DiskFile::open(QFile::encodeName(path), O_WRONLY | O_CREAT, 0600);
    if (!file)
        return tl::unexpected(notSaved(path, file.error().number, Kept::Nothing));
    return {};
}

} // namespace hubkeeper
