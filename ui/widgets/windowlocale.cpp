// SPDX-License-Identifier: MIT
#include "widgets/windowlocale.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QLocale localeForEnglish(const QLocale &system)
{
    const bool isLeftToRight = system.textDirection() == Qt::LeftToRight;
    if (isLeftToRight && system.zeroDigit() == "0"_L1)
        return system;
    return {QLocale::English, system.territory()};
}

} // namespace hubkeeper
