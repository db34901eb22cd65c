// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/rule.h"

/// What is not JSON, or is JSON that servers read differently (HK001 to HK019, HK030 to HK035).
namespace hubkeeper::bytes {

extern const Rule byteOrderMark;
extern const Rule comment;
extern const Rule duplicateKey;
extern const Rule hugeNumber;
extern const Rule tooDeep;

/// Null for faults that another stage reports.
[[nodiscard]] const Rule *ruleFor(SyntaxFaultKind kind);

[[nodiscard]] std::span<const Rule *const> rules();

} // namespace hubkeeper::bytes
