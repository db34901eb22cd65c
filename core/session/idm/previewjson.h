// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"

namespace hubkeeper {

/// The outcome as `idm preview --json` prints it: ids as full paths, null where a new object has
/// none yet; `written` as the recordings have it, with "<absent>" for a property that is not there.
[[nodiscard]] QJsonObject previewJson(const PreviewOutcome &outcome);

/// What is different in one object: property to {before, after}; of a new one, its values.
[[nodiscard]] QJsonObject changedValues(const ObjectChange &change);

} // namespace hubkeeper
