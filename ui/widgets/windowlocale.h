// SPDX-License-Identifier: MIT
#pragma once

#include <QLocale>

namespace hubkeeper {

/// The formats of numbers and dates for English text on a system with this locale: the system's own
/// as long as it writes the digits of that text, else those of English in the same territory.
[[nodiscard]] QLocale localeForEnglish(const QLocale &system);

} // namespace hubkeeper
