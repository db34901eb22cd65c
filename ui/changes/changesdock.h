// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "widgets/page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTreeView;

namespace hubkeeper {

class CallBar;
class ChangesFilter;
class ChangesModel;
class Masking;
class MessageBar;
class PortalNames;
struct ExchangedChanges;

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
    void showItem(const QString &item) override;
    [[nodiscard]] QString unsaved() const override;
    [[nodiscard]] bool save() override;

    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] QAction *applyAction() const { return m_apply; }
    /// Asks what has to be asked and sends the changes; `firstRows` 0 is all.
    void apply(int firstRows);
    /// Adds the changes of a file to those that are staged, and asks where there are some.
    void openFile(const QString &path);

signals:
    /// A run ended, well or not.
    void runEnded();

private:
    QLayout *makeButtons();
    QLayout *makeSummary();
    void showStates();
    void goToRecord();
    QAction *makeAction(const QString &text, const QString &iconName, void (ChangesDock::*run)());
    void update();
    void updateButtons();
    [[nodiscard]] QString summary() const;
    void confirm(int rows, int firstRows);
    void start(int firstRows);
    [[nodiscard]] QString consequences(int rows) const;
    void onApplied(const Result<RunSummary> &summary);
    void revertSelected();
    void revertAll();
    void keepMine();
    void takeTheirs();
    void clearApplied();
    [[nodiscard]] QString stoppedText() const;
    void expand(int first, int last);
    void saveToFile();
    [[nodiscard]] QString askWhereToSave();
    void onSaved(const Result<void> &saved);
    void openFromFile();
    void askHowToAdd(const std::shared_ptr<const ExchangedChanges> &file);
    void addFromFile(const ExchangedChanges &file, Adding adding);
    [[nodiscard]] std::optional<std::pair<ObjectType, QString>> current() const;

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
    bool m_speaksOfRows = false; // The message is about rows below.
    QSpinBox *m_firstRows = nullptr;
    QAction *m_apply = nullptr;
    QAction *m_applyFirst = nullptr;
    QAction *m_revert = nullptr;
    QAction *m_revertAll = nullptr;
    QAction *m_keepMine = nullptr;
    QAction *m_takeTheirs = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_goTo = nullptr;
    QAction *m_save = nullptr;
    QAction *m_open = nullptr;
};

} // namespace hubkeeper
