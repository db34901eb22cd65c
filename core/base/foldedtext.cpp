// SPDX-License-Identifier: MIT
#include "base/foldedtext.h"

#include <algorithm>

namespace hubkeeper {

namespace {

/// Qt decomposes in place, which takes the square of the length.
constexpr qsizetype atOnce = 64;

void append(QString &folded, QStringView part)
{
    const QString letters =
        part.toString().normalized(QString::NormalizationForm_KD).toCaseFolded();
    for (const QChar letter : letters) {
        if (letter == u'\u00DF') // Qt folds letter by letter.
            folded.append(QLatin1StringView("ss"));
        else if (!letter.isMark())
            folded.append(letter);
    }
}

} // namespace

QString foldedText(const QString &text)
{
    const bool isAscii =
        std::all_of(text.begin(), text.end(), [](QChar letter) { return letter.unicode() < 0x80; });
    if (isAscii)
        return text.toLower();
    QString folded;
    folded.reserve(text.size());
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = std::min(begin + atOnce, text.size());
        if (end < text.size() && text[end].isLowSurrogate())
            --end;
        append(folded, QStringView(text).mid(begin, end - begin));
        begin = end;
    }
    return folded;
}

} // namespace hubkeeper
