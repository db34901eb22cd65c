// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>

namespace hubkeeper {

/// Reads a JSON file with mappings, both sides and links (reconcile/overlay/previewset.h), numbers
/// as exactly as a server keeps them. InvalidInput with a sentence that says what is wrong with it:
/// cut off, not JSON, another kind of file, larger than 256 MB; NotFound, Forbidden as for any
/// file.
[[nodiscard]] Result<QJsonObject> readPreviewFile(const QString &path);

} // namespace hubkeeper
