// SPDX-License-Identifier: MIT
#pragma once

#include "repair/values/repairedvalue.h"

#include <QStringList>

namespace hubkeeper {

/// What a repair makes of one value or several: a name of its two parts, and the other way round.
struct RepairedRow
{
    RepairedValue::Outcome outcome = RepairedValue::Kept;
    QStringList values; ///< Changed: the new ones.
    QString reason; ///< Doubtful: why, a sentence for people.
    QString suggestion; ///< Doubtful: may be empty.

    bool operator==(const RepairedRow &) const = default;
};

/// First and last name of a whole one: "Ada Lovelace", "Lovelace, Ada", "Jan van der Berg" (the
/// particles are of the last name), "John F. Kennedy" (the initial is of the first). Doubtful: one
/// word, three names of which the second may be of either, titles. Pure; any thread.
[[nodiscard]] RepairedRow splitName(const QString &name);

} // namespace hubkeeper
