// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace hubkeeper {

/// The months, from 1, that a word names, in some thirty languages, long or short, and as Roman
/// numerals; several where languages differ ("listopad" is October in Croatian and November in
/// Polish) and `language` does not say which. Empty: it names none. Pure; any thread.
[[nodiscard]] QList<int> monthsNamed(const QString &word, const QString &language);

/// The days of the week, from 1 (Monday), that a word names, like monthsNamed().
[[nodiscard]] QList<int> weekdaysNamed(const QString &word, const QString &language);

} // namespace hubkeeper
