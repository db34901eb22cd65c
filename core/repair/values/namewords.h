// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

// What is known of words in names, all in lower case. Pure; any thread.

/// Particles that are small inside a name: "van", "de", "zu".
[[nodiscard]] bool isSmallParticle(const QString &word);
/// Particles that are written small or large, depending on the family: "di", "della", "el".
[[nodiscard]] bool isUnsureParticle(const QString &word);
/// Two particles one after the other begin a family name, never a first name: "van der".
[[nodiscard]] bool isParticle(const QString &word);
/// Families that write a large particle: "niro" after "de", "halen" after "van".
[[nodiscard]] bool hasLargeParticle(const QString &particle, const QString &word);
/// Families of which both ways of writing are usual after this particle.
[[nodiscard]] bool hasUnsureParticle(const QString &particle, const QString &word);

/// "macgyver" as "MacGyver"; empty where Mac is not followed by a capital, or families differ.
[[nodiscard]] QString macNameOf(const QString &word);
/// Words that are written in several ways by people of that name: "mackenzie", "devito".
[[nodiscard]] bool isUnsureName(const QString &word);

/// Titles and degrees as they are written: "dr." "Dr.", "phd" "PhD"; empty for others.
[[nodiscard]] QString titleOf(const QString &word);
/// "ii", "iii", "iv" and further ones that are not names.
[[nodiscard]] bool isRomanNumeral(const QString &word);
/// Forms of companies and words of their names: no names of persons then.
[[nodiscard]] bool isCompanyWord(const QString &word);
/// Forms of companies that are names, too, unless they are last: "Siemens AG".
[[nodiscard]] bool isLastCompanyWord(const QString &word);
/// What is written in capitals and is not a name: "IBM", "USA", "CEO".
[[nodiscard]] bool isAcronym(const QString &word);
/// What forms and people write where a name is missing: "unknown", "test", "info"; "sales" if it is
/// the whole value.
[[nodiscard]] bool isPlaceholder(const QString &word, bool isAlone);
/// Family names of Viet Nam, in which "Van" is a middle name.
[[nodiscard]] bool isVietnameseFamily(const QString &word);
/// Turkish names with a dotless i that have none of ç, ğ and ş: for capitals typed on a keyboard
/// that has one kind of I.
[[nodiscard]] bool hasDotlessI(const QString &word);

/// What is before an apostrophe, with a capital after it: "o", "dell".
[[nodiscard]] bool isElidedPrefix(const QString &prefix);
/// Families that write "D'" large ("D'Angelo") or small ("d'Arc") within a name.
[[nodiscard]] bool hasLargeElision(const QString &word);
[[nodiscard]] bool hasSmallElision(const QString &word);

} // namespace hubkeeper
