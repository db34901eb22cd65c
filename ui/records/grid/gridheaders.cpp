// SPDX-License-Identifier: MIT
#include "records/grid/gridheaders.h"

#include "records/grid/recordtablemodel.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>

namespace hubkeeper {

GridHeaders::GridHeaders(QTableView &table)
    : QObject(&table)
    , m_table(table)
{
    m_table.horizontalHeader()->setSectionsMovable(true);
    m_table.verticalHeader()->setTextElideMode(Qt::ElideRight);
    m_table.verticalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    connect(m_table.horizontalScrollBar(), &QScrollBar::valueChanged, this, &GridHeaders::nameRows);
    // Not while the header is still at it: the columns are made anew.
    connect(m_table.horizontalHeader(), &QHeaderView::sectionMoved, this,
            &GridHeaders::onSectionMoved, Qt::QueuedConnection);
}

void GridHeaders::nameRows()
{
    const bool names = m_table.horizontalScrollBar()->value() > 0;
    const int width = m_table.fontMetrics().averageCharWidth() * 26;
    m_table.verticalHeader()->setMinimumWidth(names ? width : 0);
    m_table.verticalHeader()->setMaximumWidth(names ? width : QWIDGETSIZE_MAX);
    if (auto *model = qobject_cast<RecordTableModel *>(m_table.model()))
        model->setNamesRows(names);
    QMetaObject::invokeMethod(&m_table, "updateGeometries");
}

void GridHeaders::onSectionMoved()
{
    const auto *model = qobject_cast<RecordTableModel *>(m_table.model());
    if (!model)
        return;
    QHeaderView *header = m_table.horizontalHeader();
    QStringList properties;
    for (int place = 0; place < header->count(); ++place) {
        if (const int column = header->logicalIndex(place); column > 0)
            properties.append(model->columns().value(column - 1));
    }
    for (int column = 0; column < header->count(); ++column)
        header->moveSection(header->visualIndex(column), column);
    if (properties != model->columns()) // As after what that has just moved.
        emit columnsArranged(properties);
}

void setColumns(QTableView &table, const QStringList &properties)
{
    auto *model = qobject_cast<RecordTableModel *>(table.model());
    if (!model)
        return;
    QHeaderView *header = table.horizontalHeader();
    QHash<QString, int> widths;
    for (int i = 0; i < model->columns().size(); ++i)
        widths.insert(model->columns()[i], header->sectionSize(i + 1));
    model->setColumns(properties);
    for (int i = 0; i < properties.size(); ++i)
        header->resizeSection(i + 1, widths.value(properties[i], header->defaultSectionSize()));
}

} // namespace hubkeeper
