// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// The text as people compare letters when they look for something or sort: without case, accents
/// and other marks, whatever the Unicode form: "İstanbul" is "istanbul", both forms of "Zürich" are
/// "zurich", "Straße" is "strasse". The one notion of it: filters, searches and sorting ask here.
/// Pure; any thread.
[[nodiscard]] QString foldedText(const QString &text);

} // namespace hubkeeper
