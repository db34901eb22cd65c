// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

#include <QSet>

namespace hubkeeper {

/// What a row is found by.
struct RowKey
{
    ObjectType type = ObjectType::Contacts;
    QString id;

    bool operator==(const RowKey &) const = default;
    friend size_t qHash(const RowKey &key, size_t seed = 0) noexcept
    {
        return qHash(key.id, seed) ^ size_t(key.type);
    }
};

/// What happened to one row in a step.
struct RowDelta
{
    RowKey key;
    std::optional<RowChange> before;
    std::optional<RowChange> after;
    quint64 sequence = 0; ///< The row's place among the others.
};

/// The rows in the order in which they were first touched, found by their key.
class RowList
{
public:
    [[nodiscard]] const std::vector<RowChange> &rows() const { return m_rows; }
    [[nodiscard]] RowChange *find(const RowKey &key);
    /// The place of a row that is there, or a new last one. Asking twice for a row that is not
    /// there gives two places.
    [[nodiscard]] quint64 sequenceFor(const RowKey &key);
    /// Sets every row of `deltas` to its state after (or, `back`, before) the step.
    void apply(const std::vector<RowDelta> &deltas, bool back);
    /// A number no local id was made with yet.
    [[nodiscard]] qint64 takeLocalNumber();

private:
    void rebuild(std::vector<RowDelta> arriving, bool back);
    void noteLocalNumber(const QString &id);

    std::vector<RowChange> m_rows;
    std::vector<quint64> m_sequences; // Ascending, one per row.
    QHash<RowKey, size_t> m_places;
    quint64 m_nextSequence = 1;
    qint64 m_nextLocalNumber = 1;
};

struct UndoStep
{
    QString name;
    std::vector<RowDelta> deltas;
};

/// The steps that can be taken back and forth.
class UndoSteps
{
public:
    void open(const QString &name) { m_openName = name; }
    /// Adds to the step that is open; `name` names it unless it has a name.
    void record(RowDelta delta, const QString &name);
    /// Ends the step; an empty one leaves no trace.
    void close();
    void forget();

    [[nodiscard]] bool canGoBack() const { return m_next > 0; }
    [[nodiscard]] bool canGoForward() const { return m_next < m_steps.size(); }
    [[nodiscard]] QString backName() const { return m_steps[m_next - 1].name; }
    [[nodiscard]] QString forwardName() const { return m_steps[m_next].name; }
    [[nodiscard]] const UndoStep &stepBack() { return m_steps[--m_next]; }
    [[nodiscard]] const UndoStep &stepForward() { return m_steps[m_next++]; }

private:
    std::vector<UndoStep> m_steps;
    size_t m_next = 0; // Steps before it are done, the others undone.
    QString m_openName;
    std::vector<RowDelta> m_open;
    QHash<RowKey, size_t> m_openPlaces; // One delta per row and step.
};

} // namespace hubkeeper
