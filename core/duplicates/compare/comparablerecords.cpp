// SPDX-License-Identifier: MIT
#include "duplicates/compare/comparablerecords.h"

#include "duplicates/values/keytext.h"
#include "duplicates/values/similarity.h"
#include "duplicates/values/valuekeys.h"

#include <algorithm>
#include <cmath>

namespace hubkeeper {

namespace {

constexpr size_t tailLength = 7;
constexpr size_t mostWords = 12; // Of a company's name.

/// Which slots a field fills.
void useSlots(MatchField field, int nth, std::array<int, slotCount> &used)
{
    const auto use = [&used](Slot slot) { used[size_t(slot)] = 1; };
    switch (field) {
    case MatchField::FirstName:
    case MatchField::LastName:
    case MatchField::FullName:
        use(Slot::First);
        return use(Slot::Last);
    case MatchField::Email:
        return use(nth == 0 ? Slot::Email1 : Slot::Email2);
    case MatchField::Phone:
        return use(nth == 0 ? Slot::Phone1 : Slot::Phone2);
    case MatchField::Company:
        return use(Slot::Company);
    case MatchField::Domain:
        return use(Slot::Domain);
    case MatchField::Street:
        use(Slot::House);
        return use(Slot::Street);
    case MatchField::HouseNumber:
        return use(Slot::House);
    case MatchField::Address2:
        return use(Slot::Address2);
    case MatchField::City:
        return use(Slot::City);
    case MatchField::PostalCode:
        return use(Slot::Postal);
    case MatchField::State:
        return use(Slot::State);
    case MatchField::Country:
        return use(Slot::Country);
    case MatchField::Date:
        return use(Slot::Date);
    case MatchField::NationalId:
        return use(Slot::National);
    case MatchField::JobTitle:
        return use(Slot::Job);
    case MatchField::Text:
        return use(Slot(int(Slot::Text1) + std::min(nth, 3)));
    case MatchField::Ignored:
    case MatchField::RecordId:
        return;
    }
}

/// "j.smith", "smithjohn": a part of the address is one of the names, or begins with it.
bool isMadeOf(std::string_view local, std::string_view name)
{
    const std::string_view word = name.substr(0, name.find(' '));
    return word.size() >= 3 && local.find(word) != std::string_view::npos;
}

} // namespace

ComparableRecords::ComparableRecords(const MatchColumns &columns)
    : m_kind(columns.kind)
    , m_nameFacts(1)
    , m_emailFacts(1)
    , m_tails(1)
    , m_label(1)
{
    std::array<int, slotCount> used {};
    for (int i = 0; i < int(columns.fields.size()); ++i) {
        auto &places = m_columns[size_t(columns.fields[i])];
        useSlots(columns.fields[i], int(places.size()), used);
        places.push_back(i);
    }
    for (size_t slot = 0; slot < size_t(slotCount); ++slot)
        m_places[slot] = used[slot] != 0 ? m_width++ : -1;
}

const ValueTable &ComparableRecords::table(Slot slot) const
{
    switch (slot) {
    case Slot::First:
    case Slot::Last:
        return m_names;
    case Slot::Email1:
    case Slot::Email2:
        return m_emails;
    case Slot::Phone1:
    case Slot::Phone2:
        return m_phones;
    case Slot::Domain:
        return m_domains;
    default:
        return m_others[size_t(slot)];
    }
}

std::string_view ComparableRecords::cell(std::span<const std::string_view> cells, MatchField field,
                                         int nth) const
{
    const auto &places = m_columns[size_t(field)];
    if (nth >= int(places.size()) || size_t(places[size_t(nth)]) >= cells.size())
        return {};
    return cells[size_t(places[size_t(nth)])];
}

void ComparableRecords::setId(Slot slot, Id id)
{
    m_values[m_values.size() - size_t(m_width) + size_t(m_places[size_t(slot)])] = id;
}

void ComparableRecords::set(Slot slot, std::string_view key)
{
    if (has(slot))
        setId(slot, m_others[size_t(slot)].add(key));
}

void ComparableRecords::add(std::span<const std::string_view> cells)
{
    m_values.resize(m_values.size() + size_t(m_width));
    m_namedEmail.push_back(false);
    if (has(Slot::First))
        addNames(cells);
    if (has(Slot::Email1))
        addEmail(Slot::Email1, cell(cells, MatchField::Email));
    if (has(Slot::Email2))
        addEmail(Slot::Email2, cell(cells, MatchField::Email, 1));
    if (has(Slot::Phone1))
        addPhone(Slot::Phone1, cell(cells, MatchField::Phone));
    if (has(Slot::Phone2))
        addPhone(Slot::Phone2, cell(cells, MatchField::Phone, 1));
    set(Slot::Company, companyKey(cell(cells, MatchField::Company)));
    if (has(Slot::Domain)) {
        const DomainKey domain = domainKey(cell(cells, MatchField::Domain));
        const Id id = isFreeMail(domain.registrable) ? 0 : m_domains.add(domain.registrable);
        setId(Slot::Domain, id);
        if (id >= m_label.size())
            m_label.push_back(m_labels.add(domain.label));
    }
    addPlaces(cells);
    ++m_count;
}

void ComparableRecords::addPlaces(std::span<const std::string_view> cells)
{
    if (has(Slot::House)) {
        const StreetKey street = streetKey(cell(cells, MatchField::Street));
        const std::string house = codeKey(cell(cells, MatchField::HouseNumber));
        set(Slot::Street, street.street);
        set(Slot::House, house.empty() ? street.number : house);
    }
    set(Slot::Address2, textKey(cell(cells, MatchField::Address2)));
    set(Slot::City, textKey(cell(cells, MatchField::City)));
    set(Slot::Postal, codeKey(cell(cells, MatchField::PostalCode)));
    set(Slot::State, textKey(cell(cells, MatchField::State)));
    set(Slot::Country, countryKey(cell(cells, MatchField::Country)));
    set(Slot::Date, dateKey(cell(cells, MatchField::Date)));
    set(Slot::National, codeKey(cell(cells, MatchField::NationalId)));
    set(Slot::Job, textKey(cell(cells, MatchField::JobTitle)));
    for (int i = 0; i < 4; ++i)
        set(Slot(int(Slot::Text1) + i), textKey(cell(cells, MatchField::Text, i)));
}

void ComparableRecords::addNames(std::span<const std::string_view> cells)
{
    PersonName name {nameKey(cell(cells, MatchField::FirstName)),
                     nameKey(cell(cells, MatchField::LastName))};
    if (name.first.empty() && name.last.empty()) {
        name = splitName(cell(cells, MatchField::FullName));
    } else if (name.last.empty() && name.first.find(' ') != std::string::npos) {
        name = splitName(cell(cells, MatchField::FirstName));
    } else if (name.first.empty()
               && cell(cells, MatchField::LastName).find(',') != std::string::npos) {
        name = splitName(cell(cells, MatchField::LastName));
    }
    for (const auto &[slot, key] :
         {std::pair(Slot::First, &name.first), {Slot::Last, &name.last}}) {
        const Id id = m_names.add(*key);
        setId(slot, id);
        if (id < m_nameFacts.size())
            continue;
        const std::string_view word = std::string_view(*key).substr(0, key->find(' '));
        NameFacts facts;
        facts.full = fullNamesOf(word);
        facts.sound = hashOf(soundOf(withoutGeneration(*key)));
        facts.root = facts.full[0] != 0 ? facts.full[0] : hashOf(word);
        m_nameFacts.push_back(facts);
    }
}

void ComparableRecords::addEmail(Slot slot, std::string_view cell)
{
    const EmailKey email = emailKey(cell);
    const Id id = m_emails.add(email.address);
    setId(slot, id);
    const Id local = m_locals.add(email.local);
    const Id domain = m_mailDomains.add(email.domain);
    if (id >= m_emailFacts.size())
        m_emailFacts.push_back({local, domain, isFreeMail(email.domain), isRole(email.local)});
    if (slot == Slot::Email1 && has(Slot::First)) {
        m_namedEmail.back() = isMadeOf(email.local, text(m_count, Slot::First))
            || isMadeOf(email.local, text(m_count, Slot::Last));
    }
}

void ComparableRecords::addPhone(Slot slot, std::string_view cell)
{
    const std::string phone = phoneKey(cell);
    const Id id = m_phones.add(phone);
    setId(slot, id);
    const Id tail = m_phoneTails.add(phone.size() > tailLength
                                         ? std::string_view(phone).substr(phone.size() - tailLength)
                                         : std::string_view(phone));
    if (id >= m_tails.size())
        m_tails.push_back(tail);
}

void ComparableRecords::freeze()
{
    if (has(Slot::Company))
        splitCompanies();
}

void ComparableRecords::splitCompanies()
{
    const ValueTable &companies = table(Slot::Company);
    m_wordBegin.assign(1, 0);
    std::string buffer;
    for (Id id = 0; id < companies.size(); ++id) {
        const auto words = wordsOf(companies.text(id), buffer);
        for (size_t i = 0; i < std::min(words.size(), mostWords); ++i)
            m_wordPool.push_back(m_companyWords.add(words[i]));
        m_wordBegin.push_back(std::uint32_t(m_wordPool.size()));
    }
    m_wordWeights.assign(m_companyWords.size(), 0);
    const double all = double(companies.size());
    for (Id word = 1; word < m_companyWords.size(); ++word)
        m_wordWeights[word] = float(std::log(1 + all / double(m_companyWords.count(word))));
    for (Id id = 0; id < companies.size(); ++id)
        std::sort(m_wordPool.begin() + m_wordBegin[id], m_wordPool.begin() + m_wordBegin[id + 1],
                  [this](Id a, Id b) { return m_wordWeights[a] > m_wordWeights[b]; });
}

std::span<const ComparableRecords::Id> ComparableRecords::wordsOfCompany(Id company) const
{
    return std::span(m_wordPool)
        .subspan(m_wordBegin[company], m_wordBegin[company + 1] - m_wordBegin[company]);
}

} // namespace hubkeeper
