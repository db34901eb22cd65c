// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

class QIODevice;

namespace hubkeeper {

struct FoundEncoding
{
    QString name; ///< As canonicalEncoding() gives it.
    qint64 markBytes = 0; ///< Of the byte order mark at the beginning; 0: there is none.

    bool operator==(const FoundEncoding &) const = default;
};

/// The encoding of a whole file: its byte order mark; else UTF-8, if all of it is; else UTF-16 or
/// UTF-32 by where its zeros are; else UTF-8 with faults, where most characters are good; else the
/// code page that makes words of it, with the help of uchardet for scripts other than Latin.
/// Reads the file once, from the beginning, and twice where it is not UTF-8. `demanded`: only its
/// byte order mark is looked for. Fails with InvalidInput where the device cannot be read (twice).
[[nodiscard]] Result<FoundEncoding> detectEncoding(QIODevice &file,
                                                   const std::optional<QString> &demanded = {});

} // namespace hubkeeper
