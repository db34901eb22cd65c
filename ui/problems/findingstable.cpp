// SPDX-License-Identifier: MIT
#include "problems/findingstable.h"

#include "problems/findingsmodel.h"

#include <QHeaderView>

namespace hubkeeper {

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
    horizontalHeader()->setSectionResizeMode(FindingsModel::MessageColumn, QHeaderView::Stretch);
    const int width = fontMetrics().averageCharWidth();
    setColumnWidth(FindingsModel::SeverityColumn, width * 16);
    setColumnWidth(FindingsModel::EntryColumn, width * 28);
    setColumnWidth(FindingsModel::RuleColumn, width * 11);
    setColumnWidth(FindingsModel::PlaceColumn, width * 22);
}

} // namespace hubkeeper
