// SPDX-License-Identifier: MIT
#include "base/foldedtext.h"

#include <algorithm>

namespace hubkeeper {

QString foldedText(const QString &text)
{
    const bool isAscii =
        std::all_of(text.begin(), text.end(), [](QChar letter) { return letter.unicode() < 0x80; });
    if (isAscii)
        return text.toLower();
    QString folded = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    folded.removeIf([](QChar letter) { return letter.isMark(); });
    folded.replace(u'\u00DF', QLatin1StringView("ss")); // Qt folds letter by letter.
    return folded;
}

} // namespace hubkeeper
