// SPDX-License-Identifier: MIT
#include "session/snapshots/derivedproperties.h"

#include "portal/requests.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Path, limit and cursor of the same request.
constexpr qsizetype otherCharacters = 300;

/// Follow the record's own changes, and are in it with them.
bool changesWithTheRecord(const QString &name)
{
    static const QStringList fixed {u"hs_object_id"_s,        u"createdate"_s,
                                    u"hs_createdate"_s,       u"lastmodifieddate"_s,
                                    u"hs_lastmodifieddate"_s, u"hs_merged_object_ids"_s,
                                    u"hs_read_only"_s,        u"hs_unique_creation_key"_s};
    return fixed.contains(name) || name.startsWith("hs_object_source"_L1)
        || name.startsWith("hs_created_by"_L1) || name.startsWith("hs_updated_by"_L1);
}

int rankOf(const PropertyDefinition &property)
{
    static const std::array words {"deal"_L1,   "associated"_L1, "revenue"_L1,
                                   "amount"_L1, "close"_L1,      "num_"_L1};
    const bool isOfOthers = std::any_of(words.begin(), words.end(), [&](QLatin1StringView word) {
        return property.name.contains(word);
    });
    return isOfOthers ? 0 : property.calculated ? 1 : 2;
}

} // namespace

DerivedProperties derivedProperties(const QList<PropertyDefinition> &definitions)
{
    QList<const PropertyDefinition *> found;
    for (const PropertyDefinition &one : definitions) {
        if ((one.readOnlyValue || one.calculated) && !changesWithTheRecord(one.name))
            found.append(&one);
    }
    std::sort(found.begin(), found.end(), [](const auto *a, const auto *b) {
        const int ofA = rankOf(*a);
        const int ofB = rankOf(*b);
        return ofA != ofB ? ofA < ofB : a->name < b->name;
    });
    DerivedProperties derived;
    qsizetype room = longestUrl - otherCharacters;
    for (const PropertyDefinition *one : std::as_const(found)) {
        room -= one->name.size() + 1;
        (room >= 0 ? derived.compared : derived.left).append(one->name);
    }
    derived.left.sort();
    return derived;
}

} // namespace hubkeeper
