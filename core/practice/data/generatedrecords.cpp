// SPDX-License-Identifier: MIT
#include "practice/data/generatedrecords.h"

#include "practice/data/nametables.h"
#include "practice/data/owners.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr EpochMs firstDay = 1'704'067'200'000; // 2024-01-01
constexpr EpochMs lastDay = 1'790'726'400'000; // 2026-09-30

/// A well mixed number from another (the finalizer of splitmix64, public domain).
constexpr quint64 mixed(quint64 x)
{
    x += 0x9E37'79B9'7F4A'7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D0'49BB'1331'11EBULL;
    return x ^ (x >> 31);
}

template <typename Table>
const auto &pick(const Table &table, quint64 dice)
{
    return table[static_cast<size_t>(dice % std::size(table))];
}

/// True in `share` of 100 cases; independent of what pick() does with the same dice.
constexpr bool chance(quint64 dice, unsigned share)
{
    return (dice >> 40) % 100 < share;
}

QString text(QLatin1StringView latin)
{
    return QString(latin);
}

constexpr QLatin1StringView mailHosts[] {"example.com"_L1, "example.org"_L1, "example.net"_L1};
constexpr QLatin1StringView stages[] {
    "subscriber"_L1,         "lead"_L1,        "marketingqualifiedlead"_L1,
    "salesqualifiedlead"_L1, "opportunity"_L1, "customer"_L1};
constexpr QLatin1StringView leadStates[] {"NEW"_L1,       "OPEN"_L1,        "IN_PROGRESS"_L1,
                                          "OPEN_DEAL"_L1, "UNQUALIFIED"_L1, "CONNECTED"_L1};
constexpr QLatin1StringView languages[] {"de"_L1, "en"_L1, "fr"_L1, "ja"_L1, "ar"_L1};
constexpr QLatin1StringView buyingRoles[] {"DECISION_MAKER"_L1, "BUDGET_HOLDER;DECISION_MAKER"_L1,
                                           "END_USER"_L1, "BLOCKER;LEGAL_AND_COMPLIANCE"_L1};
constexpr QLatin1StringView industries[] {"COMPUTER_SOFTWARE"_L1, "RETAIL"_L1, "BANKING"_L1,
                                          "CONSTRUCTION"_L1, "AUTOMOTIVE"_L1};
constexpr QLatin1StringView companyTypes[] {"PROSPECT"_L1, "PARTNER"_L1, "RESELLER"_L1, "VENDOR"_L1,
                                            "OTHER"_L1};

const QHash<QString, Field> &contactFields()
{
    static const QHash<QString, Field> fields {
        {u"hs_object_id"_s, Field::ObjectId},
        {u"createdate"_s, Field::CreateDate},
        {u"hs_createdate"_s, Field::CreateDate},
        {u"lastmodifieddate"_s, Field::LastModified},
        {u"hs_lastmodifieddate"_s, Field::LastModified},
        {u"email"_s, Field::Email},
        {u"firstname"_s, Field::FirstName},
        {u"lastname"_s, Field::LastName},
        {u"salutation"_s, Field::Salutation},
        {u"jobtitle"_s, Field::JobTitle},
        {u"mobilephone"_s, Field::Mobile},
        {u"company"_s, Field::CompanyText},
        {u"hs_email_domain"_s, Field::EmailDomain},
        {u"hs_additional_emails"_s, Field::AdditionalEmails},
        {u"hs_language"_s, Field::Language},
        {u"hs_buying_role"_s, Field::BuyingRole},
        {u"message"_s, Field::Message},
        {u"date_of_birth"_s, Field::DateOfBirth},
        {u"phone"_s, Field::Phone},
        {u"address"_s, Field::Address},
        {u"city"_s, Field::City},
        {u"country"_s, Field::Country},
        {u"zip"_s, Field::Zip},
        {u"website"_s, Field::Website},
        {u"lifecyclestage"_s, Field::Stage},
        {u"hs_lead_status"_s, Field::LeadStatus},
        {u"hubspot_owner_id"_s, Field::Owner},
        {u"annualrevenue"_s, Field::Revenue},
        {u"closedate"_s, Field::CloseDate},
    };
    return fields;
}

const QHash<QString, Field> &companyFields()
{
    static const QHash<QString, Field> fields {
        {u"hs_object_id"_s, Field::ObjectId},
        {u"createdate"_s, Field::CreateDate},
        {u"hs_createdate"_s, Field::CreateDate},
        {u"hs_lastmodifieddate"_s, Field::LastModified},
        {u"name"_s, Field::Name},
        {u"domain"_s, Field::Domain},
        {u"industry"_s, Field::Industry},
        {u"type"_s, Field::CompanyType},
        {u"description"_s, Field::Description},
        {u"numberofemployees"_s, Field::Employees},
        {u"founded_year"_s, Field::Founded},
        {u"is_public"_s, Field::IsPublic},
        {u"phone"_s, Field::Phone},
        {u"address"_s, Field::Address},
        {u"city"_s, Field::City},
        {u"country"_s, Field::Country},
        {u"zip"_s, Field::Zip},
        {u"website"_s, Field::Website},
        {u"lifecyclestage"_s, Field::Stage},
        {u"hs_lead_status"_s, Field::LeadStatus},
        {u"hubspot_owner_id"_s, Field::Owner},
        {u"annualrevenue"_s, Field::Revenue},
        {u"closedate"_s, Field::CloseDate},
    };
    return fields;
}

bool isSystem(Field field)
{
    return field == Field::ObjectId || field == Field::CreateDate || field == Field::LastModified
        || field == Field::EmailDomain;
}

} // namespace

std::optional<int> GeneratedRecords::indexOf(qint64 id) const
{
    if (id < m_shape.firstId || id >= endId())
        return std::nullopt;
    return static_cast<int>(id - m_shape.firstId);
}

EpochMs GeneratedRecords::created(int index) const
{
    // Oldest first, so that the order of ids is the order of time, as in a real account.
    const qint64 share = (lastDay - firstDay) / std::max(1, size());
    const qint64 jitter = static_cast<qint64>(draw(index, Field::CreateDate)
                                              % static_cast<quint64>(std::max<qint64>(1, share)));
    return firstDay + share * index + jitter;
}

EpochMs GeneratedRecords::updated(int index) const
{
    const EpochMs since = created(index);
    const quint64 dice = draw(index, Field::LastModified);
    // Many share one instant, as after an import (hubspot-api 6.6).
    if (chance(dice, 15))
        return lastDay;
    return since + static_cast<qint64>(dice % static_cast<quint64>(lastDay - since + 1));
}

QString GeneratedRecords::value(int index, Field field) const
{
    switch (field) {
    case Field::None:
        return {};
    case Field::ObjectId:
        return QString::number(idOf(index));
    case Field::CreateDate:
        return isoText(created(index));
    case Field::LastModified:
        return isoText(updated(index));
    default:
        break;
    }
    const quint64 dice = draw(index, field);
    if (field >= Field::Phone)
        return sharedValue(index, field, dice);
    return m_shape.type == ObjectType::Contact ? contactValue(index, field, dice)
                                               : companyValue(index, field, dice);
}

Record GeneratedRecords::record(int index) const
{
    Record record;
    record.id = idOf(index);
    record.created = created(index);
    record.updated = updated(index);
    if (isArchived(index))
        record.archivedAt = lastDay;
    const auto &fields = m_shape.type == ObjectType::Contact ? contactFields() : companyFields();
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        if (isSystem(it.value()))
            continue;
        if (const QString text = value(index, it.value()); !text.isEmpty())
            record.values.insert(it.key(), text);
    }
    return record;
}

int GeneratedRecords::firstFrom(qint64 id) const
{
    return static_cast<int>(std::clamp<qint64>(id - m_shape.firstId, 0, size()));
}

/// The index in an address, if there is a live record with that index.
std::optional<int> GeneratedRecords::indexIn(const QString &address) const
{
    const qsizetype at = address.indexOf(u'@');
    const qsizetype dot = address.lastIndexOf(u'.', at);
    if (at < 0 || dot < 0 || dot > at)
        return std::nullopt;
    bool isNumber = false;
    const int index = QStringView(address).mid(dot + 1, at - dot - 1).toInt(&isNumber);
    return isNumber && index >= 0 && index < m_shape.live ? std::optional(index) : std::nullopt;
}

std::optional<int> GeneratedRecords::indexOfUnique(const QString &property,
                                                   const QString &folded) const
{
    if (property != "email"_L1 || m_shape.type != ObjectType::Contact)
        return std::nullopt;
    const auto index = indexIn(folded);
    return index && folded == email(*index) ? index : std::nullopt;
}

std::optional<int> GeneratedRecords::indexOfAdditional(const QString &folded) const
{
    const auto index = indexIn(folded);
    return index && folded == additionalEmail(*index) ? index : std::nullopt;
}

QList<qint64> GeneratedRecords::companiesOf(int contact) const
{
    QList<qint64> ids;
    const quint64 dice = draw(contact, Field::CompanyText);
    if (m_shape.companies == 0 || isArchived(contact) || chance(dice, 20))
        return ids;
    ids.append(m_shape.firstCompanyId + contact % m_shape.companies);
    if (m_shape.companies > 1 && dice % 10 == 0)
        ids.append(m_shape.firstCompanyId + (contact + 1) % m_shape.companies);
    return ids;
}

QList<int> GeneratedRecords::contactsOf(int company) const
{
    QList<int> indexes;
    const qint64 id = m_shape.firstCompanyId + company;
    if (company >= m_shape.companies)
        return indexes;
    // The two rows of contacts that companiesOf() may send to this company.
    for (int base = company - 1; base < m_shape.live; base += m_shape.companies) {
        for (const int contact : {base, base + 1}) {
            if (contact >= 0 && contact < m_shape.live && companiesOf(contact).contains(id)
                && !indexes.contains(contact))
                indexes.append(contact);
        }
    }
    std::sort(indexes.begin(), indexes.end());
    return indexes;
}

Field fieldNamed(ObjectType type, const QString &property)
{
    const auto &fields = type == ObjectType::Contact ? contactFields() : companyFields();
    return fields.value(property, Field::None);
}

quint64 GeneratedRecords::draw(int index, Field field) const
{
    return mixed(mixed((quint64(m_shape.seed) << 32) ^ quint64(index))
                 ^ (quint64(field) << 8 ^ quint64(m_shape.type)));
}

QString GeneratedRecords::email(int index) const
{
    const quint64 dice = draw(index, Field::Email);
    if (chance(dice, 6) || isArchived(index))
        return {};
    return pick(givenNames(), draw(index, Field::FirstName)).plain + u'.'
        + pick(familyNames(), draw(index, Field::LastName)).plain + u'.' + QString::number(index)
        + u'@' + pick(mailHosts, dice);
}

QString GeneratedRecords::additionalEmail(int index) const
{
    if (draw(index, Field::AdditionalEmails) % 40 != 0 || email(index).isEmpty())
        return {};
    return u"second."_s + QString::number(index) + u"@example.org"_s;
}

QString GeneratedRecords::domain(int index) const
{
    const quint64 dice = draw(index, Field::Domain);
    if (chance(dice, 8))
        return {};
    // Some share a domain: companies are not deduplicated by it (hubspot-api 4.5).
    const int number = dice % 25 == 0 ? index / 10 : index;
    return pick(companyNames(), quint64(number)).plain + u'-' + QString::number(number)
        + u".example"_s;
}

QString GeneratedRecords::contactValue(int index, Field field, quint64 dice) const
{
    const bool unset = chance(dice, 45);
    switch (field) {
    case Field::Email:
        return email(index);
    case Field::FirstName:
        return chance(dice, 5) ? QString() : pick(givenNames(), dice).text;
    case Field::LastName:
        return chance(dice, 8) ? QString() : pick(familyNames(), dice).text;
    case Field::JobTitle:
        return unset ? QString() : pick(jobTitles(), dice);
    case Field::Salutation:
        return unset ? QString() : dice % 2 == 0 ? u"Ms"_s : u"Mr"_s;
    case Field::Mobile:
        return unset ? QString() : u"+49 151 %1"_s.arg(dice % 10'000'000, 7, 10, QChar(u'0'));
    case Field::CompanyText:
        return unset ? QString() : pick(companyNames(), dice).text;
    case Field::EmailDomain:
        return email(index).section(u'@', 1);
    case Field::AdditionalEmails:
        return additionalEmail(index);
    case Field::Language:
        return unset ? QString() : text(pick(languages, dice));
    case Field::BuyingRole:
        return chance(dice, 80) ? QString() : text(pick(buyingRoles, dice));
    case Field::Message:
        return chance(dice, 85) ? QString() : pick(notes(), dice);
    case Field::DateOfBirth:
        return chance(dice, 70) ? QString() : isoDay(-EpochMs(dice % 15'000) * dayMs);
    default:
        return {};
    }
}

QString GeneratedRecords::companyValue(int index, Field field, quint64 dice) const
{
    const bool unset = chance(dice, 35);
    switch (field) {
    case Field::Name:
        if (chance(dice, 2))
            return {};
        return pick(companyNames(), dice).text + u' ' + QString::number(index) + u' '
            + pick(companyForms(), dice >> 8);
    case Field::Domain:
        return domain(index);
    case Field::Industry:
        return unset ? QString() : text(pick(industries, dice));
    case Field::CompanyType:
        return unset ? QString() : text(pick(companyTypes, dice));
    case Field::Description:
        return chance(dice, 70) ? QString() : pick(notes(), dice);
    case Field::Employees:
        return unset ? QString() : QString::number(1 + dice % 20'000);
    case Field::Founded:
        return unset ? QString() : QString::number(1900 + dice % 125);
    case Field::IsPublic:
        return unset ? QString() : dice % 4 == 0 ? u"true"_s : u"false"_s;
    default:
        return {};
    }
}

QString GeneratedRecords::sharedValue(int index, Field field, quint64 dice) const
{
    const Town &town = pick(towns(), draw(index, Field::City));
    const bool hasAddress = !chance(draw(index, Field::Address), 40);
    const bool unset = chance(dice, 40);
    switch (field) {
    case Field::Phone:
        return unset ? QString()
                     : town.phonePrefix + u' ' + QString::number(100'000 + dice % 900'000);
    case Field::Address:
        return hasAddress ? u"Street %1, c/o \"Back\""_s.arg(dice % 200) : QString();
    case Field::City:
        return hasAddress ? town.name : QString();
    case Field::Country:
        return hasAddress ? town.country : QString();
    case Field::Zip:
        return hasAddress ? town.zip : QString();
    case Field::Website:
        return unset ? QString() : u"https://www.example.com/%1?a=1&b=2"_s.arg(index);
    case Field::Stage:
        return chance(dice, 10) ? QString() : text(pick(stages, dice));
    case Field::LeadStatus:
        return unset ? QString() : text(pick(leadStates, dice));
    case Field::Owner:
        return unset ? QString() : QString::number(generatedOwnerId(int(dice % 12)));
    case Field::Revenue:
        return unset ? QString() : QString::number(dice % 5'000'000) + u".50"_s;
    case Field::CloseDate:
        return chance(dice, 75) ? QString() : isoText(created(index) + qint64(dice % 200) * dayMs);
    default:
        return {};
    }
}

LinksOfRecord GeneratedLinks::links(ObjectType from, qint64 id, ObjectType to) const
{
    LinksOfRecord links;
    if (from == to)
        return links;
    if (from == ObjectType::Contact) {
        const auto index = m_contacts->indexOf(id);
        const QList<qint64> companies = index ? m_contacts->companiesOf(*index) : QList<qint64>();
        for (const qint64 company : companies)
            links[company] = company == companies.first() ? QList {1, 279} : QList {279};
        return links;
    }
    const auto index = m_companies->indexOf(id);
    if (!index)
        return links;
    for (const int contact : m_contacts->contactsOf(*index)) {
        const bool isPrimary = m_contacts->companiesOf(contact).first() == id;
        links[m_contacts->idOf(contact)] = isPrimary ? QList {2, 280} : QList {280};
    }
    return links;
}

} // namespace hubkeeper::practice
