// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper::cli {

/// "1 row", "1,204 rows": a count and its noun in English, which is what the command line speaks.
[[nodiscard]] QString countText(qint64 count, QLatin1StringView one, QLatin1StringView many);

} // namespace hubkeeper::cli
