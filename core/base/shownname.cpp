// SPDX-License-Identifier: MIT
#include "base/shownname.h"

#include <algorithm>

namespace hubkeeper {

QString shownName(const QString &name)
{
    constexpr qsizetype most = 60; // Characters.
    const QString shortened = name.size() <= most ? name : name.left(most) + u'…';
    const bool isPlain = !name.isEmpty()
        && std::none_of(name.begin(), name.end(), [](QChar c) { return c.isSpace(); });
    return isPlain ? shortened : u'"' + shortened + u'"';
}

} // namespace hubkeeper
