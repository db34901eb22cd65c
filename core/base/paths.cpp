// SPDX-License-Identifier: MIT
#include "base/paths.h"

#include <QDir>
#include <QFile>
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
    const bool existed = QDir(path).exists();
    if (!existed && !QDir().mkpath(path)) {
        return fail(ErrorKind::Storage, u"The folder %1 cannot be made."_s.arg(path),
                    u"Check the permissions of its parent folder."_s);
    }
    if (!existed)
        QFile::setPermissions(path, ownerOnlyFolder);
    return {};
}

} // namespace hubkeeper
