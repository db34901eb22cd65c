// SPDX-License-Identifier: MIT
#include "session/writing/unfinishedrun.h"

#include "changes/review/changereview.h"
#include "changes/set/changeset.h"
#include "session/open/session.h"

#include <algorithm>

namespace hubkeeper {

namespace {

class FindUnfinishedRun final : public Call<std::optional<UnfinishedRun>>
{
public:
    FindUnfinishedRun(Session &session, QObject *parent)
        : Call(parent)
        , m_session(session)
    {
        then(findRowsLeft(session.changes(), this), [this](const RowsByRun &rows) {
            if (rows.isEmpty())
                return complete(std::nullopt);
            then(m_session.journal().readRuns({m_session.connection().id, {}, 0}, this),
                 [this, rows](const QList<JournalRun> &runs) { choose(rows, runs); });
        });
    }

private:
    /// The newest first.
    void choose(const RowsByRun &rows, const QList<JournalRun> &runs)
    {
        UnfinishedRun found;
        const auto known = std::find_if(
            runs.begin(), runs.end(), [&](const JournalRun &run) { return rows.contains(run.id); });
        if (known != runs.end())
            found.run = *known;
        else
            found.run.id = rows.cbegin().key();
        found.rows = rows.value(found.run.id);
        found.run.rows = std::max(found.run.rows, int(found.rows.size()));
        const RowIndex &index = m_session.changes().index();
        found.unknown =
            int(std::count_if(found.rows.begin(), found.rows.end(), [&index](qint64 sequence) {
                const RowIndex::Slot *slot = index.slot(sequence);
                return slot && slot->state == RowState::Unknown;
            }));
        complete(std::optional(std::move(found)));
    }

    Session &m_session;
};

} // namespace

Call<std::optional<UnfinishedRun>> *findUnfinishedRun(Session &session, QObject *parent)
{
    return new FindUnfinishedRun(session, parent);
}

} // namespace hubkeeper
