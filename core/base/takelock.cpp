// SPDX-License-Identifier: MIT
#include "base/takelock.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLockFile>
#include <QThread>

namespace hubkeeper {

namespace {

constexpr qint64 namelessMs = 1'000; // A living program writes its name in a fraction of it.
constexpr int looks = 30;
constexpr int betweenLooksMs = 50;

bool namesNobody(const QLockFile &lock)
{
    qint64 process = 0;
    QString host;
    QString program;
    return !lock.getLockInfo(&process, &host, &program);
}

} // namespace

bool takeLock(QLockFile &lock)
{
    if (lock.tryLock(0))
        return true;
    if (lock.error() != QLockFile::LockFailedError || !namesNobody(lock))
        return false;
    const QFileInfo file(lock.fileName());
    if (!file.exists() || file.lastModified().msecsTo(QDateTime::currentDateTimeUtc()) < namelessMs)
        return false;
    // Fails where a program holds it.
    return lock.removeStaleLockFile() && lock.tryLock(0);
}

bool takeLockPatiently(QLockFile &lock)
{
    for (int look = 0; look < looks; ++look) {
        if (takeLock(lock))
            return true;
        if (lock.error() != QLockFile::LockFailedError || !namesNobody(lock))
            return false;
        QThread::msleep(betweenLooksMs);
    }
    return false;
}

} // namespace hubkeeper
