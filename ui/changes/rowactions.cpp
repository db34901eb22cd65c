// SPDX-License-Identifier: MIT
#include "changes/rowactions.h"

#include "changes/changesmodel.h"
#include "widgets/icons.h"

#include <QAction>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RowActions::RowActions(QTreeView &tree, QWidget *dock)
    : QObject(dock)
    , m_tree(tree)
    , m_goTo(make(tr("&Go to Record"), u"go-next"_s, dock, &RowActions::goToRecord))
    , m_leaveOut(make(tr("Lea&ve Out"), u"list-remove"_s, dock, &RowActions::leaveOut))
    , m_takeIn(make(tr("Take &In"), u"list-add"_s, dock, &RowActions::takeIn))
    , m_revert(make(tr("&Revert Selected"), u"document-revert"_s, dock, &RowActions::revert))
    , m_keepMine(make(tr("&Keep Mine"), u"merge"_s, dock, &RowActions::keepMine))
    , m_takeTheirs(make(tr("&Take Theirs"), u"edit-undo"_s, dock, &RowActions::takeTheirs))
{
    m_leaveOut->setToolTip(tr("Keep the selected changes, and do not send them"));
    m_takeIn->setToolTip(tr("Send the selected changes with the others again"));
}

QAction *RowActions::make(const QString &text, const QString &iconName, QWidget *dock,
                          void (RowActions::*run)())
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    dock->addAction(action);
    return action;
}

void RowActions::setChanges(ChangeSet *changes, ChangesModel *model)
{
    m_changes = changes;
    m_model = model;
}

void RowActions::updateActions(bool isBusy)
{
    const QModelIndex current = m_tree.currentIndex();
    const bool isChosen = m_changes && current.isValid();
    const bool isConflict =
        isChosen && current.data(ChangesModel::StateRole).toInt() == int(RowState::Conflicting);
    m_goTo->setEnabled(isChosen && !current.data(ChangesModel::RecordRole).toString().isEmpty());
    m_revert->setEnabled(isChosen && !isBusy);
    m_leaveOut->setEnabled(isChosen && !isBusy && m_changes->waiting() > 0);
    m_takeIn->setEnabled(isChosen && !isBusy && m_changes->excluded() > 0);
    m_keepMine->setEnabled(isConflict && !isBusy);
    m_takeTheirs->setEnabled(isConflict && !isBusy);
}

std::vector<qint64> RowActions::rows() const
{
    std::vector<qint64> rows;
    if (!m_model)
        return rows;
    QModelIndexList chosen = m_tree.selectionModel()->selectedRows();
    if (chosen.isEmpty() && m_tree.currentIndex().isValid())
        chosen.append(m_tree.currentIndex());
    for (const QModelIndex &index : chosen)
        rows.push_back(
            m_model->sequenceAt(index.parent().isValid() ? index.parent().row() : index.row()));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void RowActions::goToRecord()
{
    const QModelIndex index = m_tree.currentIndex();
    const QString id = index.data(ChangesModel::RecordRole).toString();
    if (index.isValid() && !id.isEmpty())
        emit goTo({pageOf(ObjectType(index.data(ChangesModel::TypeRole).toInt())), ItemId {id}});
}

/// A cell alone where it is one of a record's; an association goes as a whole.
void RowActions::revert()
{
    std::vector<std::pair<RowChange, QString>> chosen;
    const QModelIndexList indexes = m_tree.selectionModel()->selectedRows();
    for (const QModelIndex &index : indexes) {
        const QModelIndex record = index.parent().isValid() ? index.parent() : index;
        if (const auto row = m_changes->rowOf(m_model->sequenceAt(record.row())))
            chosen.emplace_back(*row, index.data(ChangesModel::PropertyRole).toString());
    }
    m_changes->beginStep(tr("Revert"));
    for (const auto &[row, property] : chosen) {
        if (property.isEmpty() || row.subject != RowSubject::Record)
            m_changes->revertRow(keyOf(row));
        else
            m_changes->revertCell(row.type, row.id, property);
    }
    m_changes->endStep();
}

/// Of the selected conflicts; the others stay.
void RowActions::keepMine()
{
    const std::vector<RowChange> chosen = m_changes->rowsOf(rows());
    m_changes->beginStep(tr("Keep mine"));
    for (const RowChange &row : chosen)
        m_changes->rebase(keyOf(row));
    m_changes->endStep();
}

void RowActions::takeTheirs()
{
    const std::vector<RowChange> chosen = m_changes->rowsOf(rows());
    m_changes->beginStep(tr("Take theirs"));
    for (const RowChange &row : chosen) {
        if (row.state == RowState::Conflicting)
            m_changes->revertRow(keyOf(row));
    }
    m_changes->endStep();
}

void RowActions::leaveOut()
{
    m_changes->setExcluded(rows(), true);
}

void RowActions::takeIn()
{
    m_changes->setExcluded(rows(), false);
}

} // namespace hubkeeper
