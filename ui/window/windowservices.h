// SPDX-License-Identifier: MIT
#pragma once

#include "idm/practiceserver.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/secretvault.h"
#include "session/open/session.h"
#include "session/snapshots/rehearse.h"

#include <functional>

namespace hubkeeper {

/// What the window needs; all must outlive it.
struct WindowServices
{
    ConnectionRegistry &registry;
    SessionServices session;
    /// To offer "Use for this session" when no keychain answers; may be null.
    SecretVault *vault = nullptr;
    /// Starts the practice portal and gives its connection, whose provisioner holds the made-up
    /// secrets. Empty: not offered.
    std::function<Call<Connection> *(QObject *parent)> startPractice = {};
    /// Starts the practice IDM beside it. Empty: not offered.
    StartPracticeServer startPracticeServer = {};
    /// Starts a practice portal that is filled from a snapshot. Empty: nothing can be rehearsed.
    StartRehearsalPortal startRehearsal = {};
    /// Opens an address in the user's browser. Empty: the desktop's own way.
    std::function<bool(const QUrl &)> openBrowser = {};
};

} // namespace hubkeeper
