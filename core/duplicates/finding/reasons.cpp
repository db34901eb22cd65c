// SPDX-License-Identifier: MIT
#include "duplicates/finding/reasons.h"

#include <algorithm>
#include <cmath>

namespace hubkeeper {

std::vector<MatchReason> reasonsFor(const ComparableRecords &records, const MatchModel &model,
                                    size_t a, size_t b)
{
    const Compared pair = compared(records, a, b);
    std::vector<MatchReason> reasons;
    for (const Feature feature : model.features()) {
        const Level level = pair.levels[size_t(feature)];
        const bool isUsual = feature == Feature::NameOrder && level == Level::Same;
        if (level != Level::Missing && !isUsual)
            reasons.push_back({feature, level, model.weight(feature, pair)});
    }
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](const MatchReason &one, const MatchReason &other) {
                         return std::abs(one.weight) > std::abs(other.weight);
                     });
    return reasons;
}

QString nameOf(Feature feature)
{
    constexpr std::array<const char *, featureCount> names {
        "firstname", "lastname",    "nameorder", "email", "phone",      "company", "domain",
        "street",    "housenumber", "address2",  "city",  "postalcode", "state",   "country",
        "date",      "nationalid",  "jobtitle",  "text",  "text2",      "text3",   "text4"};
    return QLatin1StringView(names[size_t(feature)]);
}

QString nameOf(Level level)
{
    constexpr std::array<const char *, levelCount> names {
        "missing", "same", "equivalent", "typo", "similar", "initial", "related", "differs"};
    return QLatin1StringView(names[size_t(level)]);
}

} // namespace hubkeeper
