// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringList>

namespace CLI {
class App;
}

namespace hubkeeper::cli {

/// An option or a positional argument, as completion and the man page need it.
struct ArgumentInfo
{
    QStringList names; ///< "--format", "-o"; empty for a positional.
    QString label; ///< What its value is called: "FILE", "text|json"; empty: a flag.
    QString help;
    bool repeats = false; ///< Takes any number of values.

    /// The words it takes, if it takes nothing else.
    [[nodiscard]] QStringList words() const;
};

/// A verb with what may follow it.
struct VerbInfo
{
    QString path; ///< "secrets set"; empty: the program itself.
    QString help;
    QStringList verbs; ///< Below it.
    QList<ArgumentInfo> options; ///< Its own.
    QList<ArgumentInfo> positionals;
};

/// The program first, then each verb after the one it belongs to. Hidden ones are left out.
[[nodiscard]] QList<VerbInfo> verbTable(const CLI::App &app);

} // namespace hubkeeper::cli
