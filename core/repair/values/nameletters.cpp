// SPDX-License-Identifier: MIT
#include "repair/values/nameletters.h"

#include "base/foldedtext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr QStringView apostrophes = u"'\u2019\u02BC\u2018`\u00B4\u02BB";

} // namespace

bool isApostrophe(QChar c)
{
    return apostrophes.contains(c);
}

NameLetters lettersOf(QStringView text)
{
    bool hasUpper = false;
    bool hasLower = false;
    for (const uint c : text.toUcs4()) {
        hasUpper |= QChar::isUpper(c) || QChar::isTitleCase(c);
        hasLower |= QChar::isLower(c) && c != 0xDF;
    }
    return hasUpper ? hasLower ? NameLetters::Mixed : NameLetters::Upper
        : hasLower  ? NameLetters::Lower
                    : NameLetters::None;
}

bool hasVowel(const QString &lower)
{
    static const QRegularExpression vowel(u"[aeiouy]|[^\\x00-\\x7F]"_s);
    return foldedText(lower).contains(vowel);
}

QString upperFirst(const QString &lower, bool isTurkish)
{
    qsizetype at = 0;
    while (at < lower.size() && !lower[at].isLetter())
        ++at;
    if (at == lower.size())
        return lower;
    const qsizetype length = lower[at].isHighSurrogate() ? 2 : 1;
    QString first = lower.mid(at, length);
    if (isTurkish && first == u'i')
        first = u"\u0130"_s;
    else
        first = length == 1 ? QString(first[0].toTitleCase()) : first.toUpper();
    return lower.left(at) + first + lower.mid(at + length);
}

QString lowerIn(const QString &text, bool isTurkish)
{
    QString source = text.normalized(QString::NormalizationForm_C);
    if (isTurkish) {
        source.replace(u'I', u'\u0131');
        source.replace(u'\u0130', u'i');
        source.replace(u"i\u0307"_s, u"i"_s);
    }
    QString lower = source.toLower();
    for (qsizetype i = 1; i < lower.size(); ++i) {
        const bool isEnd = i + 1 == lower.size() || !lower[i + 1].isLetter();
        if (lower[i] == u'\u03C3' && isEnd && lower[i - 1].isLetter())
            lower[i] = u'\u03C2';
    }
    return lower;
}

} // namespace hubkeeper
