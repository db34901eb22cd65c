// SPDX-License-Identifier: MIT
#pragma once

#include <QSettings>

namespace hubkeeper {

/// The format of our QSettings files, JSON. QSettings' own one empties the file on a full disk
/// (base/README, "Saving"); this one leaves the old content, and QSettings::status() is
/// AccessError. Keeps texts, lists of texts, numbers, switches and byte arrays.
[[nodiscard]] QSettings::Format settingsFormat();

} // namespace hubkeeper
