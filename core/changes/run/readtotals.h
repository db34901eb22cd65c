// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/run/writeguard.h"
#include "portal/portalreader.h"

namespace hubkeeper {

/// Tells `guard` how many records of these types the portal has, where its policy needs to know and
/// it does not yet. One search for each. Both must outlive the call.
[[nodiscard]] Call<void> *readMissingTotals(PortalReader &portal, WriteGuard &guard,
                                            const QList<ObjectType> &types, QObject *parent);

} // namespace hubkeeper
