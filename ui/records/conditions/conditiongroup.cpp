// SPDX-License-Identifier: MIT
#include "records/conditions/conditiongroup.h"

#include "records/conditions/conditionrow.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConditionGroup::ConditionGroup(const PropertyNames &names, int depth, QWidget *parent)
    : QFrame(parent)
    , m_names(names)
    , m_depth(depth)
    , m_head(new QWidget(this))
    , m_match(new QComboBox(m_head))
    , m_layout(new QVBoxLayout(this))
{
    if (m_depth > 0)
        setFrameShape(QFrame::StyledPanel);
    else
        m_layout->setContentsMargins(0, 0, 0, 0);
    makeHead();
    m_layout->addWidget(m_head);
    showHead();
}

void ConditionGroup::makeHead()
{
    m_match->addItem(tr("All of these hold"));
    m_match->addItem(tr("Any of these holds"));
    m_match->setAccessibleName(tr("How the conditions are joined"));
    connect(m_match, &QComboBox::currentIndexChanged, this, &ConditionGroup::edited);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_match);
    row->addStretch();
    if (m_depth == 0)
        return;
    auto *add = new QToolButton(m_head);
    add->setText(tr("Add Condition"));
    connect(add, &QToolButton::clicked, this, &ConditionGroup::addRow);
    row->addWidget(add);
    if (m_depth < deepest) {
        auto *group = new QToolButton(m_head);
        group->setText(tr("Add Group"));
        connect(group, &QToolButton::clicked, this, &ConditionGroup::addGroup);
        row->addWidget(group);
    }
    auto *remove = new QToolButton(m_head);
    remove->setObjectName(u"removeGroup"_s);
    remove->setText(u"×"_s);
    remove->setAccessibleName(tr("Remove group"));
    remove->setToolTip(tr("Remove group"));
    connect(remove, &QToolButton::clicked, this, &ConditionGroup::removeWanted);
    row->addWidget(remove);
}

/// How the conditions are joined matters from two on.
void ConditionGroup::showHead()
{
    m_head->setVisible(m_depth > 0 || m_members.size() > 1);
}

bool ConditionGroup::canShow(const CrestFilter &filter, const PropertyNames &names, int depth)
{
    if (filter.kind == CrestFilter::True)
        return depth == 0;
    if (const auto leaf = leafFrom(filter)) {
        const PropertyDefinition *known = names.definition(leaf->property);
        return known && operatorsOf(familyOf(known, names)).contains(leaf->op);
    }
    const bool isJoined = filter.kind == CrestFilter::And || filter.kind == CrestFilter::Or;
    return isJoined && depth <= deepest && filter.operands.size() <= size_t(mostConditions)
        && std::all_of(
               filter.operands.cbegin(), filter.operands.cend(),
               [&](const CrestFilter &operand) { return canShow(operand, names, depth + 1); });
}

void ConditionGroup::setFilter(const CrestFilter &filter)
{
    const QSignalBlocker quiet(this);
    clear();
    if (filter.kind == CrestFilter::True)
        return;
    if (const auto leaf = leafFrom(filter)) {
        insertRow()->setLeaf(*leaf);
        return showHead();
    }
    m_match->setCurrentIndex(filter.kind == CrestFilter::Or ? 1 : 0);
    for (const CrestFilter &operand : filter.operands) {
        if (const auto leaf = leafFrom(operand))
            insertRow()->setLeaf(*leaf);
        else
            insertGroup()->setFilter(operand);
    }
    showHead();
}

QString ConditionGroup::fault() const
{
    for (const ConditionRow *row : rows()) {
        if (const QString fault = row->fault(); !fault.isEmpty())
            return fault;
    }
    for (const ConditionGroup *group : groups()) {
        if (const QString fault = group->fault(); !fault.isEmpty())
            return fault;
    }
    return {};
}

CrestFilter ConditionGroup::filter() const
{
    std::vector<CrestFilter> operands;
    for (QWidget *member : m_members) {
        if (const auto *row = qobject_cast<ConditionRow *>(member)) {
            if (row->fault().isEmpty())
                operands.push_back(row->filter());
        } else if (const auto *group = qobject_cast<ConditionGroup *>(member)) {
            CrestFilter inner = group->filter();
            if (inner.kind != CrestFilter::True)
                operands.push_back(std::move(inner));
        }
    }
    if (operands.empty() || m_match->currentIndex() == 0)
        return CrestFilter::allOf(std::move(operands));
    return CrestFilter::anyOf(std::move(operands));
}

QList<ConditionRow *> ConditionGroup::rows() const
{
    QList<ConditionRow *> rows;
    for (QWidget *member : m_members) {
        if (auto *row = qobject_cast<ConditionRow *>(member))
            rows.append(row);
    }
    return rows;
}

QList<ConditionGroup *> ConditionGroup::groups() const
{
    QList<ConditionGroup *> groups;
    for (QWidget *member : m_members) {
        if (auto *group = qobject_cast<ConditionGroup *>(member))
            groups.append(group);
    }
    return groups;
}

void ConditionGroup::namesChanged()
{
    for (ConditionRow *row : rows())
        row->namesChanged();
    for (ConditionGroup *group : groups())
        group->namesChanged();
}

ConditionRow *ConditionGroup::insertRow()
{
    auto *row = new ConditionRow(m_names, this);
    m_layout->addWidget(row);
    m_members.append(row);
    row->show();
    connect(row, &ConditionRow::searchRequested, this, &ConditionGroup::searchRequested);
    connect(row, &ConditionRow::edited, this, &ConditionGroup::edited);
    connect(row, &ConditionRow::removeWanted, this, [this, row] {
        take(row);
        emit edited();
    });
    return row;
}

ConditionGroup *ConditionGroup::insertGroup()
{
    auto *group = new ConditionGroup(m_names, m_depth + 1, this);
    m_layout->addWidget(group);
    m_members.append(group);
    group->show();
    connect(group, &ConditionGroup::searchRequested, this, &ConditionGroup::searchRequested);
    connect(group, &ConditionGroup::edited, this, &ConditionGroup::edited);
    connect(group, &ConditionGroup::removeWanted, this, [this, group] {
        take(group);
        emit edited();
    });
    return group;
}

void ConditionGroup::addRow()
{
    if (m_members.size() >= mostConditions)
        return;
    insertRow()->focusProperty();
    showHead();
    emit edited();
}

/// With its first condition, and the other way to join: that is why somebody wants one.
void ConditionGroup::addGroup()
{
    if (m_members.size() >= mostConditions || m_depth >= deepest)
        return;
    ConditionGroup *group = insertGroup();
    group->m_match->setCurrentIndex(m_match->currentIndex() == 0 ? 1 : 0);
    group->addRow();
    showHead();
}

void ConditionGroup::take(QWidget *member)
{
    m_members.removeAll(member);
    m_layout->removeWidget(member);
    member->hide();
    member->deleteLater();
    showHead();
}

void ConditionGroup::clear()
{
    while (!m_members.isEmpty())
        take(m_members.constLast());
    m_match->setCurrentIndex(0);
}

} // namespace hubkeeper
