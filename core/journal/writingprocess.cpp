// SPDX-License-Identifier: MIT
#include "journal/writingprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <cerrno>
#include <csignal>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

#ifdef Q_OS_WIN
bool isAlive(qint64 id)
{
    const HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, DWORD(id));
    if (!process)
        return GetLastError() == ERROR_ACCESS_DENIED; // Another user's.
    DWORD code = 0;
    const bool isAlive = GetExitCodeProcess(process, &code) && code == STILL_ACTIVE;
    CloseHandle(process);
    return isAlive;
}
#else
bool isAlive(qint64 id)
{
    return kill(pid_t(id), 0) == 0 || errno == EPERM;
}
#endif

/// Numbers are used again: another program has another name. Empty where the system does not say.
QByteArray nameOf(qint64 id)
{
    QFile name(u"/proc/%1/comm"_s.arg(id));
    return name.open(QIODevice::ReadOnly) ? name.readAll().trimmed() : QByteArray();
}

} // namespace

WritingProcess thisProcess()
{
    return {QSysInfo::machineHostName(), QCoreApplication::applicationPid()};
}

std::optional<bool> isThere(const WritingProcess &process)
{
    if (process.id <= 0 || process.host != QSysInfo::machineHostName())
        return std::nullopt;
    if (process == thisProcess())
        return true;
    if (!isAlive(process.id))
        return false;
    const QByteArray name = nameOf(process.id);
    return name.isEmpty() || name.startsWith("hubkeeper");
}

} // namespace hubkeeper
