// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/columns/matchfield.h"
#include "duplicates/compare/feature.h"
#include "duplicates/compare/valuetable.h"
#include "duplicates/values/nicknames.h"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace hubkeeper {

/// What a record keeps of its values: numbers of keys in tables.
enum class Slot : std::uint8_t {
    First,
    Last,
    Email1,
    Email2,
    Phone1,
    Phone2,
    Company,
    Domain,
    Street,
    House,
    Address2,
    City,
    Postal,
    State,
    Country,
    Date,
    National,
    Job,
    Text1,
    Text2,
    Text3,
    Text4,
};
inline constexpr int slotCount = 22;

/// Records as keys, to be compared: their values once each, a record as some forty bytes. Added one
/// by one, then frozen. Reading is possible from any number of threads once it is.
class ComparableRecords
{
public:
    using Id = ValueTable::Id;

    explicit ComparableRecords(const MatchColumns &columns);

    /// Cells as UTF-8, one for each column; missing ones are empty.
    void add(std::span<const std::string_view> cells);
    /// Counts what comparing needs. After the last add(), once.
    void freeze();

    [[nodiscard]] MatchKind kind() const { return m_kind; }
    [[nodiscard]] size_t size() const { return m_count; }
    /// As many bits as records hold emptiness: whether anything of it can be compared.
    [[nodiscard]] Id value(size_t record, Slot slot) const
    {
        const int place = m_places[size_t(slot)];
        return place < 0 ? 0 : m_values[record * size_t(m_width) + size_t(place)];
    }
    [[nodiscard]] bool has(Slot slot) const { return m_places[size_t(slot)] >= 0; }
    [[nodiscard]] const ValueTable &table(Slot slot) const;
    [[nodiscard]] std::string_view text(size_t record, Slot slot) const
    {
        return table(slot).text(value(record, slot));
    }

    struct NameFacts
    {
        FullNames full;
        unsigned long long sound = 0; ///< Hash of how it sounds.
        unsigned long long root = 0; ///< Hash of the full name it stands for first, or its own.
    };
    [[nodiscard]] const NameFacts &nameFacts(Id name) const { return m_nameFacts[name]; }

    struct EmailFacts
    {
        Id local = 0;
        Id domain = 0;
        bool isFree = false;
        bool isRole = false;
    };
    [[nodiscard]] const EmailFacts &emailFacts(Id email) const { return m_emailFacts[email]; }
    [[nodiscard]] const ValueTable &locals() const { return m_locals; }
    [[nodiscard]] const ValueTable &mailDomains() const { return m_mailDomains; }

    /// The last seven digits of a phone number, as a number of phoneTails().
    [[nodiscard]] Id tailOf(Id phone) const { return m_tails[phone]; }
    [[nodiscard]] const ValueTable &phoneTails() const { return m_phoneTails; }
    [[nodiscard]] std::string_view labelOf(Id domain) const
    {
        return m_labels.text(m_label[domain]);
    }

    /// The words of a company's name, the rarest first.
    [[nodiscard]] std::span<const Id> wordsOfCompany(Id company) const;
    [[nodiscard]] const ValueTable &companyWords() const { return m_companyWords; }
    /// How much a word says: more where it is rare.
    [[nodiscard]] float weightOf(Id companyWord) const { return m_wordWeights[companyWord]; }
    /// Whether the e-mail address of a record is made of its names.
    [[nodiscard]] bool isNamedEmail(size_t record) const { return m_namedEmail[record]; }

private:
    void addNames(std::span<const std::string_view> cells);
    void addEmail(Slot slot, std::string_view cell);
    void addPhone(Slot slot, std::string_view cell);
    void addPlaces(std::span<const std::string_view> cells);
    void set(Slot slot, std::string_view key);
    void setId(Slot slot, Id id);
    void splitCompanies();
    [[nodiscard]] std::string_view cell(std::span<const std::string_view> cells, MatchField field,
                                        int nth = 0) const;

    MatchKind m_kind;
    std::array<std::vector<int>, matchFieldCount> m_columns; ///< Of each field.
    std::array<int, slotCount> m_places {}; ///< Of each slot in a record; -1: not used.
    int m_width = 0;
    size_t m_count = 0;
    std::vector<Id> m_values;
    std::vector<bool> m_namedEmail;
    ValueTable m_names; ///< First and last names together, so that they can be swapped.
    ValueTable m_emails;
    ValueTable m_locals;
    ValueTable m_mailDomains;
    ValueTable m_phones;
    ValueTable m_phoneTails;
    ValueTable m_domains;
    ValueTable m_labels;
    ValueTable m_companyWords;
    std::array<ValueTable, slotCount> m_others;
    std::vector<NameFacts> m_nameFacts;
    std::vector<EmailFacts> m_emailFacts;
    std::vector<Id> m_tails;
    std::vector<Id> m_label;
    std::vector<Id> m_wordPool;
    std::vector<std::uint32_t> m_wordBegin;
    std::vector<float> m_wordWeights;
};

} // namespace hubkeeper
