// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/writeguard.h"
#include "journal/journal.h"

#include <functional>

namespace hubkeeper {

/// Where writes that go out one by one (a script's, or of property definitions) belong: the guard
/// that counts them, and their run of the journal. The run begins with the first intent, so that
/// who writes nothing leaves no run, and ends with the trace. One thread.
class WriteTrace final : public QObject
{
public:
    /// `journal` must outlive it. `began` gets the run's id. Id, planned rows and portal of
    /// `start` do not count.
    WriteTrace(Journal &journal, WriteGuard guard, RunStart start,
               std::function<void(const QString &runId)> began, QObject *parent);

    [[nodiscard]] WriteGuard &guard() { return m_guard; }

    /// Gives the number of the write once it is on the disk. Fails with Storage: then nothing may
    /// be sent.
    [[nodiscard]] Call<int> *intend(qint64 portalId, JournalRow row, QObject *its);
    [[nodiscard]] Call<void> *noteOutcome(int number, JournalRow row, QObject *its);
    /// The same for who cannot wait (Journal::leaveOutcomes()).
    void leave(int number, JournalRow row);
    /// All outcomes are noted, and no other write begins. A trace that goes without leaves an
    /// interrupted run, as a crash does.
    void end();

private:
    Journal &m_journal;
    WriteGuard m_guard;
    RunStart m_start;
    const std::function<void(const QString &)> m_began;
    QString m_runId; // Empty: nothing was written, or it has ended.
    int m_writes = 0;
};

} // namespace hubkeeper
