// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"
#include "widgets/page.h"

class QStackedWidget;
class QTreeView;

namespace hubkeeper {

class ApplyActions;
class CallBar;
class ChangeFileActions;
class ChangesModel;
class ElidedLabel;
class Masking;
class MessageBar;
class PortalNames;
class ReviewBar;
class ReviewPanes;
class RowActions;

/// Staged edits: old and new, apply, outcome of every row. A panel of the lower dock.
class ChangesDock final : public Page
{
    Q_OBJECT

public:
    /// `masking` must outlive the dock.
    ChangesDock(Masking &masking, QWidget *parent);
    ~ChangesDock() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] bool isEmpty() const override;
    void setSession(std::shared_ptr<Session> session) override;
    void addToMenus(const Menus &menus) override;
    void showItem(const PlaceItem &item) override;
    void focusFilter() override;
    [[nodiscard]] QString unsaved() const override;
    [[nodiscard]] bool save() override;

    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] QTreeView *groups() const;
    [[nodiscard]] ApplyActions *applying() const { return m_applying; }
    [[nodiscard]] ChangeFileActions *files() const { return m_files; }
    [[nodiscard]] RowActions *rowActions() const { return m_rowActions; }

signals:
    /// A run ended, well or not.
    void runEnded();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeActions();
    QLayout *makeButtons();
    QLayout *makeSummary();
    void connectParts();
    void followSession();
    QAction *makeAction(const QString &text, const QString &iconName, void (ChangesDock::*run)());
    void update();
    void updateButtons();
    [[nodiscard]] QString summary() const;
    void switchGroups();
    void revertAll();
    void clearApplied();
    void expand(int first, int last);
    void showFirstProblem();

    Masking &m_masking;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<PortalNames> m_names;
    std::unique_ptr<ChangesModel> m_model;
    QStackedWidget *m_stack;
    QTreeView *m_tree;
    ReviewPanes *m_panes;
    ReviewBar *m_bar;
    ElidedLabel *m_summary;
    MessageBar *m_message;
    CallBar *m_progress;
    ApplyActions *m_applying;
    ChangeFileActions *m_files;
    RowActions *m_rowActions;
    QAction *m_revertAll = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_showGroups = nullptr;
    std::optional<bool> m_wantsGroups; // Nothing: while there are many records.
};

} // namespace hubkeeper
