// SPDX-License-Identifier: MIT
#include "repair/values/phonenumber.h"

#include "repair/repairtext.h"
#include "repair/values/spaces.h"

#include <QRegularExpression>
#include <QSet>

#include <phonenumbers/phonenumberutil.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

PhoneNumberUtil &numberingPlans()
{
    return *PhoneNumberUtil::GetInstance();
}

/// The number as E.164 if it is one that may be in use.
std::optional<QString> validNumber(const QString &text, const QString &country,
                                   PhoneNumber *parsed = nullptr)
{
    PhoneNumber number;
    const std::string region = country.isEmpty() ? "ZZ" : country.toStdString();
    if (numberingPlans().Parse(text.toStdString(), region, &number)
        != PhoneNumberUtil::NO_PARSING_ERROR)
        return std::nullopt;
    if (!numberingPlans().IsValidNumber(number))
        return std::nullopt;
    std::string formatted;
    numberingPlans().Format(number, PhoneNumberUtil::E164, &formatted);
    if (parsed)
        *parsed = number;
    return QString::fromStdString(formatted);
}

QString digitsOf(const QString &text)
{
    QString digits;
    for (const QChar c : text) {
        if (c.isDigit())
            digits.append(QChar(u'0' + c.digitValue()));
    }
    return digits;
}

/// One value on its way to a number.
class PhoneRepair
{
public:
    PhoneRepair(const QString &was, const QString &country)
        : m_was(was)
        , m_country(country.toUpper())
    {
    }

    [[nodiscard]] RepairedValue repaired();

private:
    [[nodiscard]] RepairedValue doubt(const QString &reason, const QString &suggestion = {}) const
    {
        return RepairedValue::doubtful(m_was, reason, suggestion);
    }
    [[nodiscard]] std::optional<RepairedValue> oddity() const;
    [[nodiscard]] std::optional<RepairedValue> withoutWords();
    [[nodiscard]] std::optional<RepairedValue> severalNumbers() const;
    [[nodiscard]] RepairedValue vanity() const;
    [[nodiscard]] RepairedValue fromInternational(QString number) const;
    [[nodiscard]] RepairedValue fromNational() const;
    [[nodiscard]] bool isUnsureNational(const QString &made) const;

    const QString m_was;
    const QString m_country;
    QString m_text; // What is left to read.
};

/// What only looks like a number.
std::optional<RepairedValue> PhoneRepair::oddity() const
{
    static const QRegularExpression exponent(u"^\\d([.,]\\d+)?[eE]\\+?\\d+$"_s);
    static const QRegularExpression decimal(u"^\\d+[.,]0+$"_s);
    static const QRegularExpression day(u"^(\\d{4}-\\d\\d-\\d\\d|\\d\\d?[./]\\d\\d?[./]\\d{4})$"_s);
    if (exponent.match(m_text).hasMatch() || decimal.match(m_text).hasMatch())
        return doubt(RepairText::tr("A spreadsheet has made a decimal number of it."));
    if (day.match(m_text).hasMatch())
        return doubt(RepairText::tr("It is a date."));
    if (m_text.contains(u'@'))
        return doubt(RepairText::tr("It is an e-mail address."));
    const QString digits = digitsOf(m_text);
    if (digits.isEmpty())
        return doubt(RepairText::tr("It has no digits."));
    if (digits.size() > 4 && digits.count(digits[0]) == digits.size())
        return doubt(RepairText::tr("All of its digits are the same."));
    static const QRegularExpression extension(u"(;ext=|(?<![\\p{L}])(ext|extn|extension|x|"
                                              u"durchwahl|dw|apparat|app|int|anexo|poste|interno"
                                              "|ramal|klappe|kl|toestel|wew|\u0434\u043E\u0431)[.:]"
                                              "?\\s*\\d+|#\\s*\\d+|,+\\s*\\d{1,6}#?\\s*$"
                                              "|[pw]\\s*\\d{1,6}#?\\s*$)"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    const auto match = extension.match(m_text);
    if (match.hasMatch() && digitsOf(m_text.left(match.capturedStart())).size() > 4) {
        const auto rest = PhoneRepair(m_text.left(match.capturedStart()), m_country).repaired();
        return doubt(RepairText::tr("It has an extension, which E.164 cannot hold."),
                     rest.outcome == RepairedValue::Doubtful ? QString() : rest.value);
    }
    return severalNumbers();
}

std::optional<RepairedValue> PhoneRepair::severalNumbers() const
{
    static const QRegularExpression between(
        u"\\s*[;,|&\n]\\s*|\\s*/\\s*|\\s+(or|and|oder|und|ou|et|o|y|e|bzw\\.?|resp\\.?)\\s+"_s,
        QRegularExpression::CaseInsensitiveOption);
    int numbers = 0;
    for (const QString &part : m_text.split(between, Qt::SkipEmptyParts))
        numbers += digitsOf(part).size() > 6 ? 1 : 0;
    if (numbers > 1)
        return doubt(RepairText::tr("It has more than one number."));
    static const QRegularExpression tail(u"\\d[\\d\\s().-]{5,}\\d\\s*/\\s*-?\\d{1,4}$"_s);
    if (tail.match(m_text).hasMatch() && digitsOf(m_text.left(m_text.lastIndexOf(u'/'))).size() > 6)
        return doubt(RepairText::tr("It has more than one number."));
    static const QRegularExpression secondPlus(u"\\d\\D*\\+\\s*\\d"_s);
    if (secondPlus.match(m_text).hasMatch())
        return doubt(RepairText::tr("It has more than one number."));
    return std::nullopt;
}

/// Takes off words around the number; letters inside it are another matter.
std::optional<RepairedValue> PhoneRepair::withoutWords()
{
    static const QRegularExpression before(u"^[^\\d+(]*?(?=[\\d+(])"_s);
    static const QRegularExpression letter(u"\\p{L}"_s);
    const QString lead = before.match(m_text).captured();
    if (!lead.isEmpty()) {
        const bool isGlued = lead.back().isLetter() && lead.size() < 3;
        if (isGlued)
            return doubt(RepairText::tr("It has letters among its digits."));
        m_text.remove(0, lead.size());
    }
    static const QRegularExpression noteInside(u"[(\\[][^\\d)\\]]*\\p{L}[^\\d)\\]]*[)\\]]"_s);
    m_text.remove(noteInside);
    static const QRegularExpression after(u"(?<=[\\d\\s)])[^\\d]*\\p{L}[^\\d]*$"_s);
    const auto tail = after.match(m_text);
    if (tail.hasMatch()) {
        const QString digits = m_text.left(tail.capturedStart());
        const bool isSeparate = tail.captured().at(0).isSpace() || digits.back().isSpace()
            || tail.captured().at(0) == u',' || tail.captured().at(0) == u'(';
        const QString whole = m_text;
        m_text = digits;
        const bool isNumber = validNumber(digits, m_country) || digitsOf(digits).size() > 8;
        if (!isSeparate || !isNumber)
            m_text = whole;
    }
    m_text = m_text.trimmed();
    if (m_text.contains(letter))
        return vanity();
    return std::nullopt;
}

/// Words in place of digits: in capitals, five letters or more, and a valid number with them.
RepairedValue PhoneRepair::vanity() const
{
    static const QRegularExpression word(u"^[+\\d\\s().-]*([A-Z][A-Z\\s\\d-]*[A-Z])$"_s);
    const auto reason = RepairText::tr("It has letters among its digits.");
    const auto match = word.match(m_text);
    if (!match.hasMatch() || digitsOf(m_text).size() > 8)
        return doubt(reason);
    static const QRegularExpression other(u"[^A-Z]"_s);
    if (match.captured(1).remove(other).size() < 5)
        return doubt(reason);
    const auto made = validNumber(m_text, m_country);
    return made ? RepairedValue::made(m_was, *made) : doubt(reason);
}

RepairedValue PhoneRepair::fromInternational(QString number) const
{
    static const QRegularExpression signs(u"^[+\\s(]*(0\\s*0)?[+\\s(]*"_s);
    number.replace(signs, u"+"_s);
    const auto made = validNumber(number, {});
    if (made)
        return RepairedValue::made(m_was, *made);
    return doubt(RepairText::tr("It is not a valid phone number."));
}

/// Whether a number without trunk prefix may be a local one, or one of another country.
bool PhoneRepair::isUnsureNational(const QString &made) const
{
    const QString digits = digitsOf(m_text);
    std::string trunk;
    numberingPlans().GetNddPrefixForRegion(m_country.toStdString(), true, &trunk);
    static const QRegularExpression american(u"^\\(?[2-9]\\d\\d\\)?[-. ]*\\d{3}[-. ]\\d{4}$"_s);
    const bool isAmericanPlan =
        numberingPlans().GetCountryCodeForRegion(m_country.toStdString()) == 1;
    if (!isAmericanPlan && american.match(m_text).hasMatch()
        && (trunk != "0" || !digits.startsWith(u'0')))
        return true;
    if (trunk != "0" || digits.startsWith(u'0'))
        return false;
    if (const auto other = validNumber(u'+' + digits, {}); other && *other != made)
        return true;
    if (made == u'+' + digits) // With its country code, only without the plus.
        return false;
    static const QSet<QString> variable {u"DE"_s, u"AT"_s, u"FI"_s, u"SE"_s, u"LU"_s, u"ID"_s};
    if (variable.contains(m_country) && digits.size() < 10)
        return true;
    return digits.size() == 10 && validNumber(digits, u"US"_s).has_value();
}

RepairedValue PhoneRepair::fromNational() const
{
    if (m_country.isEmpty()) {
        const auto made = validNumber(u'+' + digitsOf(m_text), {});
        return doubt(RepairText::tr("It has no country code, and no country was given."),
                     made.value_or(QString()));
    }
    const auto made = validNumber(m_text, m_country);
    if (!made) {
        const auto other = validNumber(u'+' + digitsOf(m_text), {});
        return doubt(RepairText::tr("It is not a valid phone number in %1.").arg(m_country),
                     other.value_or(QString()));
    }
    if (isUnsureNational(*made))
        return doubt(RepairText::tr("Its area code or country code may be missing."), *made);
    return RepairedValue::made(m_was, *made);
}

RepairedValue PhoneRepair::repaired()
{
    m_text = tidied(m_was).normalized(QString::NormalizationForm_KC).trimmed();
    static const QRegularExpression scheme(u"^(tel|callto|sms|whatsapp):(//)?"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    m_text.remove(scheme);
    static const QRegularExpression apostrophe(u"^['\u2019=\"]+|[\"']+$"_s);
    m_text.remove(apostrophe);
    if (m_text.isEmpty())
        return RepairedValue::kept(m_was);
    if (const auto odd = oddity())
        return *odd;
    if (const auto end = withoutWords())
        return *end;
    static const QRegularExpression international(u"^\\(?\\s*\\+|^\\(?00[1-9]|^\\(?00\\s*[1-9(]"_s);
    const bool isAmerican = !m_country.isEmpty()
        && numberingPlans().GetCountryCodeForRegion(m_country.toStdString()) == 1;
    if (isAmerican && m_text.startsWith("011"_L1) && digitsOf(m_text).size() > 10)
        return fromInternational(u'+' + m_text.mid(3));
    if (international.match(m_text).hasMatch()) {
        const auto dialled = m_country.isEmpty() ? std::nullopt : validNumber(m_text, m_country);
        return dialled ? RepairedValue::made(m_was, *dialled) : fromInternational(m_text);
    }
    return fromNational();
}

} // namespace

RepairedValue repairPhone(const QString &text, const QString &country)
{
    return PhoneRepair(text, country).repaired();
}

bool isPhoneCountry(const QString &country)
{
    return numberingPlans().GetCountryCodeForRegion(country.toUpper().toStdString()) != 0;
}

QString countryOfPhone(const QString &number)
{
    PhoneNumber parsed;
    if (!validNumber(number, {}, &parsed))
        return {};
    std::string region;
    numberingPlans().GetRegionCodeForNumber(parsed, &region);
    return region.size() == 2 && region != "ZZ" ? QString::fromStdString(region) : QString();
}

QDate phonePlansDate()
{
    struct Probe
    {
        const char *number;
        QDate since;
    };
    // Numbers that became valid with a change of a national plan.
    static const std::array probes {
        Probe {"+2290190011234", QDate(2024, 11, 30)}, // Benin: ten digits.
        Probe {"+17282345678", QDate(2023, 3, 10)}, // Florida: area code 728.
        Probe {"+14722345678", QDate(2022, 10, 7)}, // North Carolina: area code 472.
        Probe {"+2250701234567", QDate(2021, 1, 31)}, // Ivory Coast: ten digits.
    };
    static const QDate date = [] {
        for (const Probe &probe : probes) {
            if (validNumber(QString::fromLatin1(probe.number), {}))
                return probe.since;
        }
        return QDate();
    }();
    return date;
}

QString phonePlansSentence()
{
    const QDate date = phonePlansDate();
    return date.isValid()
        ? RepairText::tr("The numbering plans of libphonenumber are of %1 or newer; numbers that "
                         "came into use later are doubtful.")
              .arg(date.toString(u"yyyy-MM"_s))
        : RepairText::tr("The numbering plans of libphonenumber are older than 2021; numbers that "
                         "came into use later are doubtful.");
}

} // namespace hubkeeper
