// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"

namespace hubkeeper {

/// Properties that HubSpot itself sets, and that may become others while the time of change of the
/// record stays: counts, sums and dates of deals, contacts, activities.
struct DerivedProperties
{
    QStringList compared; ///< As many as one request for a page of the list holds.
    QStringList left; ///< The rest, by name.
};

/// Those of a type. What comes from deals, amounts and associations is taken first, then what is
/// calculated. What never changes by itself (ids, times, where a record came from) is not among
/// them. Pure.
[[nodiscard]] DerivedProperties derivedProperties(const QList<PropertyDefinition> &definitions);

} // namespace hubkeeper
