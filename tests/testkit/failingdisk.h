// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTest>

#include <cerrno>
#include <dlfcn.h>

namespace hubkeeper::test {

/// What the test sets testkit/failingdisk.cpp by; null if that is not preloaded. ctest does it
/// (hubkeeper_test, FAILING_DISK); by hand it is LD_PRELOAD.
using FailingDiskSet = void (*)(const char *, const char *, int, int, int);

[[nodiscard]] inline FailingDiskSet failingDisk()
{
    return reinterpret_cast<FailingDiskSet>(::dlsym(RTLD_DEFAULT, "failingDiskSet"));
}

/// While it lives, `call` (write, fsync, close, rename) on files below `path` of this process ends
/// with `error`: after `skip` calls that work, `times` times.
class DiskFault
{
public:
    DiskFault(const QByteArray &call, const QString &path, int error, int skip = 0, int times = -1)
    {
        failingDisk()(call.constData(), path.toUtf8().constData(), error, skip, times);
    }
    ~DiskFault() { failingDisk()("", "", 0, 0, 0); }
    Q_DISABLE_COPY_MOVE(DiskFault)
};

/// The same for another program.
inline void preloadFailingDisk(QProcessEnvironment &environment, const QByteArray &call,
                               const QString &path, int error)
{
    environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(HUBKEEPER_FAILING_DISK));
    environment.insert(QStringLiteral("ASAN_OPTIONS"),
                       qEnvironmentVariable("ASAN_OPTIONS")
                           + QStringLiteral(":verify_asan_link_order=0"));
    environment.insert(
        QStringLiteral("FAILING_DISK"),
        QStringLiteral("%1 %2 0 -1 %3").arg(QString::fromLatin1(call)).arg(error).arg(path));
}

/// Every way a disk says no, as the columns "call" and "error" of rows.
template <typename AddRow>
void forEachDiskFault(AddRow &&addRow)
{
    const std::pair<const char *, int> errors[] = {
        {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EIO", EIO}};
    for (const char *call : {"write", "fsync", "close", "rename"}) {
        for (const auto &[name, error] : errors)
            addRow(QByteArray(call), error, QByteArray(call) + ' ' + name);
    }
}

} // namespace hubkeeper::test
