// SPDX-License-Identifier: MIT
#include "problems/findingswalk.h"

#include "problems/findingsmodel.h"

#include <algorithm>

namespace hubkeeper {

FindingsWalk::FindingsWalk(const FindingsModel &model, const FindingsFilter &filter)
    : m_model(model)
    , m_filter(filter)
{
}

void FindingsWalk::arrive()
{
    m_arrived = m_place ? m_place() : std::nullopt;
}

int FindingsWalk::next(const QModelIndex &now, int by, bool isInList) const
{
    const auto place = m_place && !isInList ? m_place() : std::nullopt;
    if (place && (place != m_arrived || !now.isValid()))
        return nextFrom(*place, by);
    const int rows = m_filter.rowCount();
    if (!now.isValid())
        return by > 0 ? 0 : rows - 1;
    if (isInList || !m_place)
        return (now.row() + by + rows) % rows;
    const QList<int> rowsOfText = shown(); // In the order of the text, however they are sorted.
    const qsizetype at = rowsOfText.indexOf(m_filter.mapToSource(now).row());
    const int row = rowsOfText[(at + by + rows) % rows];
    return m_filter.mapFromSource(m_model.index(row, 0)).row();
}

int FindingsWalk::nextFrom(qsizetype place, int by) const
{
    QList<int> rowsOfText = shown();
    if (by < 0)
        std::reverse(rowsOfText.begin(), rowsOfText.end());
    const auto next = std::find_if(rowsOfText.begin(), rowsOfText.end(), [&](int row) {
        const qsizetype begin = m_model.at(row).at.begin;
        return by > 0 ? begin > place : begin < place;
    });
    const int row =
        next == rowsOfText.end() ? rowsOfText.first() : *next; // Past the end: from the start.
    return m_filter.mapFromSource(m_model.index(row, 0)).row();
}

QList<int> FindingsWalk::shown() const
{
    QList<int> rows;
    for (int row = 0; row < m_filter.rowCount(); ++row)
        rows.append(m_filter.mapToSource(m_filter.index(row, 0)).row());
    std::sort(rows.begin(), rows.end()); // Findings are listed by their place.
    return rows;
}

} // namespace hubkeeper
