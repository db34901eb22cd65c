// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <span>

namespace hubkeeper::practice {

/// A name as it is written, and in plain Latin letters for addresses.
struct WrittenName
{
    QString text;
    QString plain;
};

/// The texts that records are made from: names in many scripts, with everything that breaks
/// careless programs (quotes, separators, emoji, combining marks, right-to-left, very long).
/// Tables are made once and never change.
[[nodiscard]] std::span<const WrittenName> givenNames();
[[nodiscard]] std::span<const WrittenName> familyNames();
[[nodiscard]] std::span<const WrittenName> companyNames();
[[nodiscard]] std::span<const QString> companyForms();
[[nodiscard]] std::span<const QString> jobTitles();
[[nodiscard]] std::span<const QString> notes(); ///< From a few words to many lines.

/// A town with its country, for addresses that fit together.
struct Town
{
    QString name;
    QString country;
    QString zip;
    QString phonePrefix; ///< "+49 30"
};
[[nodiscard]] std::span<const Town> towns();

} // namespace hubkeeper::practice
