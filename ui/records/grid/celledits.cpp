// SPDX-License-Identifier: MIT
#include "records/grid/celledits.h"

#include "changes/set/changeset.h"
#include "records/grid/recordtablemodel.h"
#include "records/values/typedvalue.h"
#include "session/reading/recordlabel.h"

#include <QCoreApplication>

namespace hubkeeper {

CellEdits::CellEdits(RecordTableModel &model, ChangeSet &changes)
    : m_model(model)
    , m_changes(changes)
{
}

void CellEdits::beginRow(const Record &record, int gridRow)
{
    m_record = record;
    m_row = gridRow;
    Row row;
    row.baseline.id = record.id;
    row.baseline.updatedAt = record.updatedAt;
    row.baseline.archived = record.archived;
    for (const QString &property : labelProperties(m_model.recordSet()->type()))
        row.baseline.properties.insert(property, record.text(property));
    m_rows.push_back(std::move(row));
}

QString CellEdits::present(const QString &property) const
{
    const auto cell = m_changes.cell(m_model.recordSet()->type(), m_record.id, property);
    return cell ? cell->after : m_record.text(property);
}

void CellEdits::set(const QString &property, const QString &text)
{
    if (m_record.archived || !m_model.isEditable(property))
        return refuse({});
    m_rows.back().baseline.properties.insert(property, m_record.text(property));
    m_rows.back().texts.append({property, text});
    ++m_count;
}

void CellEdits::type(int column, const QString &text)
{
    if (column == 0)
        return refuse(QCoreApplication::translate("RecordTable", "Record IDs cannot be edited."));
    const QString &property = m_model.columns()[column - 1];
    const PropertyDefinition *definition = m_model.names().definition(property);
    if (!definition || !m_model.isEditable(property) || text == present(property))
        return set(property, text);
    const TypedValue typed = typedValue(m_model.names(), *definition, text);
    if (typed.refusal.isEmpty())
        set(property, typed.value);
    else
        refuse(typed.refusal);
}

void CellEdits::refuse(const QString &why)
{
    constexpr qsizetype mostReasons = 3; // A message has no room for more.
    ++m_refused;
    if (!why.isEmpty() && m_reasons.size() < mostReasons) {
        //: Why a cell was not edited: the number of its row in the grid, and a sentence.
        m_reasons.append(
            QCoreApplication::translate("RecordTable", "Row %L1: %2").arg(m_row + 1).arg(why));
    }
}

void CellEdits::stage(const QString &step)
{
    m_changes.beginStep(step);
    for (const Row &row : m_rows) {
        for (const auto &[property, text] : row.texts)
            (void)m_model.stage(row.baseline, property, text);
    }
    m_changes.endStep();
}

void pasteRow(CellEdits &edits, int row, int columnCount, const QList<QRect> &targets,
              const QList<QStringList> &cells)
{
    const QSize size = sizeOf(cells);
    for (const QRect &target : targets) {
        if (row < target.top() || row > target.bottom())
            continue;
        const QStringList &texts = cells[(row - target.top()) % size.height()];
        const int last = std::min(target.right(), columnCount - 1);
        for (int column = target.left(); column <= last; ++column) {
            const int at = (column - target.left()) % size.width();
            if (at < texts.size()) // A shorter row leaves the rest alone.
                edits.type(column, texts[at]);
        }
    }
}

QSize sizeOf(const QList<QStringList> &cells)
{
    qsizetype columns = 0;
    for (const QStringList &row : cells)
        columns = std::max(columns, row.size());
    return {int(columns), int(cells.size())};
}

} // namespace hubkeeper
