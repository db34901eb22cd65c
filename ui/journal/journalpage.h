// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journalmodel.h"
#include "widgets/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace hubkeeper {

class MessageBar;

/// What was written: runs, their rows with old and new texts, revert, verify, export.
class JournalPage final : public Page
{
    Q_OBJECT

public:
    /// `masking` must outlive the page.
    JournalPage(Masking &masking, QWidget *parent);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;
    void showItem(const QString &item) override;
    void reload() override;

    [[nodiscard]] QTreeView *runs() const { return m_runsView; }
    [[nodiscard]] QTreeView *rows() const { return m_rowsView; }
    /// The current run with its rows as JSON, masked if the window is; a new file is private
    /// (0600). A run must be current.
    [[nodiscard]] Result<void> exportTo(const QString &path) const;
    /// Stages the inverse of the current run and goes to the changes.
    void revertCurrent();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QTreeView *makeView(const QString &name, QAbstractItemModel *model);
    void showRows();
    void verify();
    void chooseExport();
    void updateButtons();
    [[nodiscard]] const JournalRun *currentRun() const;

    Masking &m_masking;
    std::shared_ptr<Session> m_session;
    JournalRunsModel m_runs;
    JournalRowsModel m_rows;
    QStackedWidget *m_stack;
    MessageBar *m_message;
    QTreeView *m_runsView;
    QTreeView *m_rowsView;
    QPushButton *m_revert;
    QPushButton *m_verify;
    QPushButton *m_export;
};

} // namespace hubkeeper
