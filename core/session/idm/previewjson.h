// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"

namespace hubkeeper {

/// Where pieces of a JSON text go, one after the other.
using TakeText = std::function<void(const QByteArray &piece)>;

/// Writes the outcome as `idm preview --json` prints it, piece by piece, so that its size does not
/// matter: ids as full paths, null where a new object has none yet; `written` as the recordings
/// have it, with "<absent>" for a property that is not there. Fails as PreviewWork does; then the
/// text has no end.
[[nodiscard]] Result<void> writePreviewJson(const PreviewOutcome &outcome, const TakeText &take);

/// What is different in one object: property to {before, after}; of a new one, its values.
[[nodiscard]] QJsonObject changedValues(const ObjectChange &change);

} // namespace hubkeeper
