// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

struct TrafficRecord;

/// A shell command (POSIX) that sends the request again with curl. The token is not in it: the
/// shell takes it from the variable SecretHeader names. A body that holds credentials is read from
/// standard input.
[[nodiscard]] QString curlLine(const TrafficRecord &record);

} // namespace hubkeeper
