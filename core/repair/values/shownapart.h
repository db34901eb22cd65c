// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

struct ShownChange
{
    QString before;
    QString after;
};

/// An old and a new value as they are shown beside each other. Where they would look the same,
/// signs that nobody sees are spelled: "José‹U+00A0›" beside "José", "Jose‹U+0301›" beside "José".
/// Pure; any thread.
[[nodiscard]] ShownChange shownApart(const QString &before, const QString &after);

} // namespace hubkeeper
