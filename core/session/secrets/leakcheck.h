// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/connection.h"
#include "session/connections/services.h"
#include "session/secrets/leaksearch.h"

namespace hubkeeper {

/// Searches all that the programs wrote (Paths::config, data, state and cache) and `more` for the
/// secrets of all connections and the journal key. The provisioners of the connections are left
/// out: what is there was put there on purpose, and lookForSecrets() reports it.
[[nodiscard]] Call<LeakReport> *checkForLeaks(const QList<Connection> &connections,
                                              const SessionServices &services,
                                              const QStringList &more, QObject *parent);

} // namespace hubkeeper
