// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

// The letters of names. Pure; any thread.

/// Straight, curly, and what is typed in their place.
[[nodiscard]] bool isApostrophe(QChar c);

enum class NameLetters { None, Upper, Lower, Mixed };
/// Of the letters that have a case; "ß" is in words of capitals, too.
[[nodiscard]] NameLetters lettersOf(QStringView text);

/// Whether a word in small letters can be spoken: another script always can.
[[nodiscard]] bool hasVowel(const QString &lower);

/// Its first letter large; "i" as "İ" in Turkish.
[[nodiscard]] QString upperFirst(const QString &lower, bool isTurkish);

/// In small letters as the language has it: "tr" and "az" know ı; a sigma at the end is ς.
[[nodiscard]] QString lowerIn(const QString &text, bool isTurkish);

} // namespace hubkeeper
