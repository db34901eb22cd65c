// SPDX-License-Identifier: MIT
#include "session/writing/writetrace.h"

#include "base/log.h"

#include <utility>

namespace hubkeeper {

WriteTrace::WriteTrace(Journal &journal, QString connection, QString note, QString revertOf,
                       std::function<void(const QString &runId)> began, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_connection(std::move(connection))
    , m_note(std::move(note))
    , m_revertOf(std::move(revertOf))
    , m_began(std::move(began))
{
}

Result<int> WriteTrace::intend(qint64 portalId, const JournalRow &row)
{
    if (m_runId.isEmpty()) {
        const auto run = m_journal.beginRun(m_connection, portalId, m_note, m_revertOf);
        if (!run)
            return tl::unexpected(run.error());
        m_runId = *run;
        if (m_began)
            m_began(m_runId);
    }
    const int number = ++m_writes;
    return m_journal.addWriteIntent(m_runId, number, row).map([number] { return number; });
}

Result<void> WriteTrace::settle(int number, const JournalRow &row)
{
    return m_journal.addWriteOutcome(m_runId, number, row);
}

void WriteTrace::end()
{
    if (m_runId.isEmpty())
        return;
    if (const auto ended = m_journal.endRun(std::exchange(m_runId, {}));
        !ended) // Shown as interrupted then.
        qCWarning(lcSession).noquote() << ended.error().sentence();
}

} // namespace hubkeeper
