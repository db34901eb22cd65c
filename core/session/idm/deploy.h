// SPDX-License-Identifier: MIT
#pragma once

#include "idm/system/testanswer.h"
#include "idm/writing/configwrite.h"
#include "session/idm/activation.h"
#include "session/idm/deployplan.h"

namespace hubkeeper {

/// What is to be known to write to a server.
struct DeployOptions
{
    QString note; ///< Of the run in the journal.
    bool testsFirst = true; ///< Have the server test the configuration before it is written.
    ActivationWait wait; ///< For the connector to be registered.
};

/// What a deployment did.
struct DeployReport
{
    ConfigWriteOutcome written;
    QString rollbackFile; ///< What was there before; empty: it was new.
    std::optional<TestAnswer> tested; ///< The server's test before the write, if it was made.
    QString whyNotTested; ///< One sentence, where it was not.
    Activation activation;
};

/// Writes what a plan says and proves it:
/// 1. refused by the plan: nothing is sent;
/// 2. the server tests the new configuration, under another name where it has one of that name,
///    since it would test with the old connectorRef; a test that fails ends it (Rejected);
/// 3. what is there now is saved as a roll-back file (0600, below Paths::data, the newest 50 of a
///    server are kept);
/// 4. the write (writeConfig()), by the write mode of that moment;
/// 5. waitUntilActive().
/// Fails as its steps do. After 4 it does not fail any more: the report says how far it came.
[[nodiscard]] Call<DeployReport> *deploy(ServerSession &session, const SessionServices &services,
                                         std::shared_ptr<Journal> journal, const DeployPlan &plan,
                                         const DeployOptions &options, QObject *parent);

/// The journal of this computer, opened with its seal, for writes to servers.
[[nodiscard]] Call<std::shared_ptr<Journal>> *openJournal(const SessionServices &services,
                                                          QObject *parent);

/// Who begins a run on a server, for writeConfig().
[[nodiscard]] ServerWriteContext writeContextOf(ServerSession &session,
                                                const SessionServices &services, Journal &journal,
                                                const QString &note);

} // namespace hubkeeper
