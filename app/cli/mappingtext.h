// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "idm/mappings/mappingtable.h"
#include "session/idm/mappingput.h"

namespace hubkeeper::cli {

// Mappings as the verbs print them.

/// `idm mappings list --json`.
[[nodiscard]] QJsonArray mappingList(const QList<MappingTable> &tables);
void printMappings(const QList<MappingTable> &tables, Output &output);
/// Properties, correlation, policies and settings, one under the other.
void printMapping(const MappingTable &table, Output &output);
/// What a write would change; findings go to the messages.
void printPlan(const MappingPlan &plan, Output &output);

[[nodiscard]] QJsonObject asJson(const MappingPlan &plan);
[[nodiscard]] QJsonObject asJson(const MappingReport &report);

} // namespace hubkeeper::cli
