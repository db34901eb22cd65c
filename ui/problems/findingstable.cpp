// SPDX-License-Identifier: MIT
#include "problems/findingstable.h"

#include "problems/findingsmodel.h"

#include <QHeaderView>

#include <algorithm>

namespace hubkeeper {

namespace {

// In letters.
constexpr int leastFinding = 32;
constexpr int leastEntry = 6;
constexpr int mostEntry = 28;

} // namespace

FindingsTable::FindingsTable(QAbstractItemModel &shown, QWidget *parent)
    : QTableView(parent)
{
    setAccessibleName(tr("Problems"));
    setModel(&shown);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setSortingEnabled(true);
    sortByColumn(FindingsModel::SeverityColumn, Qt::AscendingOrder);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(FindingsModel::MessageColumn, QHeaderView::Stretch);
    for (const int column : {FindingsModel::RuleColumn, FindingsModel::PlaceColumn})
        horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    setColumnWidth(FindingsModel::SeverityColumn, fontMetrics().averageCharWidth() * 16);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column == FindingsModel::PlaceColumn || column == FindingsModel::RuleColumn)
            shareRoom();
    });
    shareRoom();
}

void FindingsTable::resizeEvent(QResizeEvent *event)
{
    shareRoom();
    QTableView::resizeEvent(event);
}

/// The finding is what is read: where there is little room, the entry gives way.
void FindingsTable::shareRoom()
{
    const int letter = fontMetrics().averageCharWidth();
    const int others = columnWidth(FindingsModel::SeverityColumn)
        + columnWidth(FindingsModel::RuleColumn) + columnWidth(FindingsModel::PlaceColumn);
    const int left = viewport()->width() - others - letter * leastFinding;
    setColumnWidth(FindingsModel::EntryColumn,
                   std::clamp(left, letter * leastEntry, letter * mostEntry));
}

} // namespace hubkeeper
