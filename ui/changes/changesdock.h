// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"
#include "portal/objecttype.h"
#include "widgets/page.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QTreeView;

namespace hubkeeper {

class ApplyActions;
class CallBar;
class ChangeFileActions;
class ChangesFilter;
class ChangesModel;
class Masking;
class MessageBar;
class PortalNames;

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
    [[nodiscard]] QString unsaved() const override;
    [[nodiscard]] bool save() override;

    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] ApplyActions *applying() const { return m_applying; }
    [[nodiscard]] ChangeFileActions *files() const { return m_files; }

signals:
    /// A run ended, well or not.
    void runEnded();

private:
    void makeActions();
    QLayout *makeButtons();
    QLayout *makeSummary();
    void connectParts();
    void followSession();
    void showStates();
    void goToRecord();
    QAction *makeAction(const QString &text, const QString &iconName, void (ChangesDock::*run)());
    void update();
    void updateButtons();
    [[nodiscard]] QString summary() const;
    void revertSelected();
    void revertAll();
    void keepMine();
    void takeTheirs();
    void clearApplied();
    void expand(int first, int last);
    void showFirstProblem();
    [[nodiscard]] std::optional<RowKey> current() const;

    Masking &m_masking;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<PortalNames> m_names;
    std::unique_ptr<ChangesModel> m_model;
    std::unique_ptr<ChangesFilter> m_filter; // Null while all are shown.
    QStackedWidget *m_stack;
    QTreeView *m_tree;
    QComboBox *m_show;
    QLabel *m_summary;
    MessageBar *m_message;
    CallBar *m_progress;
    ApplyActions *m_applying;
    ChangeFileActions *m_files;
    QAction *m_revert = nullptr;
    QAction *m_revertAll = nullptr;
    QAction *m_keepMine = nullptr;
    QAction *m_takeTheirs = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_goTo = nullptr;
};

} // namespace hubkeeper
