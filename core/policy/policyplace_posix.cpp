// SPDX-License-Identifier: MIT
#include "base/diskfile.h"
#include "policy/policyplace.h"
#include "policy/policytext.h"

#include <QFile>

#include <sys/stat.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#ifdef Q_OS_MACOS
#include <sys/acl.h>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

tl::unexpected<Error> notReadable(const QString &path, int error)
{
    return fail(ErrorKind::Storage,
                PolicyText::tr("The policy file %1 cannot be read: %2.")
                    .arg(path, QString::fromLocal8Bit(std::strerror(error))));
}

tl::unexpected<Error> notTheirs(const QString &path, const QString &reason)
{
    //: %1 is a path, %2 a phrase.
    return fail(ErrorKind::Refused,
                PolicyText::tr("The policy file %1 does not count: %2.").arg(path, reason));
}

#ifdef Q_OS_MACOS
/// Entries that deny something are on many folders of the system, and give nobody anything.
bool hasAllowingEntry(acl_t list)
{
    acl_entry_t entry = nullptr;
    for (int which = ACL_FIRST_ENTRY; acl_get_entry(list, which, &entry) == 0;
         which = ACL_NEXT_ENTRY) {
        acl_tag_t tag = ACL_UNDEFINED_TAG;
        if (acl_get_tag_type(entry, &tag) != 0 || tag != ACL_EXTENDED_DENY)
            return true;
    }
    return false;
}
#endif

/// What is wrong with who may write it; empty if only root may.
QString faultOf(const QByteArray &path, const struct stat &status)
{
    const QString name = QFile::decodeName(path);
    if (status.st_uid != 0)
        return PolicyText::tr("%1 does not belong to root").arg(name);
    // With an access list the bits of the group are its mask, so this sees that, too.
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return PolicyText::tr("others than root can write to %1").arg(name);
#ifdef Q_OS_MACOS
    if (acl_t list = acl_get_file(path.constData(), ACL_TYPE_EXTENDED)) {
        const bool allows = hasAllowingEntry(list);
        acl_free(list);
        if (allows)
            return PolicyText::tr("%1 has an access list").arg(name);
    }
#endif
    return {};
}

/// Where a link leads, as an absolute path; empty if that cannot be read.
QByteArray targetOf(const QByteArray &link)
{
    QByteArray target(PATH_MAX, Qt::Uninitialized);
    const auto length = readlink(link.constData(), target.data(), size_t(target.size()));
    if (length <= 0 || length >= target.size())
        return {};
    target.truncate(length);
    return target.startsWith('/') ? target : link.first(link.lastIndexOf('/') + 1) + target;
}

/// Everything that an absolute path leads through, from the root to the file, where links lead too:
/// whoever can exchange one of them can exchange the file.
QString faultOnTheWay(const QByteArray &path, int mostLinks = 10)
{
    qsizetype end = 0;
    do {
        end = path.indexOf('/', end + 1);
        const QByteArray here = end < 0 ? path : path.first(end);
        struct stat status
        {
        };
        const bool isLink = lstat(here.constData(), &status) == 0 && S_ISLNK(status.st_mode);
        const QByteArray target = isLink && mostLinks > 0 ? targetOf(here) : QByteArray();
        QString fault;
        if (!target.isEmpty())
            fault = faultOnTheWay(target, mostLinks - 1);
        else if (isLink || stat(here.constData(), &status) != 0)
            fault = PolicyText::tr("%1 cannot be looked at").arg(QFile::decodeName(here));
        else
            fault = faultOf(here, status);
        if (!fault.isEmpty())
            return fault;
    } while (end >= 0);
    struct stat root
    {
    };
    return stat("/", &root) == 0 ? faultOf("/", root)
                                 : PolicyText::tr("%1 cannot be looked at").arg(u'/');
}

/// Whether something of the path is there that leads nowhere: then it is not simply missing.
bool leadsNowhere(const QByteArray &path)
{
    qsizetype end = 0;
    do {
        end = path.indexOf('/', end + 1);
        const QByteArray here = end < 0 ? path : path.first(end);
        struct stat status
        {
        };
        if (lstat(here.constData(), &status) != 0)
            return false;
        if (stat(here.constData(), &status) != 0)
            return true;
    } while (end >= 0);
    return false;
}

} // namespace

Result<std::optional<QByteArray>> readAdministratorsFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    // A pipe in its place must not make the program wait.
    const auto file = DiskFile::open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (!file && file.error().number == ENOENT && !leadsNowhere(name))
        return std::optional<QByteArray>();
    if (!file)
        return notReadable(path, file.error().number);
    const auto status = file->status();
    if (!status)
        return notReadable(path, status.error().number);
    if (!S_ISREG(status->st_mode))
        return notTheirs(path, PolicyText::tr("it is not a file"));
    QString fault = faultOf(name, *status);
    if (fault.isEmpty())
        fault = faultOnTheWay(name);
    if (!fault.isEmpty())
        return notTheirs(path, fault);
    if (status->st_size > largestPolicy)
        return notTheirs(path, PolicyText::tr("it is larger than 1 MB"));
    const auto content = file->readAt(0, largestPolicy);
    if (!content)
        return notReadable(path, content.error().number);
    return std::optional(*content);
}

QString administratorsPolicyPath()
{
#ifdef Q_OS_MACOS
    return u"/Library/Application Support/Hubkeeper/policy.json"_s;
#else
    return u"/etc/hubkeeper/policy.json"_s;
#endif
}

} // namespace hubkeeper
