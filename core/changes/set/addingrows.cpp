// SPDX-License-Identifier: MIT
#include "changes/set/addingrows.h"

#include "changes/set/associationcells.h"
#include "changes/set/rowedits.h"

namespace hubkeeper {

namespace {

/// Nobody who is here now knows how the sending ended.
void comeBack(RowChange &row)
{
    if (row.state == RowState::Sending)
        row.state = RowState::Unknown;
    if (row.state != RowState::Unknown)
        row.run.clear();
}

} // namespace

AddingRows::AddingRows(StagedRows &staged, std::vector<RowChange> rows, Adding adding)
    : m_staged(staged)
    , m_rows(std::move(rows))
    , m_adding(adding)
{
    qint64 lastLocal = 0;
    for (RowChange &row : m_rows) {
        comeBack(row);
        lastLocal = std::max(lastLocal, localNumber(row.id));
    }
    m_staged.rows.reserveLocalNumbers(lastLocal);
    if (m_adding != Adding::Replace) {
        giveNewIds();
        return;
    }
    QSet<qint64> kept;
    for (const RowChange &row : m_rows)
        kept.insert(m_staged.index().find(keyOf(row)));
    m_staged.index().forEach([&](const RowIndex::Slot &slot) {
        if (!kept.contains(slot.sequence))
            m_going.push_back(slot.sequence);
        return true;
    });
}

/// Creates whose local id another create has already.
void AddingRows::giveNewIds()
{
    QHash<RowKey, QString> ids;
    for (RowChange &row : m_rows) {
        if (row.subject != RowSubject::Record || row.kind != ChangeKind::Create)
            continue;
        const std::optional<RowChange> staged = m_staged.find(keyOf(row));
        if (!staged || staged->cells == row.cells) // The same again is not a second record.
            continue;
        const QString id = m_staged.nextLocalId();
        ids.insert(keyOf(row), id);
    }
    if (ids.isEmpty())
        return;
    for (RowChange &row : m_rows) {
        if (row.subject != RowSubject::Definition)
            row.id = ids.value({row.type, row.id}, row.id);
        if (!row.to)
            continue;
        const QString given =
            std::exchange(row.to->id, ids.value({row.to->type, row.to->id}, row.to->id));
        const auto primary = row.cells.find(primaryCell);
        if (primary != row.cells.end() && primary->after == given)
            primary->after = row.to->id;
    }
}

bool AddingRows::next()
{
    if (m_nextGoing < m_going.size()) {
        if (const auto row = m_staged.rows.get(m_going[m_nextGoing++]))
            m_staged.put(keyOf(*row), std::nullopt, {});
    } else if (m_nextRow < m_rows.size()) {
        add(m_rows[m_nextRow]);
        m_rows[m_nextRow++] = {};
    }
    return m_nextGoing < m_going.size() || m_nextRow < m_rows.size();
}

void AddingRows::add(const RowChange &row)
{
    const RowKey key = keyOf(row);
    const std::optional<RowChange> staged = m_staged.find(key);
    std::optional<RowChange> wanted = row;
    if (staged && m_adding == Adding::Merge) {
        if (staged->kind == ChangeKind::Create && staged->cells == row.cells)
            return;
        wanted = mergedRow(*staged, row);
    } else if (staged && m_adding == Adding::KeepStaged && staged->state != RowState::Applied) {
        wanted.reset();
    }
    if (!wanted) {
        m_outcome.left.append(row.label);
        return;
    }
    m_staged.put(key, isWorthKeeping(*wanted) ? wanted : std::nullopt, {});
    ++m_outcome.added;
}

} // namespace hubkeeper
