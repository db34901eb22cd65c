// SPDX-License-Identifier: MIT
#pragma once

#include "connector/crestmatch.h"
#include "portal/objecttype.h"
#include "portal/property.h"
#include "session/reading/browse.h"

#include <QDateTime>

namespace hubkeeper {

/// The conditions of a view are a CREST filter over HubSpot's properties. Beside CREST's own
/// operators it has `word` (a whole word of a text, as HubSpot's search finds it), and values of
/// dates may be terms (relativedate.h), which are resolved at each reading.

/// How values of a property compare.
[[nodiscard]] ValueKind valueKindOf(const PropertyDefinition &definition);

/// The filter as IDM, HubSpot and the command line take it: terms as days, or as instants at
/// midnight in the time zone of `now`. "eq" with a term of several days means any of them, "lt"
/// before the first, "gt" after the last. Fails with InvalidInput for a term that is none, and for
/// a property that is not in `definitions`, with the nearest name.
[[nodiscard]] Result<CrestFilter> resolvedFilter(const CrestFilter &filter,
                                                 const QList<PropertyDefinition> &definitions,
                                                 const QDateTime &now);

/// The filter as people write it: without the slashes and brackets that mean nothing.
[[nodiscard]] QString conditionsText(const CrestFilter &filter);

/// What looks at records here, without HubSpot: they need the properties that the filter names.
/// Fails as resolvedFilter().
[[nodiscard]] Result<std::function<bool(const Record &)>>
recordFilter(const CrestFilter &filter, const QList<PropertyDefinition> &definitions,
             const QDateTime &now);

/// How a view is read.
struct ViewSearch
{
    BrowseQuery query; ///< Without columns: properties are those that the filter looks at.
    CrestFilter resolved;
    /// Conditions that HubSpot does not answer: they are looked at here, in everything else that
    /// matches. Leaves of the filter, each once; with none of them, the filter as a whole is too
    /// large for HubSpot.
    QList<CrestFilter> answeredHere;
    bool readsEverything = false; ///< All records have to be read for it.
    [[nodiscard]] bool isFilteredHere() const { return bool(query.keeps); }
};

/// Plans the reading of what `words` (HubSpot's own search for words; may be empty) and `filter`
/// find. Fails as resolvedFilter().
[[nodiscard]] Result<ViewSearch> planViewSearch(ObjectType type, const QString &words,
                                                const CrestFilter &filter,
                                                const QList<PropertyDefinition> &definitions,
                                                const QDateTime &now);

} // namespace hubkeeper
