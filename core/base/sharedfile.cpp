// SPDX-License-Identifier: MIT
#include "base/sharedfile.h"

#include "base/basetext.h"
#include "base/paths.h"
#include "base/takelock.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QThread>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Two names of one file have one lock.
QString lockPathOf(const QString &path)
{
    const QString file = QFileInfo(path).canonicalFilePath();
    if (!file.isEmpty())
        return file + ".lock"_L1;
    const QDir folder(QFileInfo(path).dir().canonicalPath());
    return folder.filePath(QFileInfo(path).fileName()) + ".lock"_L1;
}

tl::unexpected<Error> notTaken(const QString &path, QLockFile::LockError error)
{
    if (error == QLockFile::LockFailedError)
        return fail(ErrorKind::Storage,
                    BaseText::tr("%1 is being changed by another program.").arg(path),
                    BaseText::tr("Try again in a moment; nothing was changed."));
    return fail(ErrorKind::NotSaved, BaseText::tr("%1 cannot be locked.").arg(path),
                BaseText::tr("Check the permissions and the free space of its folder."));
}

} // namespace

FileLock::FileLock(std::unique_ptr<QLockFile> lock)
    : m_lock(std::move(lock))
{
}

Result<FileLock> FileLock::take(const QString &path, std::chrono::milliseconds patience)
{
    if (auto folder = makePrivateFolder(QFileInfo(path).absolutePath()); !folder)
        return tl::unexpected(folder.error());
    const QString lockPath = lockPathOf(path);
    auto lock = std::make_unique<QLockFile>(lockPath);
    lock->setStaleLockTime(0); // However old: only a dead owner gives it up.
    const QDeadlineTimer end(patience);
    // QLockFile's own waiting doubles its pause up to seconds; a change takes milliseconds.
    while (!takeLock(*lock)) {
        if (lock->error() != QLockFile::LockFailedError || end.hasExpired())
            return notTaken(path, lock->error());
        QThread::msleep(2 + QRandomGenerator::global()->bounded(8U));
    }
    QFile::setPermissions(lockPath, QFile::ReadOwner | QFile::WriteOwner);
    return FileLock(std::move(lock));
}

Result<void> updateFile(const QString &path, qint64 largest, const ContentChange &change)
{
    const auto lock = FileLock::take(path);
    if (!lock)
        return tl::unexpected(lock.error());
    QByteArray before;
    if (QFileInfo::exists(path)) {
        auto read = readFile(path, largest);
        if (!read)
            return tl::unexpected(read.error());
        before = *std::move(read);
    }
    const auto after = change(before);
    if (!after)
        return tl::unexpected(after.error());
    return *after == before ? Result<void>() : saveFile(path, *after, FileMode::KeepOrPrivate);
}

} // namespace hubkeeper
