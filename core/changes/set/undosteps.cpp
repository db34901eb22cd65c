// SPDX-License-Identifier: MIT
#include "changes/set/undosteps.h"

#include <numeric>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RowChange *RowList::find(const RowKey &key)
{
    const auto place = m_places.constFind(key);
    return place == m_places.cend() ? nullptr : &m_rows[*place];
}

quint64 RowList::sequenceFor(const RowKey &key)
{
    const auto place = m_places.constFind(key);
    return place == m_places.cend() ? m_nextSequence++ : m_sequences[*place];
}

void RowList::apply(const std::vector<RowDelta> &deltas, bool back)
{
    std::vector<RowDelta> structural;
    for (const RowDelta &delta : deltas) {
        const std::optional<RowChange> &wanted = back ? delta.before : delta.after;
        RowChange *known = find(delta.key);
        if (wanted)
            noteLocalNumber(wanted->id);
        if (known && wanted) {
            *known = *wanted;
        } else if (wanted && (m_sequences.empty() || m_sequences.back() < delta.sequence)) {
            m_places.insert(delta.key, m_rows.size());
            m_rows.push_back(*wanted);
            m_sequences.push_back(delta.sequence);
        } else if (known || wanted) {
            structural.push_back(delta);
        }
    }
    if (!structural.empty())
        rebuild(std::move(structural), back);
}

/// Rows leave, or come back between others.
void RowList::rebuild(std::vector<RowDelta> arriving, bool back)
{
    QSet<RowKey> leaving;
    std::vector<std::pair<quint64, RowChange>> all;
    for (RowDelta &delta : arriving) {
        std::optional<RowChange> &wanted = back ? delta.before : delta.after;
        if (wanted)
            all.emplace_back(delta.sequence, std::move(*wanted));
        else
            leaving.insert(delta.key);
    }
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (!leaving.contains({m_rows[i].type, m_rows[i].id}))
            all.emplace_back(m_sequences[i], std::move(m_rows[i]));
    }
    std::sort(all.begin(), all.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    m_rows.clear();
    m_sequences.clear();
    m_places.clear();
    for (auto &[sequence, row] : all) {
        m_places.insert({row.type, row.id}, m_rows.size());
        m_sequences.push_back(sequence);
        m_rows.push_back(std::move(row));
    }
}

qint64 RowList::takeLocalNumber()
{
    return m_nextLocalNumber++;
}

void RowList::noteLocalNumber(const QString &id)
{
    if (id.startsWith("new-"_L1))
        m_nextLocalNumber = std::max(m_nextLocalNumber, id.mid(4).toLongLong() + 1);
}

void UndoSteps::record(RowDelta delta, const QString &name)
{
    if (m_openName.isEmpty())
        m_openName = name;
    const auto place = m_openPlaces.constFind(delta.key);
    if (place == m_openPlaces.cend()) {
        m_openPlaces.insert(delta.key, m_open.size());
        m_open.push_back(std::move(delta));
        return;
    }
    RowDelta &earlier = m_open[*place];
    earlier.after = std::move(delta.after);
    if (!earlier.before)
        earlier.sequence = delta.sequence;
}

void UndoSteps::close()
{
    if (!m_open.empty()) {
        m_steps.resize(m_next);
        m_steps.push_back({m_openName, std::move(m_open)});
        m_next = m_steps.size();
    }
    m_open.clear();
    m_openPlaces.clear();
    m_openName.clear();
}

void UndoSteps::forget()
{
    m_steps.clear();
    m_next = 0;
    m_open.clear();
    m_openPlaces.clear();
}

} // namespace hubkeeper
