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

constexpr qsizetype mostDigits = 15; // E.164, with the country code.

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

/// In some countries mobile numbers look like any other.
bool mayBeMobile(const QString &number)
{
    PhoneNumber parsed;
    if (!validNumber(number, {}, &parsed))
        return true;
    const auto type = numberingPlans().GetNumberType(parsed);
    return type == PhoneNumberUtil::MOBILE || type == PhoneNumberUtil::FIXED_LINE_OR_MOBILE;
}

QString lostWordsSentence()
{
    return RepairText::tr("The words beside the number would be lost.");
}

QString twoNumbersSentence()
{
    return RepairText::tr("It can be read as numbers of two countries.");
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
    [[nodiscard]] RepairedValue made(const QString &number) const;
    [[nodiscard]] RepairedValue fromInternational(QString number) const;
    [[nodiscard]] RepairedValue fromNational() const;
    [[nodiscard]] QString doubtOfNational(const QString &made) const;
    [[nodiscard]] bool isTooLong(const QString &number) const;

    const QString m_was;
    const QString m_country;
    QString m_text; // What is left to read.
    bool m_saysMobile = false;
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
    static const QRegularExpression bracketed(u"[(\\[]\\s*\\d{1,6}\\s*[)\\]]\\s*$"_s);
    auto match = extension.match(m_text);
    if (!match.hasMatch())
        match = bracketed.match(m_text);
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

/// Takes off a label that says nothing but that it is a phone number. What other words say would be
/// lost: "do not call", "wrong number", "Fax".
std::optional<RepairedValue> PhoneRepair::withoutWords()
{
    static const QRegularExpression telephone(
        u"^[\u260E\u260F\u2706]\uFE0F?\\s*|^\U0001F4DE\\s*"_s);
    m_text.remove(telephone);
    static const QRegularExpression strange(
        u"[^\\p{L}\\p{M}\\p{N}\\s+()\\[\\]./,;:\u2010-\u2015\u2212-]"_s);
    static const QRegularExpression plain(
        u"^(tel(efon|\u00E9fono|efono|efone|efoon|ephone)?|t[\u00E9e]l(\u00E9phone)?|phone|tph|tlf|"
        u"ph|t|p|"
        "telefonnummer|phone number|tel\\.?[- ]?nr|\u0442\u0435\u043B(\u0435\u0444\u043E\u043D)?)"
        "(\\s*\\.?\\s*:\\s*|\\.\\s*|\\s+)(?=[\\d+(])"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QString mobile = u"(mobile?|mob|mobile phone|mobiltelefon|handy|cell|cell ?phone|"
                                  "gsm|portable|m[\u00F3o]vil|cellulare|mobiel)"_s;
    static const QRegularExpression mobileBefore(
        u'^' + mobile + u"(\\s*\\.?\\s*:\\s*|\\.\\s*|\\s+)(?=[\\d+(])"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression mobileAfter(u"(?<=[\\d\\s])\\s*[(\\[]\\s*"_s + mobile
                                                    + u"\\s*[)\\]]$|(?<=\\d)[\\s,]+"_s + mobile
                                                    + u'$',
                                                QRegularExpression::CaseInsensitiveOption);
    if (m_text.contains(strange))
        return doubt(RepairText::tr("It has signs that phone numbers do not have."));
    static const QRegularExpression letter(u"\\p{L}"_s);
    if (!m_text.contains(letter))
        return std::nullopt;
    const auto label = plain.match(m_text);
    static const QSet<QString> germanSpeaking {u"DE"_s, u"AT"_s, u"CH"_s, u"LI"_s};
    const bool isPrivate =
        label.captured(1).toLower() == "p"_L1 && germanSpeaking.contains(m_country);
    if (label.hasMatch() && !isPrivate)
        m_text.remove(0, label.capturedLength());
    for (const auto *words : {&mobileBefore, &mobileAfter}) {
        const auto match = words->match(m_text);
        if (match.hasMatch()) {
            m_text.remove(match.capturedStart(), match.capturedLength());
            m_saysMobile = true;
        }
    }
    m_text = m_text.trimmed();
    return m_text.contains(letter) ? std::optional(vanity()) : std::nullopt;
}

/// The number, unless a label says more of it than its digits do.
RepairedValue PhoneRepair::made(const QString &number) const
{
    if (digitsOf(number).size() > mostDigits)
        return doubt(RepairText::tr("It has more digits than a phone number can have."));
    static const QRegularExpression zeros(u"(^|\\D)0{6,}$"_s);
    if (m_text.contains(zeros))
        return doubt(RepairText::tr("It looks like a number that was made up."));
    return m_saysMobile && !mayBeMobile(number) ? doubt(lostWordsSentence())
                                                : RepairedValue::made(m_was, number);
}

/// Words in place of digits: in capitals, five letters or more after a code such as "1-800", and a
/// valid number with them.
RepairedValue PhoneRepair::vanity() const
{
    static const QRegularExpression word(u"^[+\\d\\s().-]*([A-Z][A-Z\\s\\d-]*[A-Z])$"_s);
    static const QRegularExpression among(
        u"\\d\\p{L}|\\p{L}\\d|\\d[-. ]\\p{Lu}+$|\\d\\s?\\p{L}\\s?\\d"_s);
    const auto reason = m_text.contains(among) ? RepairText::tr("It has letters among its digits.")
                                               : lostWordsSentence();
    const auto match = word.match(m_text);
    if (!match.hasMatch() || digitsOf(m_text).size() > 5)
        return doubt(reason);
    static const QRegularExpression other(u"[^A-Z]"_s);
    if (match.captured(1).remove(other).size() < 5)
        return doubt(reason);
    const auto number = validNumber(m_text, m_country);
    return number ? made(*number) : doubt(reason);
}

RepairedValue PhoneRepair::fromInternational(QString number) const
{
    static const QRegularExpression signs(u"^[+\\s(]*(0\\s*0)?[+\\s(]*"_s);
    number.replace(signs, u"+"_s);
    const auto valid = validNumber(number, {});
    return valid ? made(*valid) : doubt(RepairText::tr("It is not a valid phone number."));
}

/// Longer than numbers in Germany are: eleven digits with the area code at most, by the numbering
/// plan of the Bundesnetzagentur; libphonenumber takes fifteen.
bool PhoneRepair::isTooLong(const QString &number) const
{
    constexpr qsizetype longest = 3 + 11; // With "+49".
    return m_country == "DE"_L1 && number.size() > longest;
}

/// Why a number without trunk prefix may be a local one, or one of another country; empty: it is
/// sure.
QString PhoneRepair::doubtOfNational(const QString &made) const
{
    const QString digits = digitsOf(m_text);
    std::string trunk;
    numberingPlans().GetNddPrefixForRegion(m_country.toStdString(), true, &trunk);
    static const QRegularExpression american(u"^\\(?[2-9]\\d\\d\\)?[-. ]*\\d{3}[-. ]\\d{4}$"_s);
    const bool isAmericanPlan =
        numberingPlans().GetCountryCodeForRegion(m_country.toStdString()) == 1;
    const bool looksAmerican = american.match(m_text).hasMatch()
        && (trunk == "0" ? !digits.startsWith(u'0') : validNumber(digits, u"US"_s).has_value());
    if (!isAmericanPlan && looksAmerican)
        return RepairText::tr("It may be a number of the United States or Canada.");
    if (trunk != "0" || digits.startsWith(u'0'))
        return {};
    if (const auto other = validNumber(u'+' + digits, {}); other && *other != made)
        return twoNumbersSentence();
    if (made == u'+' + digits) // With its country code, only without the plus.
        return {};
    static const QSet<QString> variable {u"DE"_s, u"AT"_s, u"FI"_s, u"SE"_s, u"LU"_s, u"ID"_s};
    if (variable.contains(m_country) && digits.size() < 10)
        return RepairText::tr("Its area code or country code may be missing.");
    return digits.size() == 10 && validNumber(digits, u"US"_s)
        ? RepairText::tr("It may be a number of the United States or Canada.")
        : QString();
}

RepairedValue PhoneRepair::fromNational() const
{
    static const QRegularExpression trunk(u"\\(\\s*0\\s*\\)"_s);
    const QString digits = digitsOf(m_text);
    PhoneNumber parsed;
    const auto withPlus =
        digits.startsWith(u'0') ? std::nullopt : validNumber(u'+' + digits, {}, &parsed);
    // A shorter one may be one of a far country by chance.
    const QString suggestion = digits.size() > 10 ? withPlus.value_or(QString()) : QString();
    if (m_country.isEmpty())
        return doubt(RepairText::tr("It has no country code, and no country was given."),
                     suggestion);
    const bool isOwn = withPlus
        && parsed.country_code()
            == numberingPlans().GetCountryCodeForRegion(m_country.toStdString());
    const auto valid = validNumber(m_text, m_country);
    if (isOwn && (!valid || (*valid != *withPlus && isTooLong(*valid))))
        return made(*withPlus);
    if (!valid)
        return doubt(RepairText::tr("It is not a valid phone number in %1.").arg(m_country),
                     suggestion);
    if (m_text.contains(trunk) && !isOwn)
        return doubt(RepairText::tr("It is not a valid phone number in %1.").arg(m_country));
    const QString reason = doubtOfNational(*valid);
    return reason.isEmpty() ? made(*valid) : doubt(reason);
}

RepairedValue PhoneRepair::repaired()
{
    m_text = tidied(m_was).normalized(QString::NormalizationForm_KC).trimmed();
    static const QRegularExpression scheme(u"^(tel|callto):(//)?"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    m_text.remove(scheme);
    static const QRegularExpression apostrophe(u"^['\u2019=\"]+|[\"']+$"_s);
    m_text.remove(apostrophe);
    static const QRegularExpression longVowel(u"(?<=\\d)\u30FC(?=\\d)"_s);
    m_text.replace(longVowel, u"-"_s); // Japanese keyboards have it where others have the dash.
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
        return dialled ? made(*dialled) : fromInternational(m_text);
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
