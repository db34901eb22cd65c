// SPDX-License-Identifier: MIT
#include "widgets/callbar.h"
#include "widgets/emptystate.h"
#include "widgets/messagebar.h"
#include "workbench/snapshots/snapshotgrid.h"
#include "workbench/snapshots/snapshotspage.h"
#include "workbench/snapshots/textrowsmodel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QTreeView *SnapshotsPage::makeRows(const QString &name, QAbstractItemModel *model)
{
    auto *view = new QTreeView(this);
    view->setAccessibleName(name);
    view->setModel(model);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    return view;
}

/// Its buttons above what they fill.
QWidget *SnapshotsPage::makeTab(const QList<QWidget *> &buttons, QWidget *contents)
{
    auto *tab = new QWidget(this);
    auto *row = new QHBoxLayout;
    for (QWidget *button : buttons)
        row->addWidget(button);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(tab);
    layout->addLayout(row);
    layout->addWidget(contents, 1);
    return tab;
}

void SnapshotsPage::build()
{
    m_take->setObjectName(u"takeSnapshot"_s);
    m_takeAgain->setObjectName(u"takeSnapshotAgain"_s);
    m_takeAgain->setToolTip(tr("A new snapshot: only what has changed since the selected one is "
                               "read"));
    m_open->setObjectName(u"openSnapshot"_s);
    m_compare->setObjectName(u"compareSnapshot"_s);
    m_other->setObjectName(u"compareWith"_s);
    m_other->setAccessibleName(tr("Compare with"));
    m_other->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_other->setMinimumContentsLength(14);
    m_putBack->setObjectName(u"putBack"_s);
    m_putBack->setToolTip(tr("Stage the selected values of the snapshot; nothing is sent"));
    m_rehearse->setObjectName(u"rehearse"_s);
    m_rehearse->setToolTip(tr("Apply the staged changes to a practice portal that is filled from "
                              "the snapshot"));
    m_delete->setObjectName(u"deleteSnapshot"_s);
    m_list->setObjectName(u"snapshots"_s);
    m_differencesView = makeRows(tr("Differences"), m_differences);
    m_rehearsalView = makeRows(tr("Rehearsal"), m_rehearsal);
    m_differencesView->setObjectName(u"differences"_s);
    m_rehearsalView->setObjectName(u"rehearsal"_s);

    m_tabs->setObjectName(u"snapshotTabs"_s);
    m_tabs->setAccessibleName(tr("What to do with the snapshot"));
    m_tabs->tabBar()->setAccessibleName(tr("What to do with the snapshot"));
    m_records->addWidget(m_closed);
    m_records->addWidget(m_grid);
    m_tabs->addTab(makeTab({m_putBack}, m_records), tr("Records"));
    m_tabs->addTab(makeTab({m_compare, m_other}, m_differencesView), tr("Differences"));
    m_tabs->addTab(makeTab({m_rehearse, m_badWeather}, m_rehearsalView), tr("Rehearsal"));

    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_list);
    split->addWidget(m_tabs);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 3);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(split);

    auto *buttons = new QHBoxLayout;
    for (QWidget *one : {m_take, m_takeAgain, m_open})
        buttons->addWidget(one);
    buttons->addStretch(1);
    buttons->addWidget(m_delete);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(buttons);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    layout->addWidget(m_stack, 1);

    const int letter = fontMetrics().averageCharWidth();
    using List = SnapshotListModel;
    for (const auto &[column, letters] :
         {std::pair {int(List::TakenColumn), 22}, std::pair {int(List::StateColumn), 16},
          std::pair {int(List::RecordsColumn), 34}, std::pair {int(List::ConditionColumn), 24}})
        m_list->header()->resizeSection(column, letter * letters);
    for (QTreeView *view : {m_differencesView, m_rehearsalView}) {
        for (int column = 0; column < view->model()->columnCount(); ++column)
            view->header()->resizeSection(column, letter * (column == 1 ? 34 : 20));
    }
}

} // namespace hubkeeper
