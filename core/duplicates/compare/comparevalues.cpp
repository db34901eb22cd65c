// SPDX-License-Identifier: MIT
#include "duplicates/compare/comparevalues.h"

#include "duplicates/values/similarity.h"

#include <algorithm>

namespace hubkeeper {

namespace {

using Id = ValueTable::Id;

/// How many of the records that have a value are the two themselves, at worst.
constexpr double ownCount = 1.5;
/// Fewer say little about how common a value is.
constexpr double fewRecords = 500;
constexpr double mostSharing = 0.002; // Of an e-mail address, as a part of all records.

/// Compares one pair of records; the result grows as it goes.
class PairOfRecords
{
public:
    PairOfRecords(const ComparableRecords &records, size_t a, size_t b)
        : m_records(records)
        , m_a(a)
        , m_b(b)
    {
    }

    Compared result;

    void compareNames();
    void compareEmails();
    void comparePhones();
    void compareCompanies();
    void compareDomains();
    void compareTexts();

private:
    void put(Feature feature, Level level, double count = 0)
    {
        result.levels[size_t(feature)] = level;
        if (count > 0 && level != Level::Missing && level != Level::Differs)
            result.shares[size_t(feature)] = float(
                std::max(count - ownCount, 0.5) / std::max(double(m_records.size()), fewRecords));
    }
    [[nodiscard]] Id a(Slot slot) const { return m_records.value(m_a, slot); }
    [[nodiscard]] Id b(Slot slot) const { return m_records.value(m_b, slot); }
    [[nodiscard]] Level names(Id one, Id other) const;
    [[nodiscard]] Level emails(Id one, Id other) const;
    /// Whether both addresses are made of names that agree: that they are alike says nothing more.
    [[nodiscard]] bool followFromNames(std::string_view localA, std::string_view localB) const;
    struct CompanyLevel
    {
        Level level;
        double count; ///< Of the names that have the rarest word of both, or of the name.
    };
    [[nodiscard]] CompanyLevel companies(Id one, Id other) const;
    template <typename Compare>
    void plain(Feature feature, Slot slot, Compare &&compare)
    {
        const Id one = a(slot);
        const Id other = b(slot);
        if (one == 0 || other == 0)
            return;
        const ValueTable &table = m_records.table(slot);
        put(feature, one == other ? Level::Same : compare(table.text(one), table.text(other)),
            std::max(table.count(one), table.count(other)));
    }

    const ComparableRecords &m_records;
    const size_t m_a;
    const size_t m_b;
};

Level PairOfRecords::names(Id one, Id other) const
{
    if (one == 0 || other == 0)
        return Level::Missing;
    if (one == other)
        return Level::Same;
    const ValueTable &table = m_records.table(Slot::First);
    return nameLevel(table.text(one), table.text(other), m_records.nameFacts(one).full,
                     m_records.nameFacts(other).full);
}

/// What a level costs where straight and swapped are weighed against each other.
int cost(Level level)
{
    constexpr std::array<int, levelCount> costs {4, 0, 1, 2, 4, 3, 8, 8};
    return costs[size_t(level)];
}

void PairOfRecords::compareNames()
{
    const Id firstA = a(Slot::First);
    const Id lastA = a(Slot::Last);
    const Id firstB = b(Slot::First);
    const Id lastB = b(Slot::Last);
    Level first = names(firstA, firstB);
    Level last = names(lastA, lastB);
    bool isSwapped = false;
    Id first2 = firstB;
    Id last2 = lastB;
    if (cost(first) + cost(last) > 4) {
        const Level firstLast = names(firstA, lastB);
        const Level lastFirst = names(lastA, firstB);
        if (cost(firstLast) + cost(lastFirst) < cost(first) + cost(last)
            && cost(firstLast) + cost(lastFirst) <= 8) {
            isSwapped = true;
            first = firstLast;
            last = lastFirst;
            std::swap(first2, last2);
        }
    }
    const ValueTable &table = m_records.table(Slot::First);
    put(Feature::FirstName, first, std::max(table.count(firstA), table.count(first2)));
    put(Feature::LastName, last, std::max(table.count(lastA), table.count(last2)));
    if (first != Level::Missing || last != Level::Missing)
        result.levels[size_t(Feature::NameOrder)] = isSwapped ? Level::Differs : Level::Same;
    result.shares[size_t(Feature::NameOrder)] = 0;
}

Level PairOfRecords::emails(Id one, Id other) const
{
    if (one == 0 || other == 0)
        return Level::Missing;
    if (one == other)
        return Level::Same;
    const auto &factsA = m_records.emailFacts(one);
    const auto &factsB = m_records.emailFacts(other);
    const std::string_view localA = m_records.locals().text(factsA.local);
    const std::string_view localB = m_records.locals().text(factsB.local);
    if (factsA.local == factsB.local)
        return factsA.isRole || followFromNames(localA, localB) ? Level::Differs
                                                                : Level::Equivalent;
    const std::string_view domainA = m_records.mailDomains().text(factsA.domain);
    const std::string_view domainB = m_records.mailDomains().text(factsB.domain);
    const bool isNamed = m_records.isNamedEmail(m_a) && m_records.isNamedEmail(m_b);
    if (factsA.domain == factsB.domain && !factsA.isFree && isNamed)
        return Level::Initial;
    const bool isOfCompany = factsA.domain == factsB.domain && !factsA.isFree;
    if (followFromNames(localA, localB))
        return isOfCompany ? Level::Related : Level::Differs;
    const int most = std::min(localA.size(), localB.size()) >= 5 ? 2 : 1;
    const bool isNear = typos(localA, localB, most) <= most;
    if (isNear && (factsA.domain == factsB.domain || typos(domainA, domainB, 2) <= 2))
        return Level::Typo;
    if (isOfCompany)
        return Level::Related;
    return isNear || (localA.size() >= 6 && jaroWinkler(localA, localB, 0.92) >= 0.92)
        ? Level::Similar
        : Level::Differs;
}

bool PairOfRecords::followFromNames(std::string_view localA, std::string_view localB) const
{
    const auto agree = [this](Feature feature) {
        const Level level = result.levels[size_t(feature)];
        return level >= Level::Same && level <= Level::Initial;
    };
    const auto digits = [](std::string_view local) {
        const size_t at = local.find_first_of("0123456789");
        return at == std::string_view::npos ? std::string_view() : local.substr(at);
    };
    return m_records.isNamedEmail(m_a) && m_records.isNamedEmail(m_b)
        && (agree(Feature::FirstName) || agree(Feature::LastName))
        && (digits(localA).empty() || digits(localA) != digits(localB));
}

void PairOfRecords::compareEmails()
{
    const ValueTable &table = m_records.table(Slot::Email1);
    Level best = Level::Missing;
    double count = 0;
    for (const Slot one : {Slot::Email1, Slot::Email2}) {
        for (const Slot other : {Slot::Email1, Slot::Email2}) {
            const Level level = emails(a(one), b(other));
            if (level == Level::Missing || (best != Level::Missing && level >= best))
                continue;
            best = level;
            if (level == Level::Equivalent) {
                count = m_records.locals().count(m_records.emailFacts(a(one)).local);
            } else {
                count = std::max(table.count(a(one)), table.count(b(other)));
                // An address is somebody's, however many records have it, but for info@ and such.
                if (!m_records.emailFacts(a(one)).isRole)
                    count = std::min(count, 2 + mostSharing * double(m_records.size()));
            }
        }
    }
    put(Feature::Email, best, count);
}

void PairOfRecords::comparePhones()
{
    const ValueTable &table = m_records.table(Slot::Phone1);
    Level best = Level::Missing;
    double count = 0;
    for (const Slot one : {Slot::Phone1, Slot::Phone2}) {
        for (const Slot other : {Slot::Phone1, Slot::Phone2}) {
            const Id phoneA = a(one);
            const Id phoneB = b(other);
            if (phoneA == 0 || phoneB == 0)
                continue;
            const Level level =
                phoneA == phoneB ? Level::Same : phoneLevel(table.text(phoneA), table.text(phoneB));
            if (best != Level::Missing && level >= best)
                continue;
            best = level;
            const auto &tails = m_records.phoneTails();
            count = std::max(tails.count(m_records.tailOf(phoneA)),
                             tails.count(m_records.tailOf(phoneB)));
        }
    }
    put(Feature::Phone, best, count);
}

bool isAcronym(std::string_view letters, std::string_view words)
{
    if (letters.size() < 3 || letters.find(' ') != std::string_view::npos)
        return false;
    size_t at = 0;
    bool begins = true;
    for (const char letter : words) {
        if (begins && letter != ' ') {
            if (at >= letters.size() || letters[at++] != letter)
                return false;
        }
        begins = letter == ' ';
    }
    return at == letters.size();
}

/// A typing error apart, or cut short: "tech" and "technologies".
bool isNearWord(std::string_view one, std::string_view other)
{
    const std::string_view shorter = one.size() < other.size() ? one : other;
    const std::string_view longer = one.size() < other.size() ? other : one;
    if (longer.size() >= 5 && typos(one, other, 1) <= 1)
        return true;
    return shorter.size() >= 4 && longer.size() >= shorter.size() + 3
        && longer.starts_with(shorter);
}

PairOfRecords::CompanyLevel PairOfRecords::companies(Id one, Id other) const
{
    const ValueTable &table = m_records.table(Slot::Company);
    const std::string_view textA = table.text(one);
    const std::string_view textB = table.text(other);
    const Level level = textLevel(textA, textB);
    if (level == Level::Typo)
        return {Level::Typo, double(std::max(table.count(one), table.count(other)))};
    const auto wordsA = m_records.wordsOfCompany(one);
    const auto wordsB = m_records.wordsOfCompany(other);
    const auto &words = m_records.companyWords();
    float weightA = 0;
    float weightB = 0;
    float shared = 0;
    std::uint32_t taken = 0;
    double rarest = double(m_records.size());
    for (const Id word : wordsB)
        weightB += m_records.weightOf(word);
    for (const Id word : wordsA) {
        weightA += m_records.weightOf(word);
        for (size_t i = 0; i < wordsB.size(); ++i) {
            if ((taken >> i & 1U) != 0)
                continue;
            const bool isNear =
                word == wordsB[i] || isNearWord(words.text(word), words.text(wordsB[i]));
            if (isNear) {
                taken |= 1U << i;
                shared += std::min(m_records.weightOf(word), m_records.weightOf(wordsB[i]));
                rarest =
                    std::min(rarest, double(std::max(words.count(word), words.count(wordsB[i]))));
                break;
            }
        }
    }
    const float all = weightA + weightB - shared;
    const float likeness = all > 0 ? shared / all : 0;
    const float within = shared / std::max(std::min(weightA, weightB), 0.01F);
    // "Howell" and "Howell Medical" may be one, "Howell Medical" and "Howell Capital" hardly.
    if (likeness >= 0.7F)
        return {Level::Equivalent, rarest};
    if (within >= 0.9F)
        return {Level::Similar, rarest};
    if (isAcronym(textA, textB) || isAcronym(textB, textA))
        return {Level::Initial, 0};
    return {likeness >= 0.2F || level == Level::Similar ? Level::Related : Level::Differs, 0};
}

void PairOfRecords::compareCompanies()
{
    const Id one = a(Slot::Company);
    const Id other = b(Slot::Company);
    if (one == 0 || other == 0)
        return;
    const ValueTable &table = m_records.table(Slot::Company);
    if (one == other)
        return put(Feature::Company, Level::Same, table.count(one));
    const CompanyLevel found = companies(one, other);
    put(Feature::Company, found.level, found.count);
}

void PairOfRecords::compareDomains()
{
    plain(Feature::Domain, Slot::Domain, [this](std::string_view one, std::string_view other) {
        const Level names = result.levels[size_t(Feature::Company)];
        if (names != Level::Missing && names != Level::Differs)
            return Level::Differs; // Alike as the names are: that says nothing more.
        const std::string_view labelA = m_records.labelOf(a(Slot::Domain));
        const std::string_view labelB = m_records.labelOf(b(Slot::Domain));
        if (labelA == labelB)
            return Level::Equivalent;
        if (one.size() >= 6 && typos(one, other, 2) <= (one.size() >= 10 ? 2 : 1))
            return Level::Typo;
        return jaroWinkler(labelA, labelB, 0.9) >= 0.9 ? Level::Similar : Level::Differs;
    });
}

void PairOfRecords::compareTexts()
{
    plain(Feature::Street, Slot::Street, &textLevel);
    plain(Feature::HouseNumber, Slot::House, &codeLevel);
    plain(Feature::Address2, Slot::Address2, &textLevel);
    plain(Feature::City, Slot::City, &textLevel);
    plain(Feature::PostalCode, Slot::Postal, &codeLevel);
    plain(Feature::State, Slot::State, &textLevel);
    plain(Feature::Country, Slot::Country, &textLevel);
    plain(Feature::Date, Slot::Date, &dateLevel);
    plain(Feature::NationalId, Slot::National, &codeLevel);
    plain(Feature::JobTitle, Slot::Job, &textLevel);
    for (int i = 0; i < 4; ++i)
        plain(Feature(int(Feature::Text1) + i), Slot(int(Slot::Text1) + i), &textLevel);
}

} // namespace

Compared compared(const ComparableRecords &records, size_t a, size_t b)
{
    PairOfRecords pair(records, a, b);
    if (records.has(Slot::First))
        pair.compareNames();
    if (records.has(Slot::Email1))
        pair.compareEmails();
    if (records.has(Slot::Phone1))
        pair.comparePhones();
    if (records.has(Slot::Company))
        pair.compareCompanies();
    if (records.has(Slot::Domain))
        pair.compareDomains();
    pair.compareTexts();
    return pair.result;
}

std::vector<Feature> featuresOf(const ComparableRecords &records)
{
    constexpr std::array<std::pair<Feature, Slot>, featureCount> places {{
        {Feature::FirstName, Slot::First},   {Feature::LastName, Slot::Last},
        {Feature::NameOrder, Slot::First},   {Feature::Email, Slot::Email1},
        {Feature::Phone, Slot::Phone1},      {Feature::Company, Slot::Company},
        {Feature::Domain, Slot::Domain},     {Feature::Street, Slot::Street},
        {Feature::HouseNumber, Slot::House}, {Feature::Address2, Slot::Address2},
        {Feature::City, Slot::City},         {Feature::PostalCode, Slot::Postal},
        {Feature::State, Slot::State},       {Feature::Country, Slot::Country},
        {Feature::Date, Slot::Date},         {Feature::NationalId, Slot::National},
        {Feature::JobTitle, Slot::Job},      {Feature::Text1, Slot::Text1},
        {Feature::Text2, Slot::Text2},       {Feature::Text3, Slot::Text3},
        {Feature::Text4, Slot::Text4},
    }};
    std::vector<Feature> features;
    for (const auto &[feature, slot] : places) {
        if (records.has(slot))
            features.push_back(feature);
    }
    return features;
}

} // namespace hubkeeper
