// SPDX-License-Identifier: MIT
#include "base/savefile.h"

#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

tl::unexpected<Error> cannotWrite(const QString &path, const QString &reason)
{
    return fail(ErrorKind::Storage, u"%1 cannot be written: %2."_s.arg(path, reason),
                u"Nothing was changed; check the folder's permissions and free space."_s);
}

} // namespace

Result<void> saveFile(const QString &path, const QByteArray &content, FileMode mode)
{
    const QFileInfo info(path);
    const QString target = info.isSymLink() ? info.symLinkTarget() : path;
    const bool existed = QFileInfo::exists(target);
    const QFile::Permissions before = QFileInfo(target).permissions();

    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(path, file.errorString());
    if (existed)
        file.setPermissions(before);
    else if (mode == FileMode::KeepOrPrivate)
        file.setPermissions(ownerOnly);
    if (file.write(content) != content.size() || !file.commit())
        return cannotWrite(path, file.errorString());
    return {};
}

Result<QByteArray> readFile(const QString &path, qint64 largest)
{
    const auto refuse = [&](const QString &reason) {
        return fail(ErrorKind::InvalidInput, u"%1 cannot be read: %2."_s.arg(path, reason),
                    u"Check the name and its permissions."_s);
    };
    if (QFileInfo(path).isDir())
        return refuse(u"it is a folder"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(file.errorString());
    QByteArray content = file.read(largest + 1);
    if (file.error() != QFileDevice::NoError)
        return refuse(file.errorString());
    if (content.size() > largest)
        return refuse(u"it is larger than %1 MB"_s.arg(largest >> 20));
    return content;
}

} // namespace hubkeeper
