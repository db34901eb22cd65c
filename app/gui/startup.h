// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <optional>

namespace hubkeeper {

/// What the command line asks of the window.
struct Startup
{
    QStringList files; ///< Provisioners to open.
    bool practice = false;
    QString colours; ///< "system", "light", "dark", or empty: as chosen in the window.
    QString profileFolder; ///< Set: keep everything below this folder.
};

/// Reads the arguments before there is any window system, so that --help, --version and
/// --print-paths work without a display. Gives an exit code instead when the program is done.
struct StartupOrExit
{
    Startup startup;
    std::optional<int> exitCode;
};
[[nodiscard]] StartupOrExit readArguments(int argc, char *argv[]);

} // namespace hubkeeper
