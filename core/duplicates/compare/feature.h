// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace hubkeeper {

/// What of two records is compared. A column may serve several, as a domain does that comes from an
/// e-mail address too.
enum class Feature : std::uint8_t {
    FirstName,
    LastName,
    NameOrder, ///< Whether first and last name are swapped.
    Email,
    Phone,
    Company,
    Domain,
    Street,
    HouseNumber,
    Address2,
    City,
    PostalCode,
    State,
    Country,
    Date,
    NationalId,
    JobTitle,
    Text1,
    Text2,
    Text3,
    Text4,
};
inline constexpr int featureCount = 21;

/// How near two values are, from the best.
enum class Level : std::uint8_t {
    Missing, ///< At least one is empty: it says nothing.
    Same,
    Equivalent, ///< Nickname, part of a name, the end of a phone number, day and month swapped ...
    Typo, ///< One or two letters.
    Similar,
    Initial, ///< Of a name. E-mail: other addresses of one company, both made of the names.
    Related, ///< Of e-mail: other addresses of one company.
    Differs,
};
inline constexpr int levelCount = 8;

/// The levels of two records.
using FeatureLevels = std::array<Level, featureCount>;

} // namespace hubkeeper
