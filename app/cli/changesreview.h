// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/reviewfilter.h"
#include "changesets.h"

namespace hubkeeper::cli {

/// The options that choose rows of a change set.
struct RowChoice
{
    std::string text;
    std::vector<std::string> states;
    std::string kind;
    std::string type;
    std::string property;
    std::optional<std::string> from;
    std::optional<std::string> to;
    std::vector<std::string> ids;
    bool withFindings = false;
    bool leftOut = false;
    bool all = false;

    void addTo(CLI::App &verb);
    [[nodiscard]] ReviewFilter filter() const;
};

struct ReviewArguments
{
    std::string set; ///< A change set file, or a provisioner; empty: all that is staged.
    RowChoice choice;
    bool group = false;
};

/// The rows of a set, or their groups; without a set, what is staged for which connection.
[[nodiscard]] int runListChanges(const ReviewArguments &arguments, Services &services);
/// The rows of a set.
[[nodiscard]] int runShowChanges(const ReviewArguments &arguments, Services &services);

struct ExcludeArguments
{
    std::string file; ///< The provisioner.
    RowChoice choice;
};

/// Leaves chosen rows of what is staged out of what is sent, or takes them in again.
[[nodiscard]] int runExclude(const ExcludeArguments &arguments, bool excludes, Services &services);

} // namespace hubkeeper::cli
