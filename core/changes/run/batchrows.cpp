// SPDX-License-Identifier: MIT
#include "changes/run/batchrows.h"

#include "changes/set/changeset.h"
#include "changes/set/journalrows.h"
#include "changes/set/signedchanges.h"

#include <algorithm>

namespace hubkeeper {

BatchRows::BatchRows(std::vector<RowChange> rows, const SignedChanges *signedAs)
    : m_type(rows.front().type)
    , m_kind(rows.front().kind)
{
    for (RowChange &row : rows) {
        const bool isSigned = signedAs && signedAs->contains(row);
        m_rows.push_back({std::move(row)});
        m_rows.back().isSigned = isSigned;
    }
}

BatchRows::Group BatchRows::in(Phase phase) const
{
    Group group;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].phase == phase)
            group.push_back(i);
    }
    return group;
}

void BatchRows::setPhase(const Group &group, Phase phase)
{
    for (const size_t index : group)
        m_rows[index].phase = phase;
}

QStringList BatchRows::idsOf(const Group &group) const
{
    QStringList ids;
    for (const size_t index : group)
        ids.append(m_rows[index].change.portalId());
    return ids;
}

std::vector<GuardedWrite> BatchRows::writesOf(const Group &group) const
{
    std::vector<RowChange> changes;
    for (const size_t index : group)
        changes.push_back(m_rows[index].change);
    std::vector<GuardedWrite> writes = guardedWrites(changes);
    for (size_t i = 0; i < writes.size(); ++i)
        writes[i].isSigned = m_rows[group[i]].isSigned;
    return writes;
}

QStringList BatchRows::editedProperties() const
{
    QStringList properties;
    for (const Row &row : m_rows) {
        for (auto cell = row.change.cells.cbegin(); cell != row.change.cells.cend(); ++cell) {
            if (!properties.contains(cell.key()))
                properties.append(cell.key());
        }
    }
    return properties;
}

void BatchRows::finish(Row &row, RowState state, std::optional<Error> error,
                       const QHash<QString, QString> &theirs)
{
    row.phase = Finished;
    row.change.state = state;
    row.change.error = std::move(error);
    row.change.theirs = theirs;
    RunSummary &counts = m_report.counts;
    counts.applied += state == RowState::Applied ? 1 : 0;
    counts.unproven += row.change.isUnproven() ? 1 : 0;
    counts.failed += state == RowState::Failed ? 1 : 0;
    counts.conflicting += state == RowState::Conflicting ? 1 : 0;
    counts.unknown += state == RowState::Unknown ? 1 : 0;
    counts.skipped += state == RowState::Skipped ? 1 : 0;
}

void BatchRows::finish(const Group &group, RowState state, const std::optional<Error> &error)
{
    for (const size_t index : group)
        finish(m_rows[index], state, error);
}

void BatchRows::setWritten(Row &row, const QString &id)
{
    row.change.writtenId = id;
    row.phase = Written;
}

JournalRow BatchRows::journalRow(const Row &row)
{
    RowChange change = row.journaled.value_or(row.change);
    change.state = row.change.state;
    change.error = row.change.error;
    JournalRow noted = journalRowOf(change);
    noted.writtenAt = row.writtenAt;
    if (row.change.subject == RowSubject::Association && !row.fromId.isEmpty()) {
        noted.recordId = row.fromId;
        noted.toId = row.toId;
    }
    noted.details = row.images;
    return noted;
}

std::vector<JournalRow> BatchRows::outcomes() const
{
    std::vector<JournalRow> outcomes;
    for (const Row &row : m_rows) {
        JournalRow outcome = journalRow(row);
        if (m_kind == ChangeKind::Archive && row.change.subject == RowSubject::Record)
            outcome.cells = row.image;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

void BatchRows::reportTo(ChangeSet &changes) const
{
    changes.beginStep({});
    for (const Row &row : m_rows) {
        const RowChange &change = row.change;
        if (!change.writtenId.isEmpty())
            changes.setWritten(keyOf(change), change.writtenId);
        changes.setState(keyOf(change), change.state, change.error, change.theirs);
    }
    changes.endStep();
}

} // namespace hubkeeper
