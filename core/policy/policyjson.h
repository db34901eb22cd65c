// SPDX-License-Identifier: MIT
#pragma once

#include "policy/policyparser.h"

#include <QJsonObject>

namespace hubkeeper {

/// What a policy says, for programs: `resources/schemas/policy.json` has the shape. Pure.
[[nodiscard]] QJsonObject jsonOf(const Policy &policy);
[[nodiscard]] QJsonObject jsonOf(const PolicyFault &fault);

} // namespace hubkeeper
