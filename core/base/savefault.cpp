// SPDX-License-Identifier: MIT
#include "base/savefault.h"

#include "base/basetext.h"

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
        return BaseText::tr("Free some space, or save it elsewhere.");
#ifdef EDQUOT
    case EDQUOT:
        return BaseText::tr("Free some space of your quota, or save it elsewhere.");
#endif
    case ENOENT:
    case ENOTDIR:
        return BaseText::tr("Make the folder first, or choose another name.");
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
        return BaseText::tr("Choose another name.");
    case EACCES:
    case EPERM:
    case EROFS:
        return BaseText::tr(
            "Check the permissions of the file and its folder, or save it elsewhere.");
    default:
        return BaseText::tr("Check the disk, or save it elsewhere.");
    }
}

} // namespace

Error notSaved(const QString &path, int number, Kept kept)
{
    const QString reason = qt_error_string(number);
    if (kept == Kept::New) {
        return fail(ErrorKind::NotSaved,
                    BaseText::tr("%1 was saved, but the disk did not confirm it: %2.")
                        .arg(path, reason),
                    BaseText::tr("Check the disk: a power cut could bring the old content back."))
            .value();
    }
    const QString now = kept == Kept::Old ? BaseText::tr("It is as it was. ") : QString();
    return fail(ErrorKind::NotSaved, BaseText::tr("%1 could not be saved: %2.").arg(path, reason),
                now + remedyFor(number))
        .value();
}

} // namespace hubkeeper
