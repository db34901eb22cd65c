// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"

namespace hubkeeper::cli {

/// journal search. `journal` is the verb it belongs to.
void addJournalSearch(CLI::App &journal, Run &chosen);

} // namespace hubkeeper::cli
