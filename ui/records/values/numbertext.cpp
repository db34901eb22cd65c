// SPDX-License-Identifier: MIT
#include "records/values/numbertext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int largestExponent = 60;
const NumberText notANumber {NumberText::NotANumber, {}};

/// In plain digits and signs, without blanks around.
QString inPlainLetters(const QString &typed)
{
    QString text;
    for (const QChar c : typed.trimmed()) {
        if (c.isDigit())
            text += QChar(u'0' + c.digitValue());
        else if (c == QChar(0x2212) || c == QChar(0xFF0D)) // Minus signs.
            text += u'-';
        else if (c == QChar(0x066B)) // Arabic decimal separator.
            text += u'.';
        else
            text += c;
    }
    return text;
}

/// Takes out blanks and apostrophes between groups of three digits: they cannot be decimal.
QString withoutBlanks(const QString &text)
{
    static const QRegularExpression groups(
        u"\\A([+-]?[0-9]{1,3})((?:([ \\x{A0}\\x{202F}\\x{2009}'\\x{2019}\\x{066C}])[0-9]{3})"
        "(?:\\3[0-9]{3})*)(?=\\z|[.,eE])"_s);
    const auto match = groups.match(text);
    if (!match.hasMatch())
        return text;
    QString digits = match.captured(2);
    digits.remove(match.captured(3));
    return match.captured(1) + digits + text.mid(match.capturedEnd());
}

/// "1234", "1.234.567", "1.234,5", "12,5": the digits with a point, or what is wrong.
NumberText readDecimal(const QString &text, const QLocale &locale)
{
    static const QRegularExpression grouped(
        u"\\A[0-9]{1,3}(?:([.,])[0-9]{3})(?:\\1[0-9]{3})*(?:(?!\\1)[.,][0-9]*)?\\z"_s);
    static const QRegularExpression single(u"\\A[0-9]*[.,]?[0-9]*\\z"_s);
    static const QRegularExpression either(u"\\A[1-9][0-9]{0,2}[.,][0-9]{3}\\z"_s);

    if (either.match(text).hasMatch()) {
        const QChar sign = text[text.size() - 4];
        if (locale.decimalPoint() != sign)
            return {NumberText::Ambiguous, {}};
        return {NumberText::Number, QString(text).replace(sign, u'.')};
    }
    if (single.match(text).hasMatch())
        return {NumberText::Number, QString(text).replace(u',', u'.')};
    const auto match = grouped.match(text);
    if (!match.hasMatch())
        return notANumber;
    return {NumberText::Number, QString(text).remove(match.captured(1)).replace(u',', u'.')};
}

/// Moves the point; `plain` has digits and at most one point.
QString shifted(const QString &plain, int exponent)
{
    const qsizetype point = plain.indexOf(u'.');
    QString digits = QString(plain).remove(u'.');
    qsizetype at = (point < 0 ? plain.size() : point) + exponent;
    if (at < 0) {
        digits.prepend(QString(-at, u'0'));
        at = 0;
    }
    if (at > digits.size())
        digits.append(QString(at - digits.size(), u'0'));
    return digits.left(at) + (at < digits.size() ? u'.' + digits.mid(at) : QString());
}

/// ".5" and "5." as HubSpot writes them.
QString tidied(QString plain)
{
    if (plain.startsWith(u'.'))
        plain.prepend(u'0');
    if (plain.endsWith(u'.'))
        plain.chop(1);
    return plain;
}

} // namespace

NumberText readNumber(const QString &typed, const QLocale &locale)
{
    static const QRegularExpression parts(
        u"\\A([+-]?)([0-9.,]*[0-9][0-9.,]*)(?:[eE]([+-]?[0-9]{1,3}))?\\z"_s);
    const auto match = parts.match(withoutBlanks(inPlainLetters(typed)));
    if (!match.hasMatch())
        return notANumber;
    NumberText number = readDecimal(match.captured(2), locale);
    if (number.meaning != NumberText::Number)
        return number;
    const int exponent = match.captured(3).toInt();
    if (std::abs(exponent) > largestExponent)
        return notANumber;
    number.plain = tidied(exponent == 0 ? number.plain : shifted(number.plain, exponent));
    if (match.captured(1) == "-"_L1)
        number.plain.prepend(u'-');
    return number;
}

} // namespace hubkeeper
