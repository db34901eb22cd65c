// SPDX-License-Identifier: MIT
#pragma once

#include "output.h"
#include "session/idm/previewjob.h"

namespace hubkeeper::cli {

/// A preview for people: what is deleted first, then how often what was found and done, then the
/// entries, as they are read. Fails as PreviewWork does.
[[nodiscard]] Result<void> printPreview(const PreviewOutcome &outcome, Output &output);

} // namespace hubkeeper::cli
