// SPDX-License-Identifier: MIT
#include "tables/writing/wellformed.h"

namespace hubkeeper {

namespace {

/// Where the first half of a pair is, from `from` on; -1 if there is none.
qsizetype halfPairIn(const QString &text, qsizetype from)
{
    for (qsizetype i = from; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (!text[i].isHighSurrogate() || i + 1 == text.size() || !text[i + 1].isLowSurrogate())
            return i;
        ++i;
    }
    return -1;
}

} // namespace

bool isWellFormed(const QString &text)
{
    return halfPairIn(text, 0) < 0;
}

QString wellFormed(QString text)
{
    for (qsizetype at = halfPairIn(text, 0); at >= 0; at = halfPairIn(text, at))
        text[at] = QChar::ReplacementCharacter;
    return text;
}

} // namespace hubkeeper
