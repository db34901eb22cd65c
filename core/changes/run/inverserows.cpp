// SPDX-License-Identifier: MIT
#include "changes/run/inverserows.h"

#include "changes/set/undosteps.h"

namespace hubkeeper {

namespace {

bool wroteNothing(const JournalRow &row)
{
    return row.outcome == nameOf(RowState::Failed) || row.outcome == nameOf(RowState::Conflicting)
        || row.outcome == nameOf(RowState::Skipped);
}

/// Takes rows from the last one written to the first.
class InverseRows
{
public:
    void add(const JournalRow &row)
    {
        const RowKey key {row.type, row.recordId};
        const bool applied = row.outcome == nameOf(RowState::Applied);
        if (wroteNothing(row))
            return;
        if (row.isDefinition)
            return leave({}, row.label);
        if (row.kind == ChangeKind::Update)
            return takeBackUpdate(key, row, applied);
        if (row.kind == ChangeKind::Create && applied)
            return takeBackCreate(key, row);
        leave(applied ? key : RowKey {}, row.label);
    }

    [[nodiscard]] std::vector<RowChange> rows() const
    {
        std::vector<RowChange> some;
        for (RowChange row : m_rows) {
            const bool isSure = !m_unsure.contains({row.type, row.id});
            const auto cells = row.cells;
            for (auto cell = cells.cbegin(); cell != cells.cend(); ++cell) {
                if (isSure && cell->before == cell->after)
                    row.cells.remove(cell.key());
            }
            if (row.kind != ChangeKind::Update || !row.cells.isEmpty())
                some.push_back(std::move(row));
        }
        return some;
    }

    [[nodiscard]] QStringList left() const
    {
        QStringList labels;
        for (const auto &[key, label] : m_left)
            labels.append(label);
        return labels;
    }

private:
    /// With a key: the record is known to be archived.
    void leave(const RowKey &key, const QString &label)
    {
        m_left.append({key, label});
        if (!key.id.isEmpty())
            m_gone.insert(key);
    }

    void takeBackUpdate(const RowKey &key, const JournalRow &row, bool applied)
    {
        if (m_gone.contains(key))
            return; // Named as archived already.
        if (!applied)
            m_unsure.insert(key);
        RowChange &inverse = rowOf(key, row.label);
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
            const auto later = inverse.cells.find(cell.key());
            if (later != inverse.cells.end())
                later->after = cell->before;
            else
                inverse.cells.insert(cell.key(), {cell->after, cell->before});
        }
    }

    void takeBackCreate(const RowKey &key, const JournalRow &row)
    {
        if (m_gone.contains(key)) {
            m_left.removeIf([&](const auto &one) { return one.first == key; });
            return;
        }
        RowChange &inverse = rowOf(key, row.label);
        inverse.kind = ChangeKind::Archive;
        inverse.cells.clear();
    }

    RowChange &rowOf(const RowKey &key, const QString &label)
    {
        const auto known = m_places.constFind(key);
        if (known != m_places.cend())
            return m_rows[*known];
        m_places.insert(key, m_rows.size());
        RowChange &row = m_rows.emplace_back();
        row.type = key.type;
        row.id = key.id;
        row.label = label;
        return row;
    }

    std::vector<RowChange> m_rows;
    QHash<RowKey, size_t> m_places;
    QSet<RowKey> m_unsure; // An update of it has no known outcome.
    QSet<RowKey> m_gone; // Archived later in the run.
    QList<std::pair<RowKey, QString>> m_left;
};

} // namespace

std::vector<RowChange> inverseRows(const QList<JournalRow> &rows, QStringList *left)
{
    InverseRows inverse;
    for (auto row = rows.crbegin(); row != rows.crend(); ++row)
        inverse.add(*row);
    if (left)
        left->append(inverse.left());
    return inverse.rows();
}

} // namespace hubkeeper
