// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QPointer>

class QAction;
class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace hubkeeper {

/// One action as palette and shortcut list show it.
struct NamedAction
{
    QString path; ///< "Portal › Write Mode…", without access keys.
    QAction *action = nullptr;
};

/// All actions of these menus and their submenus, in menu order, separators left out.
[[nodiscard]] QList<NamedAction> actionsOf(const QList<QAction *> &menuBarActions);

/// Text without the marks of access keys, and without the dots of a dialog.
[[nodiscard]] QString plainTextOf(const QAction &action);

/// Finds and starts any enabled action by typing parts of its name, in any order.
class CommandPalette final : public QDialog
{
    Q_OBJECT

public:
    CommandPalette(const QList<NamedAction> &actions, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void run(const QModelIndex &index);

    QList<QPointer<QAction>> m_actions;
    QLineEdit *m_field;
    QListView *m_list;
    QStandardItemModel *m_model;
    QSortFilterProxyModel *m_filtered;
};

} // namespace hubkeeper
