// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// A text as the data of a workflow command of GitHub: what would end the line, or begin another
/// command, is escaped.
[[nodiscard]] QString gitHubData(QString text);

} // namespace hubkeeper
