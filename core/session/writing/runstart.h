// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journal.h"

namespace hubkeeper {

class Session;

/// What the journal keeps of a run on the session's connection; planned rows and portal are left
/// to who begins it.
[[nodiscard]] RunStart runStartOf(const Session &session, const QString &note,
                                  const QString &revertOf = {});

} // namespace hubkeeper
