// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

namespace hubkeeper {

/// Whether a stretch of text is in the provisioner that is shipped with the program: what everybody
/// has is nobody's secret.
[[nodiscard]] bool isPublic(QStringView stretch);

/// Whether a whole word is, as a key or a value: "clientId", "contact", "[1.5.0.0,1.6.0.0)".
[[nodiscard]] bool isPublicWord(QStringView word);

} // namespace hubkeeper
