// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"

#include <optional>

namespace hubkeeper {

/// The hubkeeper-cli command that does what a request did, where there is one: reading an object,
/// listing a class, reading the schema or the account. Quoted for a POSIX shell. Pure.
[[nodiscard]] std::optional<QString> cliLine(const TrafficRecord &record,
                                             const QString &provisionerPath);

} // namespace hubkeeper
