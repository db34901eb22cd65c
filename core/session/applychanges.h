// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run.h"

namespace hubkeeper {

class Session;

/// Applies a session's staged changes: reads account and definitions, then runs.
/// What was written is told through the session's signals.
class ApplyChanges final : public Call<RunSummary>
{
public:
    /// `session` and `clock` must outlive the call.
    ApplyChanges(Session &session, Clock &clock, RunOptions options, QObject *parent);

private:
    void readDefinitions();
    void run();

    Session &m_session;
    Clock &m_clock;
    RunOptions m_options; // Completed with connection and portal.
    QList<ObjectType> m_typesToRead;
    QHash<ObjectType, QList<PropertyDefinition>> m_definitions;
};

} // namespace hubkeeper
