// SPDX-License-Identifier: MIT
#include "script/bareenvironment.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QProcessEnvironment bareEnvironment()
{
    static const QStringList kept {
        u"LANG"_s,        u"LC_ALL"_s, u"TZ"_s,           u"LD_LIBRARY_PATH"_s,
        u"SYSTEMROOT"_s,  u"PATH"_s,   u"ASAN_OPTIONS"_s, u"UBSAN_OPTIONS"_s,
        u"TSAN_OPTIONS"_s};
    const QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment bare;
    for (const QString &name : kept) {
        if (all.contains(name))
            bare.insert(name, all.value(name));
    }
    return bare;
}

} // namespace hubkeeper
