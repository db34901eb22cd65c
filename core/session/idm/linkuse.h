// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "idm/links/serverlink.h"

#include <QJsonArray>

namespace hubkeeper {

/// How one of these mappings uses links. Fails with NotFound, naming those there are.
[[nodiscard]] Result<LinkUse> linkUseOf(const QJsonArray &mappings, const QString &name);

} // namespace hubkeeper
