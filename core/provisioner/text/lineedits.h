// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace hubkeeper {

/// Which elements of two sequences are in only one of them.
struct SequenceEdits
{
    std::vector<bool> removed; ///< By index in the first.
    std::vector<bool> added; ///< By index in the second.
};

/// The shortest edit script after Myers ("An O(ND) Difference Algorithm and Its Variations",
/// 1986, section 4b: linear space), cut short where it costs too much: then more is marked than
/// needed, never less.
[[nodiscard]] SequenceEdits sequenceEdits(const std::vector<int> &before,
                                          const std::vector<int> &after);

} // namespace hubkeeper
