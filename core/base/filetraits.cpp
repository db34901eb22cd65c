// SPDX-License-Identifier: MIT
#include "base/filetraits.h"

#include <QByteArrayList>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <unistd.h>
#if defined(__linux__)
#include <sys/xattr.h>
#elif defined(__APPLE__)
#include <copyfile.h>
#include <fcntl.h>
#endif

namespace hubkeeper {

namespace {

#if defined(__linux__)

using Attribute = std::optional<QByteArray>;

/// `ask` gets a buffer and its size, as listxattr and getxattr; nothing if it failed.
template <typename Ask>
Attribute sized(Ask &&ask)
{
    for (ssize_t size = ask(nullptr, 0); size >= 0; size = ask(nullptr, 0)) {
        QByteArray bytes(size, Qt::Uninitialized);
        const ssize_t got = ask(bytes.data(), size_t(size));
        if (got >= 0)
            return bytes.first(got);
        if (errno != ERANGE) // It grew meanwhile.
            break;
    }
    return {};
}

Attribute attributeOf(const QByteArray &path, const QByteArray &name)
{
    return sized([&](char *buffer, size_t size) {
        return ::getxattr(path.constData(), name.constData(), buffer, size);
    });
}

Attribute attributeOf(const DiskFile &file, const QByteArray &name)
{
    return sized([&](char *buffer, size_t size) {
        return ::fgetxattr(file.descriptor(), name.constData(), buffer, size);
    });
}

/// Hashes and signatures of the content, which the system makes anew.
bool isOfTheContent(const QByteArray &name)
{
    return name == "security.ima" || name == "security.evm";
}

bool takeAttributes(DiskFile &file, const QByteArray &path)
{
    const auto names = sized(
        [&](char *buffer, size_t size) { return ::listxattr(path.constData(), buffer, size); });
    if (!names)
        return errno == ENOTSUP;
    const QByteArrayList list = names->split('\0');
    // The folder's default ACL, which the new file inherited and the old one does not have.
    constexpr auto acl = "system.posix_acl_access";
    if (!list.contains(acl) && ::fremovexattr(file.descriptor(), acl) != 0 && errno != ENODATA
        && errno != ENOTSUP)
        return false;
    return std::all_of(list.begin(), list.end(), [&](const QByteArray &name) {
        if (name.isEmpty() || isOfTheContent(name))
            return true;
        const Attribute value = attributeOf(path, name);
        return value
            && (value == attributeOf(file, name)
                || ::fsetxattr(file.descriptor(), name.constData(), value->constData(),
                               size_t(value->size()), 0)
                    == 0);
    });
}

#elif defined(__APPLE__)

bool takeAttributes(DiskFile &file, const QByteArray &path)
{
    const auto from = DiskFile::open(path, O_RDONLY);
    return from
        && ::fcopyfile(from->descriptor(), file.descriptor(), nullptr,
                       COPYFILE_ACL | COPYFILE_XATTR)
        == 0;
}

#else

bool takeAttributes(DiskFile &, const QByteArray &)
{
    return true;
}

#endif

constexpr mode_t modeBits = 07777;

} // namespace

bool takeTraits(DiskFile &file, const QByteArray &path, const struct stat &status)
{
    const auto own = file.status();
    if (!own)
        return false;
    if ((own->st_uid != status.st_uid || own->st_gid != status.st_gid)
        && ::fchown(file.descriptor(), status.st_uid, status.st_gid) != 0)
        return false;
    if (!takeAttributes(file, path))
        return false;
    if (::fchmod(file.descriptor(), status.st_mode & modeBits) != 0)
        return false;
    const auto now = file.status(); // A bit for a group one is not in goes without a word.
    return now && now->st_uid == status.st_uid && now->st_gid == status.st_gid
        && (now->st_mode & modeBits) == (status.st_mode & modeBits);
}

} // namespace hubkeeper
