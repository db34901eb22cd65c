// SPDX-License-Identifier: MIT
#include "base/paths.h"

#include "base/basetext.h"
#include "base/takelock.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr QFile::Permissions ownerOnlyFolder =
    QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

QString stateFolder()
{
    // QStandardPaths knows state folders from Qt 6.7 on; the XDG rule is short enough to follow.
#ifdef Q_OS_LINUX
    const QString xdg = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base = xdg.isEmpty() ? QDir::homePath() + u"/.local/state"_s : xdg;
    return base + u"/hubkeeper"_s;
#else
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + u"/state"_s;
#endif
}

} // namespace

Paths Paths::standard()
{
    using Place = QStandardPaths;
    return {Place::writableLocation(Place::GenericConfigLocation) + u"/hubkeeper"_s,
            Place::writableLocation(Place::GenericDataLocation) + u"/hubkeeper"_s, stateFolder(),
            Place::writableLocation(Place::GenericCacheLocation) + u"/hubkeeper"_s};
}

Paths Paths::below(const QString &root)
{
    return {root + u"/config"_s, root + u"/data"_s, root + u"/state"_s, root + u"/cache"_s};
}

Result<void> makePrivateFolder(const QString &path)
{
    const QString folder = QDir::cleanPath(QDir().absoluteFilePath(path));
    if (QDir(folder).exists())
        return {};
    const QString parent = QFileInfo(folder).path();
    if (parent != folder) {
        if (const auto made = makePrivateFolder(parent); !made)
            return made;
    }
    // Another program may be making it at the same moment.
    if (QDir().mkdir(folder, ownerOnlyFolder) || QDir(folder).exists())
        return {};
    return fail(ErrorKind::NotSaved, BaseText::tr("The folder %1 cannot be made.").arg(folder),
                BaseText::tr("Check the free space and the permissions of its parent folder."));
}

Result<std::unique_ptr<QLockFile>> privateLock(const QString &path)
{
    auto lock = std::make_unique<QLockFile>(path);
    lock->setStaleLockTime(0);
    if (!takeLock(*lock)) {
        if (lock->error() == QLockFile::LockFailedError)
            return nullptr;
        return fail(ErrorKind::NotSaved, BaseText::tr("The lock file %1 cannot be made.").arg(path),
                    BaseText::tr("Check the free space and the permissions of its folder."));
    }
    QFile::setPermissions(path,
                          QFile::ReadOwner | QFile::WriteOwner); // QLockFile has no say in it.
    return lock;
}

} // namespace hubkeeper
