// SPDX-License-Identifier: MIT
#include "base/savefault.h"

#include <QtGlobal>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString remedyFor(int number)
{
    switch (number) {
    case ENOSPC:
    case EFBIG:
        return u"Free some space, or save it elsewhere."_s;
#ifdef EDQUOT
    case EDQUOT:
        return u"Free some space of your quota, or save it elsewhere."_s;
#endif
    case ENOENT:
    case ENOTDIR:
        return u"Make the folder first, or choose another name."_s;
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
        return u"Choose another name."_s;
    case EACCES:
    case EPERM:
    case EROFS:
        return u"Check the permissions of the file and its folder, or save it elsewhere."_s;
    default:
        return u"Check the disk, or save it elsewhere."_s;
    }
}

} // namespace

Error notSaved(const QString &path, int number, Kept kept)
{
    const QString reason = qt_error_string(number);
    if (kept == Kept::New) {
        return fail(ErrorKind::NotSaved,
                    u"%1 was saved, but the disk did not confirm it: %2."_s.arg(path, reason),
                    u"Check the disk: a power cut could bring the old content back."_s)
            .value();
    }
    const QString now = kept == Kept::Old ? u"It is as it was. "_s : QString();
    return fail(ErrorKind::NotSaved, u"%1 could not be saved: %2."_s.arg(path, reason),
                now + remedyFor(number))
        .value();
}

} // namespace hubkeeper
