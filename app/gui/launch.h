// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "session/connections/connectionregistry.h"

class QApplication;

namespace hubkeeper {

// What every program with the window does before the window is there.

/// Name, version, icon and translations.
void prepare(QApplication &application);

/// The connections of this user. A damaged list is reported in a message and left alone; the
/// program works without it.
[[nodiscard]] ConnectionRegistry loadRegistry(const Paths &paths);

} // namespace hubkeeper
