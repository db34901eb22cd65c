// SPDX-License-Identifier: MIT
#include "changes/run/inverserows.h"

#include "changes/changestext.h"
#include "changes/set/associationcells.h"
#include "changes/set/journalrows.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString reasonAgainst(const JournalRow &row)
{
    if (row.kind == ChangeKind::Create)
        return ChangesText::tr(
            "Nobody knows whether it was created. Look for it in HubSpot, and archive it there.");
    if (!row.isApplied())
        return ChangesText::tr("Nobody knows whether it was archived. Look for it in HubSpot.");
    return ChangesText::tr(
        "HubSpot lets no program bring an archived record back. Restore it in HubSpot within "
        "90 "
        "days, or make it anew from the values in the journal.");
}

/// Takes rows from the last one written to the first.
class InverseRows
{
public:
    void add(const JournalRow &row)
    {
        const RowKey key {typeOf(row), row.recordId};
        const bool applied = row.isApplied();
        if (row.isAssociation() && !row.wroteNothing())
            return takeBackLink(row);
        if (row.wroteNothing() || !row.isRecord())
            return;
        if (row.kind == ChangeKind::Update)
            return takeBackUpdate(key, row, applied);
        if (row.kind == ChangeKind::Create && applied)
            return takeBackCreate(key, row);
        leave(applied ? key : RowKey {}, {row.label, reasonAgainst(row)});
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
        addLinks(some);
        return some;
    }

    [[nodiscard]] QList<LeftRow> left() const
    {
        QList<LeftRow> all;
        for (const auto &[key, row] : m_left)
            all.append(row);
        return all;
    }

private:
    void addLinks(std::vector<RowChange> &some) const
    {
        QHash<QString, QString> primaries; // By contact: which company the run made primary.
        for (const RowChange &row : m_links) {
            if (const QString made = row.cells.value(primaryCell).before; !made.isEmpty())
                primaries.insert(row.id, made);
        }
        for (RowChange row : m_links) {
            if (const auto primary = row.cells.find(primaryCell); primary != row.cells.end())
                primary->before = primaries.value(row.id);
            const CellChange link = row.cells.value(associationCell);
            if (areSameKinds(kindsOf(link.before), kindsOf(link.after)))
                continue;
            updateAssociationKind(row);
            some.push_back(std::move(row));
        }
    }

    /// With a key: the record is known to be archived.
    void leave(const RowKey &key, const LeftRow &row)
    {
        m_left.append({key, row});
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
        const bool isAsMade = inverse.cells.isEmpty(); // The run did not change it afterwards.
        inverse.kind = ChangeKind::Archive;
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
            CellChange &expected = inverse.cells[cell.key()];
            if (expected.before.isEmpty())
                expected.before = cell->after;
        }
        for (CellChange &expected : inverse.cells)
            expected.after.clear();
        if (isAsMade)
            inverse.basedOn = row.writtenAt;
    }

    /// A link is a value: it gets back what it had before the run.
    void takeBackLink(const JournalRow &row)
    {
        RowChange inverse;
        inverse.subject = RowSubject::Association;
        inverse.type = typeOf(row);
        inverse.id = row.recordId;
        inverse.label = row.label;
        inverse.to = otherEndOf(row);
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
            inverse.cells.insert(cell.key(), {cell->after, cell->before});
        const auto place = m_linkPlaces.constFind(keyOf(inverse));
        if (place == m_linkPlaces.cend()) {
            m_linkPlaces.insert(keyOf(inverse), m_links.size());
            m_links.push_back(std::move(inverse));
            return;
        }
        RowChange &known = m_links[*place];
        for (auto cell = inverse.cells.cbegin(); cell != inverse.cells.cend(); ++cell) {
            if (!known.cells.contains(cell.key()))
                known.cells.insert(cell.key(), *cell);
            known.cells[cell.key()].after = cell->after;
        }
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
    std::vector<RowChange> m_links;
    QHash<RowKey, size_t> m_linkPlaces;
    QHash<RowKey, size_t> m_places;
    QSet<RowKey> m_unsure; // An update of it has no known outcome.
    QSet<RowKey> m_gone; // Archived later in the run.
    QList<std::pair<RowKey, LeftRow>> m_left;
};

} // namespace

std::vector<RowChange> inverseRows(const QList<JournalRow> &rows, QList<LeftRow> *left)
{
    InverseRows inverse;
    for (auto row = rows.crbegin(); row != rows.crend(); ++row)
        inverse.add(*row);
    if (left)
        left->append(inverse.left());
    return inverse.rows();
}

AnewRows anewRows(const QList<JournalRow> &rows,
                  const std::function<bool(ObjectType, const QString &)> &canBeSet)
{
    AnewRows anew;
    for (const JournalRow &row : rows) {
        if (!row.isRecord() || row.kind != ChangeKind::Archive || !row.isApplied())
            continue;
        RowChange made;
        made.type = typeOf(row);
        made.kind = ChangeKind::Create;
        made.label = row.label;
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
            if (cell->before.isEmpty())
                continue;
            if (canBeSet(made.type, cell.key()))
                made.cells.insert(cell.key(), {{}, cell->before});
            else if (!anew.skipped.contains(cell.key()))
                anew.skipped.append(cell.key());
        }
        if (made.cells.isEmpty())
            anew.left.append(
                {row.label, ChangesText::tr("The journal has no values of it that can be set.")});
        else
            anew.rows.push_back(std::move(made));
    }
    return anew;
}

} // namespace hubkeeper
