// SPDX-License-Identifier: MIT
#include "practice/data/valuerules.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

bool matches(const QString &pattern, const QString &value)
{
    const QRegularExpression expression(QRegularExpression::anchoredPattern(pattern),
                                        QRegularExpression::UseUnicodePropertiesOption);
    return expression.match(value).hasMatch();
}

bool holdsText(const QString &rule, const QStringList &arguments, const QString &value)
{
    if (rule == "REGEX"_L1)
        return matches(arguments.value(0), value);
    if (rule == "MIN_LENGTH"_L1)
        return value.size() >= arguments.value(0).toInt();
    if (rule == "MAX_LENGTH"_L1)
        return value.size() <= arguments.value(0).toInt();
    if (rule == "ALPHANUMERIC"_L1)
        return matches(u"[\\p{L}\\p{N}\\s]*"_s, value);
    if (rule == "WHITESPACE"_L1)
        return !matches(u".*\\s.*"_s, value);
    if (rule == "SPECIAL_CHARACTERS"_L1)
        return !matches(u".*[^\\p{L}\\p{N}\\s].*"_s, value);
    if (rule == "DOMAIN"_L1)
        return matches(u"[\\w-]+(\\.[\\w-]+)+"_s, value);
    if (rule == "EMAIL"_L1)
        return isEmailAddress(value);
    if (rule == "URL"_L1)
        return matches(u"https?://\\S+"_s, value);
    const QString host = value.section(u'@', -1).toLower();
    if (rule == "EMAIL_ALLOWED_DOMAINS"_L1)
        return arguments.contains(host);
    if (rule == "EMAIL_BLOCKED_DOMAINS"_L1)
        return !arguments.contains(host);
    return true;
}

bool holdsOrder(const QString &rule, const QStringList &arguments, const QString &value)
{
    if (rule == "MIN_NUMBER"_L1)
        return value.toDouble() >= arguments.value(0).toDouble();
    if (rule == "MAX_NUMBER"_L1)
        return value.toDouble() <= arguments.value(0).toDouble();
    if (rule == "DECIMAL"_L1)
        return value.section(u'.', 1).size() <= arguments.value(0).toInt();
    const auto bound = readInstant(arguments.value(0));
    const auto instant = readInstant(value);
    if (!bound || !instant)
        return true;
    if (rule == "START_DATE"_L1 || rule == "START_DATETIME"_L1)
        return *instant >= *bound;
    if (rule == "END_DATE"_L1 || rule == "END_DATETIME"_L1)
        return *instant <= *bound;
    return true;
}

} // namespace

std::optional<ValueFault> brokenRule(const Property &property, const QString &value)
{
    for (auto it = property.rules.begin(); it != property.rules.end(); ++it) {
        QStringList arguments;
        for (const QJsonValue &argument : it.value())
            arguments.append(argument.isString() ? argument.toString()
                                                 : argument.toVariant().toString());
        if (!holdsText(it.key(), arguments, value) || !holdsOrder(it.key(), arguments, value)) {
            return ValueFault {u"INVALID_"_s + it.key(),
                               u"%1 does not meet the rule %2 of property %3"_s.arg(value, it.key(),
                                                                                    property.name)};
        }
    }
    return std::nullopt;
}

bool isRuleType(const QString &name)
{
    static const QStringList types =
        u"FORMAT ALPHANUMERIC SPECIAL_CHARACTERS WHITESPACE REGEX MIN_LENGTH MAX_LENGTH MIN_NUMBER "
        "MAX_NUMBER DECIMAL START_DATE END_DATE START_DATETIME END_DATETIME BEFORE_DURATION "
        "AFTER_DURATION BEFORE_DATETIME_DURATION AFTER_DATETIME_DURATION DAYS_OF_WEEK EMAIL "
        "EMAIL_ALLOWED_DOMAINS EMAIL_BLOCKED_DOMAINS URL URL_ALLOWED_DOMAINS URL_BLOCKED_DOMAINS "
        "DOMAIN PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE"_s.split(u' ');
    return types.contains(name);
}

bool isEmailAddress(const QString &text)
{
    static const QRegularExpression form(
        u"^[^\\s@,;<>\"]+@[^\\s@,;<>\"/]+\\.[^\\s@,;<>\"/.]+\\z"_s);
    return text.size() <= 254 && !text.contains(u".."_s) && form.match(text).hasMatch();
}

} // namespace hubkeeper::practice
