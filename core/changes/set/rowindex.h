// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"

#include <vector>

namespace hubkeeper {

/// A run of places in the order of rows, both ends included.
struct PlaceRange
{
    int first = 0;
    int last = 0;
};

/// Which rows a change set has, in the order in which they were first touched, and where each
/// state: all of it that is in memory. Some forty bytes a row.
///
/// Every row has a sequence number from 1, which it keeps as long as undo can bring it back.
/// Rows are found, counted and changed at once; the order that a view shows follows with
/// updateOrder().
class RowIndex
{
public:
    struct Slot
    {
        qint64 sequence = 0;
        RowState state = RowState::Staged;
        ChangeKind kind = ChangeKind::Update;
        ObjectType type = ObjectType::Contacts;
        RowSubject subject = RowSubject::Record;
        bool excluded = false;
    };

    /// 0 if there is none.
    [[nodiscard]] qint64 find(const RowKey &key) const;
    /// Nothing if there is no such row.
    [[nodiscard]] const Slot *slot(qint64 sequence) const;
    void insert(const RowKey &key, const Slot &slot);
    void remove(const RowKey &key, qint64 sequence);
    void setState(qint64 sequence, RowState state);
    void setKind(qint64 sequence, ChangeKind kind);
    /// Many at once, by ascending sequence numbers; those that `mayChange` says no to, and those
    /// that are not there, stay. Gives the changed ones and what they were.
    std::vector<std::pair<qint64, RowState>> setStates(const std::vector<qint64> &sequences,
                                                       RowState state,
                                                       bool (*mayChange)(const Slot &));
    /// Many at once; gives those that are changed by it. What was sent, or is being sent, stays.
    std::vector<qint64> setExcluded(const std::vector<qint64> &sequences, bool excluded);
    void setExcluded(qint64 sequence, bool excluded);

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int count(RowState state) const { return m_counts[size_t(state)]; }
    [[nodiscard]] int waiting() const;
    /// Of the waiting ones.
    [[nodiscard]] int archives() const { return m_archives; }
    /// Rows that would wait if they were not left out.
    [[nodiscard]] int excluded() const { return m_excluded; }

    /// The rows in order, unsettled ones too. Ends when `visit` returns false.
    template <typename Visit>
    void forEach(Visit visit) const;

    /// Of the rows that are meant, in order.
    [[nodiscard]] std::vector<qint64> sequences(bool (*isMeant)(const Slot &)) const;

    /// As a view knows them: changes since the last updateOrder() are not in it.
    [[nodiscard]] int size() const { return int(m_order.size()); }
    [[nodiscard]] const Slot &at(int place) const { return m_order[size_t(place)]; }
    [[nodiscard]] int placeOf(qint64 sequence) const; ///< -1 if a view does not know it.
    /// Whether a row a view knows is not there any more.
    [[nodiscard]] bool isLeaving(qint64 sequence) const;

    [[nodiscard]] bool isOrdered() const { return m_leaving.empty() && m_arriving.empty(); }
    /// What settling will do; `takeOut()` and `takeIn()` do it.
    [[nodiscard]] std::vector<PlaceRange> leaving() const;
    void takeOut(const PlaceRange &range);
    [[nodiscard]] std::vector<PlaceRange> arriving() const;
    /// `arriving()` must be up to date: ranges are taken in from the first to the last.
    void takeIn(const PlaceRange &range);
    /// All at once.
    void updateOrder();

private:
    [[nodiscard]] Slot *mutableSlot(qint64 sequence);
    void add(const Slot &slot, int by);

    std::vector<Slot> m_order; // Ascending sequence. Those in m_leaving are dead.
    std::vector<Slot> m_arriving; // Ascending sequence.
    std::vector<qint64> m_leaving; // Ascending sequence.
    QHash<quint64, qint64> m_numbered; // Records whose id is a number, or a local one.
    QHash<RowKey, qint64> m_named;
    std::array<int, allRowStates.size()> m_counts {};
    int m_count = 0;
    int m_archives = 0;
    int m_excluded = 0;
};

/// Whether a run takes the row along.
[[nodiscard]] inline bool isToBeSent(const RowIndex::Slot &slot)
{
    return !slot.excluded && isToBeSent(slot.state);
}

template <typename Visit>
void RowIndex::forEach(Visit visit) const
{
    auto arriving = m_arriving.begin();
    auto leaving = m_leaving.begin();
    for (const Slot &slot : m_order) {
        for (; arriving != m_arriving.end() && arriving->sequence < slot.sequence; ++arriving) {
            if (!visit(*arriving))
                return;
        }
        while (leaving != m_leaving.end() && *leaving < slot.sequence)
            ++leaving;
        const bool gone = leaving != m_leaving.end() && *leaving == slot.sequence;
        if (!gone && !visit(slot))
            return;
    }
    for (; arriving != m_arriving.end(); ++arriving) {
        if (!visit(*arriving))
            return;
    }
}

} // namespace hubkeeper
