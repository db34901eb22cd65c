// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace hubkeeper {

/// The kinds of record Hubkeeper reads and writes.
enum class ObjectType { Contacts, Companies };

inline constexpr std::array<ObjectType, 2> allObjectTypes {ObjectType::Contacts,
                                                           ObjectType::Companies};

/// "contacts", "companies": the plural used in paths and JSON (hubspot-api 2.3).
[[nodiscard]] QString nameOf(ObjectType type);
/// "0-1", "0-2".
[[nodiscard]] QString typeIdOf(ObjectType type);

/// HubSpot's API version, a setting of the connection (hubspot-api 2).
enum class ApiVersion { V3, V2026_03, V2026_09 };

inline constexpr std::array<ApiVersion, 3> allApiVersions {ApiVersion::V2026_09,
                                                           ApiVersion::V2026_03, ApiVersion::V3};

/// "v3", "2026-03", "2026-09".
[[nodiscard]] QString nameOf(ApiVersion version);
[[nodiscard]] std::optional<ApiVersion> apiVersionFrom(const QString &name);

} // namespace hubkeeper
