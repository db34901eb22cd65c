// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// What a scope is for, as a sentence in the user's language (hubspot-api 3.3); empty for one that
/// is not known here.
[[nodiscard]] QString purposeOf(const QString &scope);

/// What does not work without it.
[[nodiscard]] QString lossWithout(const QString &scope);

} // namespace hubkeeper
