// SPDX-License-Identifier: MIT
#include "journal/loginname.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <lmcons.h>
#include <windows.h>
#else
#include <pwd.h>
#include <unistd.h>
#include <vector>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper {

#ifdef Q_OS_WIN
QString loginName()
{
    wchar_t name[UNLEN + 1];
    DWORD size = UNLEN + 1;
    return GetUserNameW(name, &size) ? QString::fromWCharArray(name) : u"unknown"_s;
}
#else
QString loginName()
{
    const uid_t id = geteuid();
    const long wished = sysconf(_SC_GETPW_R_SIZE_MAX);
    std::vector<char> room(wished > 0 ? size_t(wished) : 16'384);
    passwd entry {};
    passwd *found = nullptr;
    if (getpwuid_r(id, &entry, room.data(), room.size(), &found) != 0 || !found)
        return u"uid %1"_s.arg(id);
    return QString::fromLocal8Bit(entry.pw_name);
}
#endif

} // namespace hubkeeper
