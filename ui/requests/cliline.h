// SPDX-License-Identifier: MIT
#pragma once

#include "net/traffic.h"

#include <optional>

namespace hubkeeper {

/// The hubkeeper-cli command that does what a request did, where there is one: reading an object,
/// listing a class, reading the schema, and creating, changing and archiving records. A batch
/// gives a line for each of its records. Quoted for a POSIX shell. Pure.
///
/// What a write sets is personal data and is in the request's body: without `values`, and
/// where the log kept no body, such a write has no line. What is archived is named by id alone.
/// Searches by filter, merges, upserts and associations have no verb, so no line.
[[nodiscard]] std::optional<QString> cliLine(const TrafficRecord &record,
                                             const QString &provisionerPath, bool values = true);

} // namespace hubkeeper
