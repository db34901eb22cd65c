// SPDX-License-Identifier: MIT
#include "idm/status/stepsview.h"

#include "widgets/teststepview.h"

#include <QHeaderView>
#include <QStyledItemDelegate>

#include <algorithm>

namespace hubkeeper {

namespace {

/// Asks for the height of what was found at the width of its column.
class FoundCells final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override
    {
        const auto *view = qobject_cast<const QTreeView *>(option.widget);
        if (!view || index.column() != TestStepModel::Found)
            return QStyledItemDelegate::sizeHint(option, index);
        QStyleOptionViewItem asWide = option;
        asWide.rect = QRect(0, 0, std::max(1, view->columnWidth(TestStepModel::Found)), 1);
        return QStyledItemDelegate::sizeHint(asWide, index);
    }
};

} // namespace

StepsView::StepsView(TestStepModel &steps, const QString &name, const QString &title,
                     QWidget *parent)
    : QTreeView(parent)
{
    setObjectName(name);
    setAccessibleName(title);
    setModel(&steps);
    setItemDelegate(new FoundCells(this));
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setWordWrap(true);
    setAlternatingRowColors(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setSectionResizeMode(TestStepModel::Step, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(TestStepModel::Found, QHeaderView::Stretch);
    setColumnHidden(TestStepModel::Took, true);
    connect(header(), &QHeaderView::sectionResized, this, [this] { scheduleDelayedItemsLayout(); });
}

void StepsView::doItemsLayout()
{
    QTreeView::doItemsLayout();
    int height = header()->sizeHint().height() + 2 * frameWidth();
    for (int row = 0; row < model()->rowCount(); ++row)
        height += rowHeight(model()->index(row, 0));
    setFixedHeight(height);
}

} // namespace hubkeeper
