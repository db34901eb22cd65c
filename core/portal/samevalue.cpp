// SPDX-License-Identifier: MIT
#include "portal/samevalue.h"

#include "base/qtcompat.h"
#include "portal/jsontext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 msPerDay = 86'400'000;

/// A number as sign, digits without zeros at either end, and the place of the decimal point:
/// 0.digits x 10^point. Zero has no digits. Doubles would confuse large ids.
struct ExactNumber
{
    bool isNegative = false;
    QString digits;
    qint64 point = 0;
};

std::optional<ExactNumber> numberOf(const QString &text)
{
    static const QRegularExpression pattern(
        uR"(\A([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,9}))?\z)"_s);
    const auto match = pattern.match(text.trimmed());
    if (!match.hasMatch() || (match.capturedLength(2) == 0 && match.capturedLength(3) == 0))
        return std::nullopt;
    ExactNumber number;
    number.digits = match.captured(2) + match.captured(3);
    number.point = match.capturedLength(2) + match.captured(4).toLongLong();
    qsizetype zeros = 0;
    while (zeros < number.digits.size() && number.digits[zeros] == u'0')
        ++zeros;
    number.digits.remove(0, zeros);
    number.point -= zeros;
    while (number.digits.endsWith(u'0'))
        number.digits.chop(1);
    if (number.digits.isEmpty())
        return ExactNumber {};
    number.isNegative = match.captured(1) == "-"_L1;
    return number;
}

int compareSizes(const ExactNumber &a, const ExactNumber &b)
{
    if (a.digits.isEmpty() || b.digits.isEmpty())
        return int(b.digits.isEmpty()) - int(a.digits.isEmpty());
    if (a.point != b.point)
        return a.point < b.point ? -1 : 1;
    return a.digits.compare(b.digits); // Without zeros at the end, a prefix is smaller.
}

QString withPlainLineEnds(QString text)
{
    if (text.contains(u'\r')) {
        text.replace("\r\n"_L1, "\n"_L1);
        text.replace(u'\r', u'\n');
    }
    return text;
}

QString setKey(const QString &text)
{
    QStringList values = text.split(u';', Qt::SkipEmptyParts);
    values.sort();
    values.removeDuplicates();
    return values.join(u';');
}

QString numberKey(const QString &text)
{
    const auto number = numberOf(text);
    if (!number)
        return {};
    return u"%1%2e%3"_s.arg(number->isNegative ? u"-"_s : QString(), number->digits)
        .arg(number->point);
}

QString instantKey(const QString &text)
{
    const QDateTime instant = instantOf(text);
    return instant.isValid() ? QString::number(instant.toMSecsSinceEpoch()) : QString();
}

/// The key of a value of the property's own type; empty if the text is not one.
QString typedKey(const PropertyDefinition &property, const QString &text)
{
    if (property.type == "number"_L1)
        return numberKey(text);
    if (property.type == "date"_L1)
        return dayOf(text).toString(Qt::ISODate);
    if (property.type == "datetime"_L1)
        return instantKey(text);
    return {};
}

} // namespace

bool sameText(const QString &a, const QString &b)
{
    return a == b || withPlainLineEnds(a) == withPlainLineEnds(b);
}

QString valueKey(const PropertyDefinition &property, const QString &text)
{
    if (text.isEmpty())
        return {};
    if (property.isMultiValued())
        return setKey(text);
    if (property.type == "bool"_L1 || property.name == "email"_L1)
        return text.toCaseFolded(); // E-mail is stored in lower case.
    const QString typed = typedKey(property, text);
    if (!typed.isEmpty())
        return typed;
    // What is not a value of the type never equals one: their keys do not begin with a blank.
    static const QStringList typesWithKeys {u"number"_s, u"date"_s, u"datetime"_s};
    const QString plain = withPlainLineEnds(text);
    return typesWithKeys.contains(property.type) ? u' ' + plain : plain;
}

bool sameValue(const PropertyDefinition &property, const QString &a, const QString &b)
{
    return a == b || valueKey(property, a) == valueKey(property, b);
}

bool sameValue(const DefinitionsByName &definitions, const QString &property, const QString &a,
               const QString &b)
{
    const auto definition = definitions.constFind(property);
    return definition == definitions.cend() ? sameText(a, b) : sameValue(*definition, a, b);
}

std::optional<int> compareNumbers(const QString &a, const QString &b)
{
    const auto left = numberOf(a);
    const auto right = numberOf(b);
    if (!left || !right)
        return std::nullopt;
    if (left->isNegative != right->isNegative)
        return left->isNegative ? -1 : 1;
    const int sizes = compareSizes(*left, *right);
    return left->isNegative ? -sizes : sizes;
}

QDate dayOf(const QString &text)
{
    bool isNumber = false;
    const qint64 sinceEpoch = text.toLongLong(&isNumber);
    if (!isNumber)
        return text.size() == 10 ? QDate::fromString(text, Qt::ISODate) : QDate();
    if (sinceEpoch % msPerDay != 0) // Only exact midnights UTC are days.
        return {};
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch, utc).date();
}

} // namespace hubkeeper
