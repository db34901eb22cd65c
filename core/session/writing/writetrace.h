// SPDX-License-Identifier: MIT
#pragma once

#include "changes/journal.h"

#include <functional>

namespace hubkeeper {

/// The journal run of writes that go out one by one (a script's, or of property definitions). It
/// begins with the first intent, so that who writes nothing leaves no run, and ends with the trace.
/// One thread.
class WriteTrace final : public QObject
{
public:
    /// `journal` must outlive it. `began` is told the run's id.
    /// `revertOf` is the run these writes take back, or empty.
    WriteTrace(Journal &journal, QString connection, QString note, QString revertOf,
               std::function<void(const QString &runId)> began, QObject *parent);

    /// On the disk when it returns; gives the number of the write. Fails with Storage: then nothing
    /// may be sent.
    [[nodiscard]] Result<int> intend(qint64 portalId, const JournalRow &row);
    [[nodiscard]] Result<void> settle(int number, const JournalRow &row);
    /// All writes are settled, and no other begins. A trace that goes without leaves an interrupted
    /// run, as a crash does.
    void end();

private:
    Journal &m_journal;
    const QString m_connection;
    const QString m_note;
    const QString m_revertOf;
    const std::function<void(const QString &)> m_began;
    QString m_runId; // Empty: nothing was written, or it has ended.
    int m_writes = 0;
};

} // namespace hubkeeper
