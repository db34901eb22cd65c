// SPDX-License-Identifier: MIT
#include "options.h"

#include <CLI/CLI.hpp>

namespace hubkeeper::cli {

namespace {

/// CLI11's own check prints the words twice.
CLI::Validator oneOf(const std::vector<std::string> &words)
{
    CLI::Validator check(CLI::IsMember {words});
    check.description("");
    return check;
}

} // namespace

CLI::Option *addWords(CLI::App &verb, const std::string &names, std::string &value,
                      const std::vector<std::string> &words, const std::string &help)
{
    return verb.add_option(names, value, help)->check(oneOf(words))->type_name(joinedWords(words));
}

std::string joinedWords(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : "|") + word;
    return text;
}

CLI::Option *addFormat(CLI::App &verb, std::string &format, const std::vector<std::string> &words)
{
    return addWords(verb, "--format", format, words, "How it is shown");
}

} // namespace hubkeeper::cli
