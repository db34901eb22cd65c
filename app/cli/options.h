// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace hubkeeper::cli {

// Options whose help and completion show what they take. An option's type says it: words with bars
// between, or one of the names below, which completion knows.

inline constexpr auto fileArgument = "FILE";
inline constexpr auto classArgument = "CLASS";
inline constexpr auto ruleArgument = "RULE";
inline constexpr auto connectionArgument = "CONNECTION";
inline constexpr auto serverArgument = "SERVER";

/// For CLI::Option::check(): an empty variable of a shell is not the same as no option, which may
/// mean everything. Gives why the text is refused, or nothing.
[[nodiscard]] std::string refusalOfEmpty(const std::string &text);

/// An option that takes one of some words, and nothing else.
CLI::Option *addWords(CLI::App &verb, const std::string &names, std::string &value,
                      const std::vector<std::string> &words, const std::string &help);

/// The same where it matters whether it was given.
CLI::Option *addWords(CLI::App &verb, const std::string &names, std::optional<std::string> &value,
                      const std::vector<std::string> &words, const std::string &help);

/// "#rrggbb" in lower case, or empty for "none". Fails with InvalidInput.
[[nodiscard]] Result<QString> colorFrom(const std::string &text);

/// The values of an option that takes several.
[[nodiscard]] QStringList listOf(const std::vector<std::string> &texts);

/// "a|b|c", as the type of such an option.
[[nodiscard]] std::string joinedWords(const std::vector<std::string> &words);

/// --timeout, in seconds.
CLI::Option *addTimeLimit(CLI::App &verb, double &seconds);

/// --format, for what is shown in several forms. Empty: text, or JSON with --json.
CLI::Option *addFormat(CLI::App &verb, std::string &format, const std::vector<std::string> &words);

} // namespace hubkeeper::cli
