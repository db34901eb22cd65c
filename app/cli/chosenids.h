// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace hubkeeper::cli {

/// --ids and --id: the source objects that a run is about.
struct ChosenIds
{
    std::string list; ///< With commas between.
    std::vector<std::string> whole; ///< Each as it is, commas included.

    /// `help` is of the list. An option without an id in it is wrong usage: an empty variable of a
    /// shell must not mean all objects.
    void addTo(CLI::App &verb, const std::string &help);
    /// Those of the list, without blanks around them, and then the whole ones; none: all objects.
    [[nodiscard]] QStringList ids() const;
};

} // namespace hubkeeper::cli
