// SPDX-License-Identifier: MIT
#include "counttext.h"

#include <QLocale>

namespace hubkeeper::cli {

QString countText(qint64 count, QLatin1StringView one, QLatin1StringView many)
{
    static const QLocale english(QLocale::English, QLocale::UnitedStates);
    return english.toString(count) + u' ' + (count == 1 ? one : many);
}

} // namespace hubkeeper::cli
