// SPDX-License-Identifier: MIT
#include "base/temporaryfile.h"

#include <QRandomGenerator>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace hubkeeper {

namespace {

constexpr int mostTries = 100;

QByteArray newName(const QByteArray &folder)
{
    return folder + "/.hubkeeper-"
        + QByteArray::number(QRandomGenerator::system()->generate64(), 36) + ".tmp";
}

#ifdef O_TMPFILE
QByteArray ownPath(int descriptor)
{
    return "/proc/self/fd/" + QByteArray::number(descriptor);
}
#endif

} // namespace

TemporaryFile::TemporaryFile(DiskFile file, QByteArray folder, QByteArray name)
    : m_file(std::move(file))
    , m_folder(std::move(folder))
    , m_name(std::move(name))
{
}

TemporaryFile::TemporaryFile(TemporaryFile &&other) noexcept
    : m_file(std::move(other.m_file))
    , m_folder(std::move(other.m_folder))
    , m_name(std::exchange(other.m_name, QByteArray()))
{
}

TemporaryFile &TemporaryFile::operator=(TemporaryFile &&other) noexcept
{
    std::swap(m_file, other.m_file);
    std::swap(m_folder, other.m_folder);
    std::swap(m_name, other.m_name);
    return *this;
}

TemporaryFile::~TemporaryFile()
{
    if (!m_name.isEmpty())
        ::unlink(m_name.constData());
}

DiskResult<TemporaryFile> TemporaryFile::make(const QByteArray &folder, mode_t mode)
{
#ifdef O_TMPFILE
    auto nameless = DiskFile::open(folder, O_TMPFILE | O_RDWR, mode);
    if (nameless && ::access(ownPath(nameless->descriptor()).constData(), F_OK) == 0)
        return TemporaryFile(std::move(*nameless), folder, {});
#endif
    for (int i = 0; i < mostTries; ++i) {
        const QByteArray name = newName(folder);
        auto file = DiskFile::open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
        if (file)
            return TemporaryFile(std::move(*file), folder, name);
        if (file.error().number != EEXIST)
            return tl::unexpected(file.error());
    }
    return tl::unexpected(DiskError {EEXIST});
}

DiskResult<void> TemporaryFile::reopen()
{
    if (m_file.isOpen())
        return {};
    return DiskFile::open(m_name, O_RDWR).map([this](DiskFile file) { m_file = std::move(file); });
}

DiskResult<void> TemporaryFile::giveName()
{
#ifdef O_TMPFILE
    for (int i = 0; i < mostTries && m_name.isEmpty(); ++i) {
        const QByteArray name = newName(m_folder);
        if (::linkat(AT_FDCWD, ownPath(m_file.descriptor()).constData(), AT_FDCWD, name.constData(),
                     AT_SYMLINK_FOLLOW)
            == 0)
            m_name = name;
        else if (errno != EEXIST)
            return diskError();
    }
    if (m_name.isEmpty())
        return tl::unexpected(DiskError {EEXIST});
#endif
    return {};
}

} // namespace hubkeeper
