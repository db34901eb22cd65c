// SPDX-License-Identifier: MIT
#include "records/grid/gridheaders.h"

#include "records/grid/pinnedtableview.h"
#include "records/grid/recordtablemodel.h"

#include <QHeaderView>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyleOptionHeader>
#include <QTableView>

#include <algorithm>

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

GridHeaders::GridHeaders(PinnedTableView &table)
    : QObject(&table)
    , m_table(table)
{
    m_table.horizontalHeader()->setSectionsMovable(true);
    m_table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table.setVerticalHeader(new NameHeader(&m_table));
    m_table.verticalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table.horizontalHeader()->viewport()->installEventFilter(this);
    m_table.pinnedHeader()->viewport()->installEventFilter(this);
    connect(m_table.horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            &GridHeaders::onIndicator);
    connect(&m_table, &PinnedTableView::pinnedChanged, this, &GridHeaders::nameRows);
    connect(m_table.horizontalScrollBar(), &QScrollBar::valueChanged, this, &GridHeaders::nameRows);
    // Not while the header is still at it: the columns are made anew.
    connect(m_table.horizontalHeader(), &QHeaderView::sectionMoved, this,
            &GridHeaders::onSectionMoved, Qt::QueuedConnection);
}

/// A click with Shift or Ctrl; others are the header's own.
bool GridHeaders::eventFilter(QObject *watched, QEvent *event)
{
    const bool isPress = event->type() == QEvent::MouseButtonPress;
    const bool isRelease = event->type() == QEvent::MouseButtonRelease;
    if (!isPress && !isRelease)
        return QObject::eventFilter(watched, event);
    const auto *click = static_cast<QMouseEvent *>(event);
    const bool isFurther =
        click->modifiers() == Qt::ShiftModifier || click->modifiers() == Qt::ControlModifier;
    if (click->button() != Qt::LeftButton || !isFurther)
        return QObject::eventFilter(watched, event);
    const QHeaderView *header = watched == m_table.pinnedHeader()->viewport()
        ? m_table.pinnedHeader()
        : m_table.horizontalHeader();
    if (isRelease)
        sortFurther(header->logicalIndexAt(click->position().toPoint()));
    return true;
}

void GridHeaders::sortFurther(int column)
{
    const auto *model = qobject_cast<RecordTableModel *>(m_table.model());
    QHeaderView *header = m_table.horizontalHeader();
    if (!model || column < 1 || column > model->columns().size())
        return;
    const int first = header->sortIndicatorSection();
    if (first < 0 || first >= model->columnCount())
        return header->setSortIndicator(column, Qt::AscendingOrder);
    if (first == column)
        return header->setSortIndicator(column,
                                        header->sortIndicatorOrder() == Qt::AscendingOrder
                                            ? Qt::DescendingOrder
                                            : Qt::AscendingOrder);
    QList<RowSort> sorts = m_furtherSorts;
    const QString &property = model->columns()[column - 1];
    const auto known = std::find_if(sorts.begin(), sorts.end(),
                                    [&](const RowSort &sort) { return sort.property == property; });
    if (known == sorts.end())
        sorts.append({property, false});
    else if (!known->descending)
        known->descending = true;
    else
        sorts.erase(known);
    setFurtherSorts(sorts);
}

void GridHeaders::setFurtherSorts(const QList<RowSort> &sorts)
{
    if (sorts == m_furtherSorts)
        return;
    m_furtherSorts = sorts;
    showSorts();
    emit sorted(this->sorts());
}

/// A click on one column sorts by that alone.
void GridHeaders::onIndicator()
{
    m_furtherSorts.clear();
    showSorts();
    emit sorted(sorts());
}

QList<RowSort> GridHeaders::sorts() const
{
    const auto *model = qobject_cast<RecordTableModel *>(m_table.model());
    const QHeaderView *header = m_table.horizontalHeader();
    const int first = header->sortIndicatorSection();
    if (!model || first < 0 || first >= model->columnCount())
        return {};
    const QString property = first == 0 ? QString() : model->columns()[first - 1];
    return QList<RowSort> {{property, header->sortIndicatorOrder() == Qt::DescendingOrder}}
    + m_furtherSorts;
}

void GridHeaders::setSorts(const QList<RowSort> &sorts)
{
    const auto *model = qobject_cast<RecordTableModel *>(m_table.model());
    QList<RowSort> shown;
    for (const RowSort &sort : sorts) {
        if (model && (sort.property.isEmpty() || model->columns().contains(sort.property)))
            shown.append(sort);
    }
    const QSignalBlocker quiet(this);
    QHeaderView *header = m_table.horizontalHeader();
    if (shown.isEmpty()) {
        header->setSortIndicator(-1, Qt::AscendingOrder);
    } else {
        const RowSort first = shown.takeFirst();
        const int column =
            first.property.isEmpty() ? 0 : int(model->columns().indexOf(first.property)) + 1;
        header->setSortIndicator(column,
                                 first.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    m_furtherSorts = shown;
    showSorts();
}

void GridHeaders::showSorts()
{
    if (auto *model = qobject_cast<RecordTableModel *>(m_table.model()))
        model->setSorts(sorts());
}

void GridHeaders::nameRows()
{
    // Pinned columns name it themselves.
    const bool names = m_table.horizontalScrollBar()->value() > 0 && m_table.shownPinned() < 2;
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
