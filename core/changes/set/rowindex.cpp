// SPDX-License-Identifier: MIT
#include "changes/set/rowindex.h"

#include <algorithm>

namespace hubkeeper {

namespace {

/// A number that no other record has, where the id is written as HubSpot or nextLocalId() does.
std::optional<quint64> numberOf(const RowKey &key)
{
    if (key.subject != RowSubject::Record)
        return {};
    const qint64 local = localNumber(key.id);
    bool isNumber = false;
    const qint64 number = local > 0 ? local : key.id.toLongLong(&isNumber);
    const QString digits = QString::number(number);
    const bool exact = local > 0 ? key.id.endsWith(digits) && key.id.size() == digits.size() + 4
                                 : isNumber && key.id == digits;
    if (!exact || number < 0 || number >= (1LL << 60))
        return {};
    return quint64(number) << 3 | quint64(local > 0) << 2 | quint64(key.type);
}

bool isSlotBefore(const RowIndex::Slot &slot, qint64 sequence)
{
    return slot.sequence < sequence;
}

} // namespace

qint64 RowIndex::find(const RowKey &key) const
{
    const auto number = numberOf(key);
    return number ? m_numbered.value(*number) : m_named.value(key);
}

RowIndex::Slot *RowIndex::mutableSlot(qint64 sequence)
{
    const auto known = std::lower_bound(m_order.begin(), m_order.end(), sequence, isSlotBefore);
    if (known != m_order.end() && known->sequence == sequence && !isLeaving(sequence))
        return &*known;
    const auto fresh =
        std::lower_bound(m_arriving.begin(), m_arriving.end(), sequence, isSlotBefore);
    return fresh != m_arriving.end() && fresh->sequence == sequence ? &*fresh : nullptr;
}

const RowIndex::Slot *RowIndex::slot(qint64 sequence) const
{
    return const_cast<RowIndex *>(this)->mutableSlot(sequence);
}

void RowIndex::add(const Slot &slot, int by)
{
    m_count += by;
    m_counts[size_t(slot.state)] += by;
    const bool isArchive =
        slot.kind == ChangeKind::Archive && slot.subject != RowSubject::Association;
    if (isArchive && isToBeSent(slot))
        m_archives += by;
    if (slot.excluded && isToBeSent(slot.state))
        m_excluded += by;
}

void RowIndex::insert(const RowKey &key, const Slot &slot)
{
    if (const auto number = numberOf(key))
        m_numbered.insert(*number, slot.sequence);
    else
        m_named.insert(key, slot.sequence);
    add(slot, 1);
    const auto gone = std::lower_bound(m_leaving.begin(), m_leaving.end(), slot.sequence);
    if (gone != m_leaving.end()
        && *gone == slot.sequence) { // It comes back before it was seen off.
        m_leaving.erase(gone);
        *mutableSlot(slot.sequence) = slot;
        return;
    }
    if (m_arriving.empty() || m_arriving.back().sequence < slot.sequence) {
        m_arriving.push_back(slot);
        return;
    }
    m_arriving.insert(
        std::lower_bound(m_arriving.begin(), m_arriving.end(), slot.sequence, isSlotBefore), slot);
}

void RowIndex::remove(const RowKey &key, qint64 sequence)
{
    const Slot *known = slot(sequence);
    if (!known)
        return;
    add(*known, -1);
    if (const auto number = numberOf(key))
        m_numbered.remove(*number);
    else
        m_named.remove(key);
    const auto fresh =
        std::lower_bound(m_arriving.begin(), m_arriving.end(), sequence, isSlotBefore);
    if (fresh != m_arriving.end() && fresh->sequence == sequence) {
        m_arriving.erase(fresh);
        return;
    }
    m_leaving.insert(std::lower_bound(m_leaving.begin(), m_leaving.end(), sequence), sequence);
}

void RowIndex::setState(qint64 sequence, RowState state)
{
    if (Slot *known = mutableSlot(sequence)) {
        add(*known, -1);
        known->state = state;
        add(*known, 1);
    }
}

void RowIndex::setKind(qint64 sequence, ChangeKind kind)
{
    if (Slot *known = mutableSlot(sequence)) {
        add(*known, -1);
        known->kind = kind;
        add(*known, 1);
    }
}

std::vector<std::pair<qint64, RowState>> RowIndex::setStates(const std::vector<qint64> &sequences,
                                                             RowState state,
                                                             bool (*mayChange)(const Slot &))
{
    std::vector<std::pair<qint64, RowState>> before;
    before.reserve(sequences.size());
    auto slot = m_order.begin();
    for (const qint64 sequence : sequences) {
        if (!m_leaving.empty() || !m_arriving.empty()) {
            Slot *known = mutableSlot(sequence);
            if (known && mayChange(*known)) {
                before.emplace_back(sequence, known->state);
                setState(sequence, state);
            }
            continue;
        }
        if (slot != m_order.end() && slot->sequence < sequence)
            ++slot; // As a rule it is the next one.
        if (slot == m_order.end() || slot->sequence != sequence)
            slot = std::lower_bound(m_order.begin(), m_order.end(), sequence, isSlotBefore);
        if (slot == m_order.end() || slot->sequence != sequence || !mayChange(*slot))
            continue;
        before.emplace_back(sequence, slot->state);
        add(*slot, -1);
        slot->state = state;
        add(*slot, 1);
    }
    return before;
}

void RowIndex::setExcluded(qint64 sequence, bool excluded)
{
    if (Slot *known = mutableSlot(sequence)) {
        add(*known, -1);
        known->excluded = excluded;
        add(*known, 1);
    }
}

std::vector<qint64> RowIndex::setExcluded(const std::vector<qint64> &sequences, bool excluded)
{
    std::vector<qint64> changed;
    for (const qint64 sequence : sequences) {
        const Slot *known = slot(sequence);
        if (!known || known->excluded == excluded || !isToBeSent(known->state))
            continue;
        setExcluded(sequence, excluded);
        changed.push_back(sequence);
    }
    return changed;
}

int RowIndex::waiting() const
{
    return m_count - count(RowState::Applied) - count(RowState::Sending) - m_excluded;
}

std::vector<qint64> RowIndex::sequences(bool (*isMeant)(const Slot &)) const
{
    std::vector<qint64> sequences;
    forEach([&](const Slot &slot) {
        if (isMeant(slot))
            sequences.push_back(slot.sequence);
        return true;
    });
    return sequences;
}

int RowIndex::placeOf(qint64 sequence) const
{
    const auto known = std::lower_bound(m_order.begin(), m_order.end(), sequence, isSlotBefore);
    return known != m_order.end() && known->sequence == sequence ? int(known - m_order.begin())
                                                                 : -1;
}

bool RowIndex::isLeaving(qint64 sequence) const
{
    return std::binary_search(m_leaving.begin(), m_leaving.end(), sequence);
}

std::vector<PlaceRange> RowIndex::leaving() const
{
    std::vector<PlaceRange> ranges;
    for (auto sequence = m_leaving.rbegin(); sequence != m_leaving.rend(); ++sequence) {
        const int place = placeOf(*sequence);
        if (!ranges.empty() && ranges.back().first == place + 1)
            ranges.back().first = place;
        else
            ranges.push_back({place, place});
    }
    return ranges;
}

void RowIndex::takeOut(const PlaceRange &range)
{
    const auto first = m_order.begin() + range.first;
    const auto last = m_order.begin() + range.last + 1;
    const auto gone = std::lower_bound(m_leaving.begin(), m_leaving.end(), first->sequence);
    m_leaving.erase(gone, gone + (range.last - range.first + 1));
    m_order.erase(first, last);
}

/// Call it when nothing leaves any more.
std::vector<PlaceRange> RowIndex::arriving() const
{
    std::vector<PlaceRange> ranges;
    int before = 0;
    for (const Slot &fresh : m_arriving) {
        const auto next =
            std::lower_bound(m_order.begin(), m_order.end(), fresh.sequence, isSlotBefore);
        const int place = int(next - m_order.begin()) + before++;
        if (!ranges.empty() && ranges.back().last + 1 == place)
            ranges.back().last = place;
        else
            ranges.push_back({place, place});
    }
    return ranges;
}

void RowIndex::takeIn(const PlaceRange &range)
{
    const auto end = m_arriving.begin() + (range.last - range.first + 1);
    m_order.insert(m_order.begin() + range.first, m_arriving.begin(), end);
    m_arriving.erase(m_arriving.begin(), end);
}

void RowIndex::updateOrder()
{
    std::vector<Slot> order;
    order.reserve(size_t(m_count));
    forEach([&order](const Slot &slot) {
        order.push_back(slot);
        return true;
    });
    m_order = std::move(order);
    m_arriving.clear();
    m_leaving.clear();
}

} // namespace hubkeeper
