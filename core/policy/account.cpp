// SPDX-License-Identifier: MIT
#include "policy/account.h"

#include <array>
#include <vector>

#ifdef Q_OS_WIN
#include <windows.h>
// After it.
#include <lmcons.h>
#else
#include <pwd.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace hubkeeper {

#ifdef Q_OS_WIN

QString accountName()
{
    std::array<wchar_t, UNLEN + 1> name {};
    DWORD size = DWORD(name.size());
    if (GetUserNameW(name.data(), &size) && size > 1)
        return QString::fromWCharArray(name.data(), int(size) - 1);
    return u"?"_s;
}

#else

QString accountName()
{
    std::vector<char> buffer(16'384); // More than any entry has.
    passwd entry {};
    passwd *found = nullptr;
    if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return u"uid %1"_s.arg(geteuid());
}

#endif

} // namespace hubkeeper
