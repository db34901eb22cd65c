// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace hubkeeper {

/// The process that writes a run, as the run names it.
struct WritingProcess
{
    QString host; ///< Empty: runs of old versions.
    qint64 id = 0;
    qint64 started = 0; ///< When, in the system's own units; 0: not known.

    bool operator==(const WritingProcess &) const = default;
};

/// The one that asks.
[[nodiscard]] WritingProcess thisProcess();

/// Whether it is still there: by its number and, where the system says them, its start and its
/// name, since numbers are used again (in a container that is started again, always the same one).
/// Nothing where this machine cannot know: it ran on another one, or nobody noted it.
[[nodiscard]] std::optional<bool> isThere(const WritingProcess &process);

} // namespace hubkeeper
