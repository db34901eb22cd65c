// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/place.h"

#include <QObject>

class QAction;
class QTreeView;
class QWidget;

namespace hubkeeper {

class ChangeSet;
class ChangesModel;

/// What can be done with the selected rows of the Changes dock. A cell stands for its record, but
/// where it is taken back.
class RowActions final : public QObject
{
    Q_OBJECT

public:
    /// `tree` shows a ChangesModel or nothing; it and `dock`, which gets the actions, outlive this.
    RowActions(QTreeView &tree, QWidget *dock);

    /// Null for none; both outlive it, or the next call.
    void setChanges(ChangeSet *changes, ChangesModel *model);
    void updateActions(bool isBusy);

    [[nodiscard]] QAction *goToAction() const { return m_goTo; }
    [[nodiscard]] QAction *revertAction() const { return m_revert; }
    [[nodiscard]] QAction *keepMineAction() const { return m_keepMine; }
    [[nodiscard]] QAction *takeTheirsAction() const { return m_takeTheirs; }
    [[nodiscard]] QAction *leaveOutAction() const { return m_leaveOut; }
    [[nodiscard]] QAction *takeInAction() const { return m_takeIn; }

    /// The records of the selection, else the current one, by ascending sequence numbers.
    [[nodiscard]] std::vector<qint64> rows() const;
    void goToRecord();

signals:
    void goTo(const hubkeeper::Place &place);

private:
    QAction *make(const QString &text, const QString &iconName, QWidget *dock,
                  void (RowActions::*run)());
    void revert();
    void keepMine();
    void takeTheirs();
    void leaveOut();
    void takeIn();

    QTreeView &m_tree;
    ChangeSet *m_changes = nullptr;
    ChangesModel *m_model = nullptr;
    QAction *m_goTo;
    QAction *m_leaveOut;
    QAction *m_takeIn;
    QAction *m_revert;
    QAction *m_keepMine;
    QAction *m_takeTheirs;
};

} // namespace hubkeeper
