// SPDX-License-Identifier: MIT
#include "changes/run/writetrace.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Begins the run, if it has not begun, and notes what will be written.
class IntendWrite final : public Call<int>
{
public:
    IntendWrite(Call<QString> *begun, Call<void> *noted, int number, QObject *parent)
        : Call(parent)
    {
        if (begun) {
            begun->onDone(this, [this](const Result<QString> &run) {
                if (!run)
                    complete(tl::unexpected(run.error()));
            });
        }
        noted->onDone(this, [this, number](const Result<void> &done) {
            complete(done.map([number] { return number; }));
        });
    }
};

QString subjectOf(int number)
{
    return u"write/%1"_s.arg(number);
}

} // namespace

WriteTrace::WriteTrace(Journal &journal, WriteGuard guard, RunStart start,
                       std::function<void(const QString &runId)> began, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_guard(std::move(guard))
    , m_start(std::move(start))
    , m_began(std::move(began))
{
}

Call<int> *WriteTrace::intend(qint64 portalId, JournalRow row, QObject *its)
{
    Call<QString> *begun = nullptr;
    if (m_runId.isEmpty()) {
        m_runId = Journal::newRunId();
        m_start.id = m_runId;
        m_start.portalId = portalId;
        begun = m_journal.begin(m_start, its);
        begun->onDone(this, [this](const Result<QString> &run) {
            if (run && m_began)
                m_began(*run);
        });
    }
    const int number = ++m_writes;
    row.subject = subjectOf(number);
    // The journal keeps their order.
    return new IntendWrite(begun, m_journal.noteIntents(m_runId, {std::move(row)}, its), number,
                           its);
}

Call<void> *WriteTrace::noteOutcome(int number, JournalRow row, QObject *its)
{
    row.subject = subjectOf(number);
    return m_journal.noteOutcomes(m_runId, {std::move(row)}, its);
}

void WriteTrace::leave(int number, JournalRow row)
{
    row.subject = subjectOf(number);
    m_journal.leaveOutcomes(m_runId, {std::move(row)});
}

void WriteTrace::end()
{
    if (!m_runId.isEmpty())
        m_journal.leaveEnd(std::exchange(m_runId, {}));
}

} // namespace hubkeeper
