// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// Groups of verbs, and examples and exit codes below the help of each.
void describeVerbs(CLI::App &app);

/// help [VERB...]: the help of the program or of a verb, as --help after it.
void addHelp(CLI::App &app, Run &chosen);

/// What the program ends with and what that means, in the order of the codes.
[[nodiscard]] QList<std::pair<int, QString>> exitCodeMeanings();

/// Command lines that show what a verb is for; none for one that is not known. "secrets set".
[[nodiscard]] QStringList examplesOf(const QString &verb);

} // namespace hubkeeper::cli
