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

qint64 startOf(qint64 id)
{
    const HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, DWORD(id));
    FILETIME created {};
    FILETIME other {};
    const bool isKnown = process && GetProcessTimes(process, &created, &other, &other, &other);
    if (process)
        CloseHandle(process);
    return isKnown ? qint64(created.dwHighDateTime) << 32 | created.dwLowDateTime : 0;
}
#else
bool isAlive(qint64 id)
{
    return kill(pid_t(id), 0) == 0 || errno == EPERM;
}

/// Linux: in ticks since the system's start (proc(5), field 22 of stat). The name before it is in
/// brackets and may hold blanks and brackets itself.
qint64 startOf(qint64 id)
{
    constexpr int startField = 22 - 3; // Counted from the state, the first after the name.
    QFile file(u"/proc/%1/stat"_s.arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    return line.mid(line.lastIndexOf(')') + 2).split(' ').value(startField).toLongLong();
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
    const qint64 id = QCoreApplication::applicationPid();
    return {QSysInfo::machineHostName(), id, startOf(id)};
}

std::optional<bool> isThere(const WritingProcess &process)
{
    if (process.id <= 0 || process.host != QSysInfo::machineHostName())
        return std::nullopt;
    if (process == thisProcess())
        return true;
    if (!isAlive(process.id))
        return false;
    const qint64 started = startOf(process.id);
    if (process.started != 0 && started != 0)
        return process.started == started;
    const QByteArray name = nameOf(process.id);
    return name.isEmpty() || name.startsWith("hubkeeper");
}

} // namespace hubkeeper
