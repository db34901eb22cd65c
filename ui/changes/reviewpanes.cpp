// SPDX-License-Identifier: MIT
#include "changes/reviewpanes.h"

#include "changes/changesmodel.h"
#include "changes/changesreview.h"
#include "changes/groupsmodel.h"
#include "session/open/session.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QTreeView>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ReviewPanes::ReviewPanes(const PortalNames &names, QTreeView *records, QWidget *parent)
    : QSplitter(parent)
    , m_tree(new QTreeView(this))
    , m_records(records)
    , m_groups(new GroupsModel(names, this))
    , m_review(new ChangesReview(names, this))
{
    m_tree->setObjectName(u"changeGroups"_s);
    m_tree->setAccessibleName(tr("Groups of staged changes"));
    m_tree->setModel(m_groups);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(GroupsModel::GroupColumn, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(GroupsModel::CountColumn, QHeaderView::ResizeToContents);
    addWidget(m_tree);
    addWidget(records);
    setStretchFactor(0, 2);
    setStretchFactor(1, 3);
    setChildrenCollapsible(false);
    m_tree->hide();
    m_records->viewport()->installEventFilter(this);
    connect(m_records->header(), &QHeaderView::sectionResized, this, [this](int column) {
        const bool isLast = column == ChangesModel::StateColumn; // It takes what is left.
        m_areColumnsChosen = m_areColumnsChosen || (!m_isFitting && !isLast);
    });
    connect(m_groups, &QAbstractItemModel::modelReset, m_tree,
            [this] { m_tree->expandToDepth(1); });
    connect(m_review, &ChangesReview::groupsFound, this, &ReviewPanes::setGroups);
    connect(m_review, &ChangesReview::rowsFound, this, &ReviewPanes::rowsFound);
    connect(m_review, &ChangesReview::failed, this, &ReviewPanes::failed);
    connect(m_groups, &GroupsModel::ticked, this, [this](const QModelIndex &group, bool includes) {
        m_review->tick(m_groups->keyAt(group), includes);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &line) { choose(line); });
}

void ReviewPanes::choose(const QModelIndex &line)
{
    if (m_isChoosing)
        return;
    m_group = line.isValid() ? m_groups->keyAt(line) : std::nullopt;
    m_review->setGroup(m_group);
}

void ReviewPanes::setSession(std::shared_ptr<Session> session)
{
    m_group.reset();
    m_groups->setGroups({});
    m_review->setSession(std::move(session));
}

void ReviewPanes::setFilter(const ReviewFilter &filter)
{
    m_review->setFilter(filter);
}

void ReviewPanes::setActive(bool isActive)
{
    m_review->setActive(isActive);
}

void ReviewPanes::namesChanged()
{
    m_groups->namesChanged();
}

void ReviewPanes::fitColumns()
{
    QHeaderView *header = m_records->header();
    if (header->count() <= ChangesModel::StateColumn)
        return;
    constexpr std::array percent {33, 20, 20}; // The state with its reason takes the rest.
    const QScopedValueRollback<bool> byItself(m_isFitting, true);
    const int width = m_records->viewport()->width();
    for (int column = 0; column < int(percent.size()); ++column)
        header->resizeSection(column, width * percent[size_t(column)] / 100);
}

bool ReviewPanes::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && !m_areColumnsChosen)
        fitColumns();
    return QSplitter::eventFilter(watched, event);
}

void ReviewPanes::showGroups(bool shows)
{
    m_tree->setVisible(shows);
    if (!shows && m_group)
        m_tree->setCurrentIndex(m_groups->indexOf({}));
}

/// A reset of the model forgets what is current; the line that was chosen is found again.
void ReviewPanes::setGroups(const std::vector<VerbGroup> &groups)
{
    QModelIndex line;
    {
        const QScopedValueRollback<bool> byItself(m_isChoosing, true);
        m_groups->setGroups(groups);
        line = m_groups->indexOf(m_group);
        if (line.isValid() && m_tree->currentIndex() != line)
            m_tree->setCurrentIndex(line);
    }
    if (!line.isValid()) // The group is gone, e.g. by an edit.
        m_tree->setCurrentIndex(m_groups->indexOf({}));
}

} // namespace hubkeeper
