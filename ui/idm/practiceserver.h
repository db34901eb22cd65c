// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/secret.h"
#include "session/idm/server.h"

#include <functional>
#include <memory>

namespace hubkeeper {

/// A practice IDM that runs: its entry in the list of servers, and its made-up password, which no
/// keychain needs to have.
struct PracticeServer
{
    Server server;
    std::shared_ptr<const Secret> secret;
};

/// Starts it, or returns the one that runs already.
using StartPracticeServer = std::function<Call<PracticeServer> *(QObject *parent)>;

} // namespace hubkeeper
