// SPDX-License-Identifier: MIT
#pragma once

#include "practice/routes/searchquery.h"

namespace hubkeeper::practice {

/// The hits of a query in its order, as search knows the records now (with the index delay).
/// Repeated for the next page, the answer is kept until something changes.
[[nodiscard]] SearchHits findHits(PortalState &state, const SearchQuery &query,
                                  const QByteArray &key);

/// Whether one record matches, for tests of single operators.
[[nodiscard]] bool matches(const PortalState &state, const SearchQuery &query,
                           const RecordView &record);

/// The folded words of a text: runs of letters and digits, as the token operators see them.
[[nodiscard]] QStringList tokensOf(const QString &text);

} // namespace hubkeeper::practice
