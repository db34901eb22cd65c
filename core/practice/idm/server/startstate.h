// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "practice/idm/state/idmstate.h"

namespace hubkeeper::practice {

class PracticePortal;

/// Fills a server as somebody who practises finds it: the connector deployed as `hubspot` and
/// active, the two mappings of the shipped sample and a third with correlation, validSource and
/// validTarget, `users` managed users, half of them linked to the portal's contacts, and for the
/// third mapping every situation that a reconciliation can find. The portal's bundle is there
/// before. Fails as storeConfiguration() would.
[[nodiscard]] Result<void> fillStart(IdmState &state, PracticePortal &portal, int users);

/// The provisioner that works with the portal, as it is deployed.
[[nodiscard]] QJsonObject provisionerOf(const PracticePortal &portal);

} // namespace hubkeeper::practice
