// SPDX-License-Identifier: MIT
#include "scripts/scriptlistmodel.h"

#include "base/shownname.h"
#include "widgets/icons.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

void ScriptListModel::setActions(const QList<ScriptAction> &actions)
{
    if (actions.size() != m_actions.size()) {
        beginResetModel();
        m_actions = actions;
        endResetModel();
        return;
    }
    // The usual case is typing: the selection has to survive it.
    m_actions = actions;
    if (!m_actions.isEmpty())
        emit dataChanged(index(1), index(int(m_actions.size())));
}

const ScriptAction *ScriptListModel::actionAt(int row) const
{
    return row > scratchRow && row <= int(m_actions.size()) ? &m_actions[row - 1] : nullptr;
}

int ScriptListModel::rowOf(const QString &id) const
{
    for (int row = int(m_actions.size()); row > scratchRow; --row) {
        if (m_actions[row - 1].id == id)
            return row;
    }
    return -1;
}

int ScriptListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_actions.size()) + 1;
}

QVariant ScriptListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ScriptAction *action = actionAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (!action)
            return tr("Scratch pad");
        if (action->isJavaScript())
            return action->id;
        //: %1 is a script's name, %2 its language.
        return tr("%1 (%2, runs on the server only)")
            .arg(shownName(action->id), shownName(action->language));
    case Qt::EditRole:
        return action ? action->id : QString();
    case Qt::ToolTipRole:
        return action ? action->systemType : tr("For trying out: kept here, not in the file");
    case Qt::DecorationRole:
        return icon(!action ? u"edit-rename"_s : action->isJavaScript() ? u"text"_s : u"lock"_s);
    default:
        return {};
    }
}

Qt::ItemFlags ScriptListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return actionAt(index.row()) ? flags | Qt::ItemIsEditable : flags;
}

bool ScriptListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const ScriptAction *action = actionAt(index.row());
    if (role != Qt::EditRole || !action || value.toString() == action->id)
        return false;
    emit renamed(index.row(), value.toString());
    return true;
}

} // namespace hubkeeper
