// SPDX-License-Identifier: MIT
#pragma once

#include "policy/policy.h"

class QWidget;

namespace hubkeeper {

/// Why a setting cannot be changed: "Set by the policy file /etc/hubkeeper/policy.json
/// (portals[0].mode, line 4)."
[[nodiscard]] QString policyNote(const QString &file, const RulePlace &place);

/// Shows a widget as locked, with that reason in its tip and for screen readers.
void lockByPolicy(QWidget *widget, const QString &note);

} // namespace hubkeeper
