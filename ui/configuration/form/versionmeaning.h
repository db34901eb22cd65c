// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// What a bundleVersion takes, as a translated sentence: "Takes 1.5.0.0 and newer, up to but not
/// 1.6.0.0." Empty for what is not a version and no range (idm-connector 2.3).
[[nodiscard]] QString meaningOfVersions(const QString &bundleVersion);

} // namespace hubkeeper
