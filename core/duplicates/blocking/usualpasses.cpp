// SPDX-License-Identifier: MIT
// Which keys bring records together.
#include "duplicates/blocking/blocks.h"
#include "duplicates/values/keytext.h"
#include "duplicates/values/similarity.h"
#include "duplicates/values/valuekeys.h"

#include <algorithm>

namespace hubkeeper {

namespace {

using Key = Blocks::Key;
using Keys = std::array<Key, 2>;
using Id = ValueTable::Id;

Key keyOf(unsigned long long hash)
{
    const Key key = Key(hash >> 32U);
    return key == 0 ? 1 : key;
}

Key both(unsigned long long a, unsigned long long b)
{
    return a == 0 || b == 0 ? 0 : keyOf(mixed(mixed(a, 1), b));
}

/// The same for a, b and b, a.
Key either(unsigned long long a, unsigned long long b)
{
    return both(std::min(a, b), std::max(a, b));
}

Key single(unsigned long long a)
{
    return a == 0 ? 0 : keyOf(mixed(a, 3));
}

unsigned long long hashOrNone(std::string_view text)
{
    return text.empty() ? 0 : hashOf(text);
}

std::string_view wordOf(std::string_view text)
{
    return text.substr(0, text.find(' '));
}

std::string_view lastLetters(std::string_view text, size_t count)
{
    return text.size() > count ? text.substr(text.size() - count) : text;
}

/// How a name sounds, by its number; 0 where it is missing.
unsigned long long sound(const ComparableRecords &records, size_t record, Slot slot)
{
    const Id name = records.value(record, slot);
    return name == 0 ? 0 : records.nameFacts(name).sound;
}

unsigned long long root(const ComparableRecords &records, size_t record, Slot slot)
{
    const Id name = records.value(record, slot);
    return name == 0 ? 0 : records.nameFacts(name).root;
}

/// Each of the two names by how it sounds with one other value.
Blocks::KeysOf soundsWith(Slot slot)
{
    return [slot](const ComparableRecords &records, size_t record) -> Keys {
        const unsigned long long other = records.value(record, slot);
        return {both(sound(records, record, Slot::First), other),
                both(sound(records, record, Slot::Last), other)};
    };
}

/// The first letter of each name with one other value: both may be mistyped after it.
Blocks::KeysOf initialWith(Slot slot)
{
    return [slot](const ComparableRecords &records, size_t record) -> Keys {
        const unsigned long long other = records.value(record, slot);
        const std::string_view first = records.text(record, Slot::First).substr(0, 1);
        const std::string_view last = records.text(record, Slot::Last).substr(0, 1);
        return {both(hashOrNone(first), other), both(hashOrNone(last), other)};
    };
}

Blocks::KeysOf pairOf(Slot one, Slot other)
{
    return [one, other](const ComparableRecords &records, size_t record) -> Keys {
        return {both(records.value(record, one), records.value(record, other)), 0};
    };
}

Keys soundsInEitherOrder(const ComparableRecords &records, size_t record)
{
    return {either(sound(records, record, Slot::First), sound(records, record, Slot::Last)), 0};
}

Keys rootsInEitherOrder(const ComparableRecords &records, size_t record)
{
    const unsigned long long first = root(records, record, Slot::First);
    const unsigned long long last = sound(records, record, Slot::Last);
    const unsigned long long swappedFirst = root(records, record, Slot::Last);
    return {both(first, last), both(swappedFirst, sound(records, record, Slot::First))};
}

Keys beginnings(const ComparableRecords &records, size_t record)
{
    return {either(hashOrNone(records.text(record, Slot::First).substr(0, 3)),
                   hashOrNone(records.text(record, Slot::Last).substr(0, 3))),
            0};
}

Keys endings(const ComparableRecords &records, size_t record)
{
    const std::string_view last = withoutGeneration(records.text(record, Slot::Last));
    return {either(hashOrNone(lastLetters(records.text(record, Slot::First), 3)),
                   hashOrNone(lastLetters(last, 3))),
            0};
}

Keys initialAndName(const ComparableRecords &records, size_t record)
{
    const std::string_view first = records.text(record, Slot::First);
    const std::string_view last = withoutGeneration(records.text(record, Slot::Last));
    return {both(hashOrNone(first.substr(0, 1)), hashOrNone(last)),
            both(hashOrNone(last.substr(0, 1)), hashOrNone(first))};
}

Keys mailDomainAndName(const ComparableRecords &records, size_t record)
{
    const auto &email = records.emailFacts(records.value(record, Slot::Email1));
    return {both(sound(records, record, Slot::First), email.domain),
            both(sound(records, record, Slot::Last), email.domain)};
}

Keys localParts(const ComparableRecords &records, size_t record)
{
    const auto of = [&records, record](Slot slot) -> Key {
        const auto &email = records.emailFacts(records.value(record, slot));
        return email.isRole ? 0 : single(email.local);
    };
    return {of(Slot::Email1), of(Slot::Email2)};
}

Keys localBeginnings(const ComparableRecords &records, size_t record)
{
    const auto &email = records.emailFacts(records.value(record, Slot::Email1));
    const std::string_view local = records.locals().text(email.local);
    return {local.size() < 6 ? 0 : single(hashOf(local.substr(0, 6))),
            local.size() < 6 ? 0 : single(mixed(hashOf(lastLetters(local, 6)), 5))};
}

Keys phones(const ComparableRecords &records, size_t record)
{
    return {single(records.tailOf(records.value(record, Slot::Phone1))),
            single(records.tailOf(records.value(record, Slot::Phone2)))};
}

/// Six digits of seven, so that one wrong digit does not matter.
Keys phoneHalves(const ComparableRecords &records, size_t record)
{
    const std::string_view tail =
        records.phoneTails().text(records.tailOf(records.value(record, Slot::Phone1)));
    if (tail.size() < 7)
        return {0, 0};
    const std::string_view phone = records.text(record, Slot::Phone1);
    return {single(mixed(hashOf(lastLetters(phone, 5)), 11)),
            single(mixed(hashOf(lastLetters(phone, 9).substr(0, 5)), 13))};
}

Keys rarestWords(const ComparableRecords &records, size_t record)
{
    const auto words = records.wordsOfCompany(records.value(record, Slot::Company));
    return {words.empty() ? 0 : single(words[0]), words.size() < 2 ? 0 : single(words[1])};
}

Keys wordPair(const ComparableRecords &records, size_t record)
{
    const auto words = records.wordsOfCompany(records.value(record, Slot::Company));
    return {words.size() < 2 ? 0 : either(words[0], words[1]), 0};
}

Keys companyBeginnings(const ComparableRecords &records, size_t record)
{
    const std::string_view name = records.text(record, Slot::Company);
    return {name.size() < 4 ? 0 : single(hashOf(name.substr(0, 5))),
            name.size() < 4 ? 0 : single(mixed(hashOf(lastLetters(name, 6)), 17))};
}

Keys companySound(const ComparableRecords &records, size_t record)
{
    const std::string_view name = records.text(record, Slot::Company);
    const std::string sounds = soundOf(name);
    return {sounds.size() < 3 ? 0 : single(hashOf(sounds)),
            name.empty() ? 0
                         : both(hashOf(soundOf(wordOf(name))), records.value(record, Slot::City))};
}

Keys domainLabels(const ComparableRecords &records, size_t record)
{
    const Id domain = records.value(record, Slot::Domain);
    const std::string_view label = domain == 0 ? std::string_view() : records.labelOf(domain);
    return {single(hashOrNone(label)),
            label.size() < 5 ? 0 : single(mixed(hashOf(label.substr(0, 5)), 19))};
}

void addPersonPasses(const ComparableRecords &records, std::vector<Blocks::KeysOf> &passes)
{
    passes.insert(
        passes.end(),
        {&soundsInEitherOrder, &rootsInEitherOrder, &initialAndName, &beginnings, &endings});
    for (const Slot slot : {Slot::Date, Slot::Company, Slot::Postal, Slot::City, Slot::Street,
                            Slot::Domain, Slot::Job, Slot::Text1}) {
        if (records.has(slot))
            passes.push_back(soundsWith(slot));
    }
    if (records.has(Slot::Email1))
        passes.push_back(&mailDomainAndName);
    for (const Slot slot : {Slot::Postal, Slot::Company, Slot::Job}) {
        if (records.has(slot))
            passes.push_back(initialWith(slot));
    }
}

void addCompanyPasses(const ComparableRecords &records, std::vector<Blocks::KeysOf> &passes)
{
    passes.insert(passes.end(), {&rarestWords, &wordPair, &companyBeginnings, &companySound});
    if (records.has(Slot::Domain))
        passes.push_back(&domainLabels);
}

} // namespace

std::vector<Blocks::KeysOf> usualPasses(const ComparableRecords &records)
{
    std::vector<Blocks::KeysOf> passes;
    const auto whole = [&passes, &records](Slot one, Slot other) {
        if (records.has(one)) {
            passes.push_back([one, other](const ComparableRecords &all, size_t record) -> Keys {
                return {single(all.value(record, one)), single(all.value(record, other))};
            });
        }
    };
    whole(Slot::Email1, Slot::Email2);
    whole(Slot::National, Slot::National);
    whole(Slot::Domain, Slot::Domain);
    if (records.has(Slot::Email1))
        passes.push_back(&localParts);
    if (records.has(Slot::Phone1))
        passes.push_back(&phones);
    if (records.has(Slot::First))
        addPersonPasses(records, passes);
    if (records.has(Slot::Company) && (records.kind() == MatchKind::Companies))
        addCompanyPasses(records, passes);
    if (records.has(Slot::Street))
        passes.push_back(pairOf(Slot::Street, Slot::House));
    if (records.has(Slot::Date) && records.has(Slot::Postal))
        passes.push_back(pairOf(Slot::Date, Slot::Postal));
    whole(Slot::Date, Slot::Date);
    whole(Slot::Street, Slot::Street);
    if (records.has(Slot::Email1))
        passes.push_back(&localBeginnings);
    if (records.has(Slot::Phone1))
        passes.push_back(&phoneHalves);
    if (passes.empty()) {
        for (const Slot slot : {Slot::Company, Slot::Text1, Slot::City, Slot::Postal})
            whole(slot, slot);
    }
    return passes;
}

} // namespace hubkeeper
