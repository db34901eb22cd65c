// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <optional>

class QIODevice;

namespace hubkeeper {

/// What a file is by its first bytes.
enum class FileKind {
    Text, ///< As far as one can see.
    Zip,
    Other, ///< Something that is not read.
};

/// Leaves the file at its beginning.
[[nodiscard]] FileKind fileKind(QIODevice &file);

/// Why a file of kind Other is refused: an old or an encrypted workbook (told apart by the streams
/// in it), PDF, compressed files, pages and XML that were named .xls, and so on.
[[nodiscard]] Error otherKindError(QIODevice &file);

} // namespace hubkeeper
