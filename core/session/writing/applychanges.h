// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"

#include <QPointer>

namespace hubkeeper {

class ApplyChanges;
class Session;
struct AccountDetails;

/// Applies a session's staged changes: reads account and definitions, then runs (ApplyRun). Records
/// written are reported by the session's signals. Besides what ApplyRun refuses, a run that needs
/// more calls than HubSpot allows today (RunOptions::mayReachDailyLimit). The session counts the
/// call as one that writes.
[[nodiscard]] ApplyChanges *applyChanges(Session &session, const RunOptions &options,
                                         QObject *parent);

/// What applyChanges() starts.
class ApplyChanges final : public Call<RunSummary>
{
public:
    /// `session` must outlive the call.
    ApplyChanges(Session &session, RunOptions options, QObject *parent);

    /// As ApplyRun::finishEarly(); before the first batch there is nothing to wait for.
    void finishEarly();
    /// As ApplyRun's; before the first batch, none is started.
    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const { return m_isPaused; }

private:
    void onPortal(const AccountDetails &account);
    [[nodiscard]] std::optional<Error> refusalOfBudget() const;
    void compareWithFile();
    void readDefinitions();
    void run();

    Session &m_session;
    RunOptions m_options; // Completed with connection and portal.
    QPointer<ApplyRun> m_run; // Once it was begun.
    bool m_isPaused = false;
    QList<ObjectType> m_typesToRead;
    QHash<ObjectType, QList<PropertyDefinition>> m_definitions;
};

} // namespace hubkeeper
