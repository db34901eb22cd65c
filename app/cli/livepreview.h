// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "session/idm/previewjob.h"
#include "session/idm/serversession.h"

namespace hubkeeper::cli {

/// Reads what a preview needs from the server, with progress. Fails as readForPreview().
[[nodiscard]] Result<PreviewInput> readLivePreview(ServerSession &session,
                                                   const PreviewOrder &order, Services &services);

/// Computes it, with progress on a terminal and an end on Ctrl+C. Fails as computePreview().
[[nodiscard]] Result<PreviewOutcome> computedPreview(const PreviewInput &input,
                                                     const PreviewOrder &order, Output &output);

} // namespace hubkeeper::cli
