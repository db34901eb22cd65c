// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QList>

namespace hubkeeper {

/// One value that means something else in the second of two provisioners.
struct MeaningChange
{
    enum class Kind { Added, Removed, Changed };

    Kind kind = Kind::Changed;
    QString pointer; ///< JSON pointer; of the second file where an element has moved.
    QString before; ///< Compact JSON, secrets masked; empty for Added.
    QString after; ///< Empty for Removed.

    bool operator==(const MeaningChange &) const = default;
};

/// "added", "removed", "changed". Never changes.
[[nodiscard]] QString nameOf(MeaningChange::Kind kind);

/// What differs for IDM, in the order of the first file, what is new last. Order of members,
/// layout, comments and numbers written differently do not count; a configuration property counts
/// by what IDM converts it to (idm-connector 2.5), left out it has its default; `enabled` left out
/// is true; flags and lists of names are sets; system actions are told apart by their scriptId.
/// Both texts have to be valid. Pure.
[[nodiscard]] QList<MeaningChange> meaningDiff(const JsonText &before, const JsonText &after);

} // namespace hubkeeper
