// SPDX-License-Identifier: MIT
#include "session/writing/mergegroup.h"

#include "session/open/session.h"
#include "session/sessiontext.h"
#include "session/writing/applychanges.h"

#include <algorithm>

namespace hubkeeper {

namespace {

std::vector<RowChange> rowsOfMerges(const QList<MergePreview> &merges)
{
    std::vector<RowChange> rows;
    for (const MergePreview &merge : merges)
        rows.push_back(merge.row);
    return rows;
}

Error stagedAlready(const QString &id)
{
    return fail(ErrorKind::Refused, SessionText::tr("The record %1 has staged changes.").arg(id),
                SessionText::tr("Apply them or take them back, then merge."))
        .value();
}

bool isWaiting(const std::optional<RowChange> &row)
{
    return row && row->state != RowState::Applied;
}

bool isOver(RowState state)
{
    return state != RowState::Staged && state != RowState::Sending;
}

} // namespace

std::optional<Error> refusalOfStaged(const ChangeSet &changes, const QList<MergePreview> &merges)
{
    QStringList ids;
    for (const MergePreview &merge : merges)
        ids << merge.primary.record.id << merge.merged.record.id;
    ids.removeDuplicates();
    for (const QString &id : std::as_const(ids)) {
        if (isWaiting(changes.row(merges.first().type, id)))
            return stagedAlready(id);
        const auto links = changes.associationsOf({merges.first().type, id}, mostImageLinks);
        if (std::any_of(links.begin(), links.end(), isWaiting))
            return stagedAlready(id);
    }
    std::vector<qint64> staged;
    changes.index().forEach([&staged](const RowIndex::Slot &slot) {
        if (slot.subject == RowSubject::Merge && slot.state != RowState::Applied)
            staged.push_back(slot.sequence);
        return true;
    });
    for (const RowChange &row : changes.rowsOf(staged)) {
        if (ids.contains(row.id) || ids.contains(row.to->id))
            return stagedAlready(ids.contains(row.id) ? row.id : row.to->id);
    }
    return {};
}

std::optional<Error> refusalOfPolicy(Session &session, const QList<MergePreview> &merges)
{
    WriteConsent agreed;
    agreed.reviewed = agreed.confirmed = true;
    const WriteGuard guard([&session] { return session.currentPolicy(); }, agreed);
    return guard.refusalOf(guardedWrites(rowsOfMerges(merges)));
}

MergeGroup::MergeGroup(Session &session, const QList<MergePreview> &merges, RunOptions options,
                       QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_options(std::move(options))
    , m_rows(rowsOfMerges(merges))
{
    if (const auto refusal = refusalOfStaged(session.changes(), merges)) {
        m_rows.clear();
        complete(tl::unexpected(*refusal));
        return;
    }
    if (m_options.dryRun) { // What a later one chooses is based on what the ones before leave.
        for (size_t i = 1; i < m_rows.size(); ++i)
            m_rows[i].cells.clear();
    }
    then(session.changes().addRows(m_rows, Adding::Merge, SessionText::tr("Merge"), this),
         [this](const AddedRows &) { apply(); });
}

void MergeGroup::apply()
{
    std::vector<qint64> only;
    for (const RowChange &row : m_rows)
        only.push_back(m_session.changes().index().find(keyOf(row)));
    std::sort(only.begin(), only.end());
    m_options.only = only;
    m_run = applyChanges(m_session, m_options, this);
    connect(m_run, &CallBase::progressed, this, [this](qint64 done, qint64 total) {
        look();
        emit progressed(done, total);
    });
    always(m_run, [this](const Result<RunSummary> &summary) { end(summary); });
}

void MergeGroup::finishEarly()
{
    if (m_run)
        m_run->finishEarly();
    else
        cancel();
}

/// After each merge, before the next one is sent.
void MergeGroup::look()
{
    if (m_options.dryRun)
        return;
    const MergedGroup now = outcomeNow();
    while (m_said < now.records.size() && isOver(now.records[m_said].state)) {
        const MergedRecord &record = now.records[m_said++];
        emit merged(record);
        if (!record.isGood() && m_run)
            m_run->finishEarly();
    }
}

MergedGroup MergeGroup::outcomeNow() const
{
    MergedGroup group;
    for (const RowChange &row : m_rows) {
        MergedRecord record;
        record.id = row.to->id;
        if (const auto now = m_session.changes().row(keyOf(row))) {
            record.state = now->state;
            record.error = now->error;
            if (now->state == RowState::Applied)
                group.survivor = now->writtenId.isEmpty() ? now->id : now->writtenId;
        }
        if (!record.isGood() && isOver(record.state) && !group.stopped)
            group.stopped = record.error;
        group.records.append(record);
    }
    return group;
}

void MergeGroup::end(const Result<RunSummary> &summary)
{
    m_run = nullptr;
    look();
    MergedGroup group = outcomeNow();
    takeOut();
    if (!summary)
        return complete(tl::unexpected(summary.error()));
    group.runId = summary->runId;
    group.sendable = summary->sendable;
    if (summary->stopped)
        group.stopped = summary->stopped;
    complete(group);
}

void MergeGroup::takeOut()
{
    ChangeSet &changes = m_session.changes();
    for (const RowChange &row : std::exchange(m_rows, {})) {
        const auto now = changes.row(keyOf(row));
        if (now && now->state != RowState::Applied && now->state != RowState::Unknown
            && now->state != RowState::Sending)
            changes.revertRow(keyOf(row));
    }
}

} // namespace hubkeeper
