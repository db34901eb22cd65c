// SPDX-License-Identifier: MIT
#include "changes/set/runmarks.h"

#include <QSet>

namespace hubkeeper {

namespace {

std::vector<qint64> sequencesOf(const RunMarks::Before &rows)
{
    std::vector<qint64> sequences;
    sequences.reserve(rows.size());
    for (const auto &[sequence, state] : rows)
        sequences.push_back(sequence);
    return sequences;
}

} // namespace

RunMarks::RunMarks(StagedRows &staged)
    : m_staged(staged)
{
}

RunMarks::Before RunMarks::claim(const QString &run, const std::vector<qint64> &sequences)
{
    m_staged.steps.forget();
    m_staged.rows.setRun(run);
    Before before = m_staged.rows.index().setStates(
        sequences, RowState::Sending, [](const RowIndex::Slot &slot) { return isToBeSent(slot); });
    touchAll(sequencesOf(before));
    return before;
}

/// The states of these rows changed; of few, those who show single records hear of each.
void RunMarks::touchAll(const std::vector<qint64> &sequences)
{
    constexpr size_t few = 100;
    if (sequences.size() > few) {
        m_staged.touchEnds(sequences);
        return;
    }
    for (const qint64 sequence : sequences) {
        m_staged.touch(sequence);
        m_staged.touchedKeys.push_back(keyOf(m_staged.rows.get(sequence).value_or(RowChange())));
    }
}

bool RunMarks::correct(const Before &before, const Result<std::vector<qint64>> &claimed)
{
    if (claimed && claimed->size() == before.size())
        return false;
    QSet<qint64> got;
    if (claimed)
        got = QSet<qint64>(claimed->begin(), claimed->end());
    for (const auto &[sequence, state] : before) {
        if (!claimed) {
            m_staged.rows.setState(sequence, state);
            m_staged.touch(sequence);
        } else if (!got.contains(sequence)) {
            m_staged.rows.readAgain(sequence); // Another process has it.
            m_staged.touch(sequence);
        }
    }
    return true;
}

void RunMarks::setExcluded(const std::vector<qint64> &sequences, bool excluded)
{
    touchAll(m_staged.rows.setExcluded(sequences, excluded));
}

void RunMarks::revise(const RowKey &key, const std::function<void(RowChange &)> &edit)
{
    const qint64 sequence = m_staged.index().find(key);
    std::optional<RowChange> row = sequence == 0 ? std::nullopt : m_staged.rows.get(sequence);
    if (!row)
        return;
    edit(*row);
    m_staged.revise(sequence, row);
    m_staged.touchedKeys.push_back(key);
}

void RunMarks::setStates(const std::vector<qint64> &sequences, RowState state,
                         const std::optional<Error> &error,
                         const std::function<bool(size_t count)> &tooMany)
{
    const auto isSending = [](const RowIndex::Slot &slot) {
        return slot.state == RowState::Sending;
    };
    std::vector<qint64> sending =
        sequencesOf(m_staged.rows.index().setStates(sequences, state, isSending));
    touchAll(sending);
    if (error && !tooMany(sending.size())) {
        for (const qint64 sequence : sending) {
            std::optional<RowChange> row = m_staged.rows.get(sequence);
            row->error = error;
            row->run = keepsRun(state) ? m_staged.rows.run() : QString();
            m_staged.rows.put(sequence, *row);
        }
    } else if (ChangeStore *store = m_staged.rows.store()) {
        (void)store->post([sending = std::move(sending), state](ChangeFile &file) {
            file.setStates(sending, state);
        });
    }
}

} // namespace hubkeeper
