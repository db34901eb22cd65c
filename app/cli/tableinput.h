// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace hubkeeper::cli {

struct Services;

/// The options that say how a file of a table is built, where what is found out is wrong.
struct TableInput
{
    std::string file;
    std::string encoding;
    std::string separator;
    std::string quote;
    std::string header;
    std::string sheet;

    void addTo(CLI::App &verb);
    /// Fails with InvalidInput.
    [[nodiscard]] Result<TableOptions> options() const;
};

/// import FILE --parse: what is in the file, without a portal.
[[nodiscard]] int runParse(const TableInput &input, Services &services);

} // namespace hubkeeper::cli
