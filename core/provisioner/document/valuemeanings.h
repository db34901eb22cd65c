// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QHash>

namespace hubkeeper {

/// What a value means, as a number: equal for values that a reader of JSON takes for the same.
///
/// Order of members, layout, comments and escapes do not count, nor does a member that a later one
/// of its name hides; numbers are what is written (10 and 1e1 are two). Numbers can be compared
/// across all texts that one object of this class has seen.
class ValueMeanings
{
public:
    struct Meaning
    {
        int number = -1;
        bool hasTwins = false; ///< An object in which a key appears twice.
    };

    /// By index of node; for a text without faults.
    [[nodiscard]] std::vector<Meaning> of(const JsonText &text);

private:
    int numberFor(const QByteArray &canonical);

    QHash<QByteArray, int> m_numbers;
};

} // namespace hubkeeper
