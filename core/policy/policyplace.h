// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <optional>

namespace hubkeeper {

/// The content of a policy file, if only the system's administrators can have written it: it and
/// every folder above it, followed to the end of links, belong to root (Windows: Administrators,
/// SYSTEM or TrustedInstaller) and can be written by nobody else. Nothing if there is none.
///
/// Fails with Storage if it cannot be read, and with Refused, saying what is wrong, if somebody
/// else could have written it. Never follows a variable of the environment.
[[nodiscard]] Result<std::optional<QByteArray>> readAdministratorsFile(const QString &path);

/// The fixed place of this system.
[[nodiscard]] QString administratorsPolicyPath();

/// More is not read.
inline constexpr qint64 largestPolicy = 1 << 20; // Bytes.

} // namespace hubkeeper
