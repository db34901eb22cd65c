// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/scriptactions.h"

#include <QAbstractListModel>

namespace hubkeeper {

/// The scratch pad, then the scripts of the provisioner in the order of the file.
class ScriptListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int scratchRow = 0;

    using QAbstractListModel::QAbstractListModel;

    void setActions(const QList<ScriptAction> &actions);
    /// Null for the scratch pad.
    [[nodiscard]] const ScriptAction *actionAt(int row) const;
    /// The last one of the name, as IDM takes it; -1 if there is none.
    [[nodiscard]] int rowOf(const QString &id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Changes nothing itself: emits renamed().
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    /// The user typed a new name over the script of this row.
    void renamed(int row, const QString &id);

private:
    QList<ScriptAction> m_actions;
};

} // namespace hubkeeper
