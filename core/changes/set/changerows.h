// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changestore.h"

#include <QCache>

namespace hubkeeper {

/// The rows of a change set: what is in memory, what is on its way to the file, and the file.
///
/// Without a store everything stays in memory; with one, memory holds the index, the rows the
/// writer has not written yet, and some thousand rows that were asked for last. Reading a row
/// gives at once what was put last.
class ChangeRows
{
public:
    [[nodiscard]] const RowIndex &index() const { return m_index; }
    [[nodiscard]] RowIndex &index() { return m_index; }

    [[nodiscard]] std::optional<RowChange> get(qint64 sequence) const;
    void put(qint64 sequence, const RowChange &row);
    void drop(qint64 sequence);
    /// In memory only: a claim writes its states itself.
    void setState(qint64 sequence, RowState state) { m_index.setState(sequence, state); }
    /// What RowChange::run of the rows that are being sent is from now on.
    void setRun(const QString &run) { m_run = run; }
    [[nodiscard]] const QString &run() const { return m_run; }
    /// Here and in the store; gives those that are changed by it.
    std::vector<qint64> setExcluded(const std::vector<qint64> &sequences, bool excluded);
    /// Forgets what is known of a row and reads it again, after another process wrote it.
    void readAgain(qint64 sequence);

    /// How many rows edit the property; regardless of case.
    [[nodiscard]] int uses(const QString &property) const;

    [[nodiscard]] qint64 takeSequence() { return m_nextSequence++; }
    /// A number no local id was made with yet.
    [[nodiscard]] qint64 takeLocalNumber() { return m_nextLocalNumber++; }
    /// The next number that takeLocalNumber() gives.
    [[nodiscard]] qint64 nextLocalNumber() const { return m_nextLocalNumber; }
    [[nodiscard]] qint64 nextSequence() const { return m_nextSequence; }
    /// A row that the file holds since a moment ago.
    void adopt(const RowKey &key, const RowIndex::Slot &slot) { m_index.insert(key, slot); }
    /// The file has changed beneath: the first sequence number that is free, and what to add to
    /// the uses of properties, by their names in lower case.
    void adopt(qint64 nextSequence, const QHash<QString, int> &uses);
    /// The file does not hold the row any more.
    void adoptDrop(const RowKey &key, qint64 sequence);
    /// Numbers up to `last` are taken.
    void reserveLocalNumbers(qint64 last)
    {
        m_nextLocalNumber = std::max(m_nextLocalNumber, last + 1);
    }

    /// Takes over what the store holds; what was here is gone.
    void attach(std::shared_ptr<ChangeStore> store, const ChangeFile::Overview &overview);
    [[nodiscard]] ChangeStore *store() const { return m_store.get(); }
    /// The ticket of ChangeStore::written().
    void onWritten(quint64 ticket);
    /// Whether the writer should be given time before more rows are put.
    [[nodiscard]] bool isCrowded() const;

    /// Why a row could not be read, once.
    [[nodiscard]] std::optional<Error> takeFault() { return std::exchange(m_fault, {}); }

private:
    struct Pending
    {
        RowChange row;
        quint64 ticket = 0;
    };

    void load(qint64 sequence) const;
    void countCells(const RowChange &row, int by);

    RowIndex m_index;
    QHash<qint64, Pending> m_pending;
    std::deque<std::pair<quint64, qint64>> m_tickets; // Of m_pending, in the order of putting.
    mutable QCache<qint64, RowChange> m_cache {4096};
    mutable std::optional<Error> m_fault;
    QHash<QString, int> m_uses; // By the property's name in lower case.
    std::shared_ptr<ChangeStore> m_store;
    QString m_run;
    qint64 m_nextSequence = 1;
    qint64 m_nextLocalNumber = 1;
};

} // namespace hubkeeper
