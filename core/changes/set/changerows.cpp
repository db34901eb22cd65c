// SPDX-License-Identifier: MIT
#include "changes/set/changerows.h"

#include "base/log.h"

namespace hubkeeper {

namespace {

constexpr int rowsPerBlock = 64;
constexpr qsizetype mostPending = 8192;
constexpr quint64 mostWaiting = 32'768; // Writes.

} // namespace

std::optional<RowChange> ChangeRows::get(qint64 sequence) const
{
    const RowIndex::Slot *slot = m_index.slot(sequence);
    if (!slot)
        return {};
    RowChange row;
    const auto pending = m_pending.constFind(sequence);
    if (pending != m_pending.cend()) {
        row = pending->row;
    } else {
        if (!m_cache.contains(sequence))
            load(sequence);
        if (const RowChange *cached = m_cache.object(sequence))
            row = *cached;
    }
    row.excluded = slot->excluded; // Changed without reading the row.
    row.state = slot->state; // A claim changes this and the run.
    if (row.state == RowState::Sending && !m_run.isEmpty())
        row.run = m_run;
    return row;
}

void ChangeRows::load(qint64 sequence) const
{
    if (!m_store)
        return;
    auto rows = m_store->rowsFrom(sequence, rowsPerBlock);
    if (!rows) {
        qCWarning(lcChanges) << rows.error().what;
        m_fault = rows.error();
        return;
    }
    for (NumberedRow &row : *rows) {
        if (!m_pending.contains(row.sequence))
            m_cache.insert(row.sequence, new RowChange(*std::move(row.row)));
    }
}

void ChangeRows::put(qint64 sequence, const RowChange &row)
{
    const RowIndex::Slot slot {sequence, row.state, row.kind, row.type, row.subject, row.excluded};
    if (const auto before = get(sequence)) {
        countCells(*before, -1);
        m_index.setState(sequence, row.state);
        m_index.setKind(sequence, row.kind);
        m_index.setExcluded(sequence, row.excluded);
    } else {
        m_index.insert(keyOf(row), slot);
    }
    countCells(row, 1);
    m_nextSequence = std::max(m_nextSequence, sequence + 1);
    m_nextLocalNumber = std::max(m_nextLocalNumber, localNumber(row.id) + 1);
    m_cache.remove(sequence);
    quint64 ticket = 0;
    if (m_store) {
        ticket = m_store->post([sequence, row](ChangeFile &file) { file.put(sequence, row); });
        m_tickets.emplace_back(ticket, sequence);
    }
    m_pending.insert(sequence, {row, ticket});
}

void ChangeRows::drop(qint64 sequence)
{
    const auto before = get(sequence);
    if (!before)
        return;
    countCells(*before, -1);
    m_index.remove(keyOf(*before), sequence);
    m_pending.remove(sequence);
    m_cache.remove(sequence);
    if (m_store)
        (void)m_store->post([sequence](ChangeFile &file) { file.drop(sequence); });
}

std::vector<qint64> ChangeRows::setExcluded(const std::vector<qint64> &sequences, bool excluded)
{
    std::vector<qint64> changed = m_index.setExcluded(sequences, excluded);
    if (m_store && !changed.empty())
        (void)m_store->post(
            [changed, excluded](ChangeFile &file) { file.setExcluded(changed, excluded); });
    return changed;
}

void ChangeRows::readAgain(qint64 sequence)
{
    m_cache.remove(sequence);
    m_pending.remove(sequence);
    load(sequence);
    if (const RowChange *cached = m_cache.object(sequence)) {
        m_index.setState(sequence, cached->state);
        m_index.setKind(sequence, cached->kind);
    }
}

void ChangeRows::adopt(qint64 nextSequence, const QHash<QString, int> &uses)
{
    m_nextSequence = std::max(m_nextSequence, nextSequence);
    for (auto use = uses.cbegin(); use != uses.cend(); ++use)
        m_uses[use.key()] += use.value();
}

void ChangeRows::adoptDrop(const RowKey &key, qint64 sequence)
{
    m_cache.remove(sequence);
    m_pending.remove(sequence);
    m_index.remove(key, sequence);
}

int ChangeRows::uses(const QString &property) const
{
    return m_uses.value(property.toLower());
}

void ChangeRows::countCells(const RowChange &row, int by)
{
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
        m_uses[cell.key().toLower()] += by;
}

void ChangeRows::attach(std::shared_ptr<ChangeStore> store, const ChangeFile::Overview &overview)
{
    m_store = std::move(store);
    m_index = overview.index;
    m_uses = overview.uses;
    m_pending.clear();
    m_tickets.clear();
    m_cache.clear();
    m_nextSequence = overview.lastSequence + 1;
    m_nextLocalNumber = std::max(m_nextLocalNumber, overview.lastLocalNumber + 1);
}

void ChangeRows::onWritten(quint64 ticket)
{
    while (!m_tickets.empty() && m_tickets.front().first <= ticket) {
        const auto [written, sequence] = m_tickets.front();
        m_tickets.pop_front();
        const auto pending = m_pending.find(sequence);
        if (pending == m_pending.end() || pending->ticket != written)
            continue; // Gone, or put again.
        m_cache.insert(sequence, new RowChange(std::move(pending->row)));
        m_pending.erase(pending);
    }
}

bool ChangeRows::isCrowded() const
{
    return m_store && !m_store->isFailing()
        && (m_pending.size() > mostPending || m_store->backlog() > mostWaiting);
}

} // namespace hubkeeper
