// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/catalogue.h"

namespace hubkeeper::practice {

/// One refused value (hubspot-api 8.3).
struct ValueFault
{
    QString code;
    QString message;
};

/// The first validation rule of the property that the value breaks (hubspot-api 7.5). Rules of
/// kinds the portal does not enforce are only shown, never broken.
[[nodiscard]] std::optional<ValueFault> brokenRule(const Property &property, const QString &value);

/// Rule types the API knows.
[[nodiscard]] bool isRuleType(const QString &name);

/// A plausible e-mail address: one @, something before, a dotted host without blanks after.
[[nodiscard]] bool isEmailAddress(const QString &text);

} // namespace hubkeeper::practice
