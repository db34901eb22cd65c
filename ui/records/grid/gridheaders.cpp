// SPDX-License-Identifier: MIT
#include "records/grid/gridheaders.h"

#include "records/grid/recordtablemodel.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QStyleOptionHeader>
#include <QTableView>

namespace hubkeeper {

namespace {

/// Says with an ellipsis what of a name it has no room for: the header's own mode does so for
/// columns only.
class NameHeader final : public QHeaderView
{
public:
    explicit NameHeader(QWidget *parent)
        : QHeaderView(Qt::Vertical, parent)
    {
        setSectionsClickable(true);
        setHighlightSections(true);
    }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override
    {
        QHeaderView::initStyleOptionForIndex(option, logicalIndex);
        const int around = style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, this) * 2;
        option->text =
            option->fontMetrics.elidedText(option->text, Qt::ElideRight, width() - around);
    }
};

} // namespace

GridHeaders::GridHeaders(QTableView &table)
    : QObject(&table)
    , m_table(table)
{
    m_table.horizontalHeader()->setSectionsMovable(true);
    m_table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table.setVerticalHeader(new NameHeader(&m_table));
    m_table.verticalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    connect(m_table.horizontalScrollBar(), &QScrollBar::valueChanged, this, &GridHeaders::nameRows);
    // Not while the header is still at it: the columns are made anew.
    connect(m_table.horizontalHeader(), &QHeaderView::sectionMoved, this,
            &GridHeaders::onSectionMoved, Qt::QueuedConnection);
}

void GridHeaders::nameRows()
{
    const bool names = m_table.horizontalScrollBar()->value() > 0;
    const auto isWhole = [this] {
        const QRect cell = m_table.visualRect(m_table.currentIndex());
        return m_table.viewport()->rect().contains(cell);
    };
    const bool wasWhole = isWhole();
    const int width = m_table.fontMetrics().averageCharWidth() * 26;
    m_table.verticalHeader()->setMinimumWidth(names ? width : 0);
    m_table.verticalHeader()->setMaximumWidth(names ? width : QWIDGETSIZE_MAX);
    if (auto *model = qobject_cast<RecordTableModel *>(m_table.model()))
        model->setNamesRows(names);
    QMetaObject::invokeMethod(&m_table, "updateGeometries");
    if (wasWhole && !isWhole()) // The names have taken room from it.
        m_table.scrollTo(m_table.currentIndex());
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
