// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journalmodel.h"
#include "records/values/portalnames.h"
#include "widgets/errortext.h"
#include "widgets/page.h"

#include <QDateTime>
#include <QTimer>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace hubkeeper {

class CallBar;
class CurrentServer;
class JournalWatch;
class MessageBar;
class RunExport;
class RunReverts;
class ServerRollback;

/// What was written: runs, their rows with old and new texts, revert, verify, export. Follows what
/// is written meanwhile, by other programs too. Nothing here waits for the disk.
class JournalPage final : public Page
{
    Q_OBJECT

public:
    /// `masking` must outlive the page.
    JournalPage(Masking &masking, QWidget *parent);
    ~JournalPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    void setSession(std::shared_ptr<Session> session) override;
    void showItem(const PlaceItem &item) override;
    void focusFilter() override;
    void reload() override;

    /// The IDM servers, whose runs are taken back on them; must outlive the page.
    void setServers(CurrentServer *servers);

    [[nodiscard]] QTreeView *runs() const { return m_runsView; }
    [[nodiscard]] QTreeView *rows() const { return m_rowsView; }
    /// The current run with its rows (RunExport), masked if the window is; a new file is private
    /// (0600). Fails with InvalidInput if no run is current.
    [[nodiscard]] Call<void> *exportTo(const QString &path, QObject *parent);
    /// Stages the inverse of the current run and goes to the changes; asks first about property
    /// definitions, which no change set holds. A run on a server is taken back there.
    void revertCurrent();
    /// The same for the rows that are selected.
    void revertSelected();
    /// Stages records that the current run archived as new ones.
    void makeAnew();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QTreeView *makeView(const QString &name, QAbstractItemModel *model);
    void buildLayout();
    void sizeColumns();
    void connectAll();
    void onRuns(const QList<JournalRun> &runs);
    [[nodiscard]] QString emptyText() const;
    void selectRun(const QString &id);
    void showRows();
    void goToRecord(const QModelIndex &line);
    void verify();
    void chooseExport();
    void showError(const Error &error, Situation situation, const QObject *cause);
    [[nodiscard]] bool isRead() const;
    Call<void> *exportAsCsv(const QString &path, QObject *parent);
    Call<void> *exportWith(QByteArray (RunExport::*form)() const, const QString &path,
                           QObject *parent);
    void updateButtons();
    [[nodiscard]] const JournalRun *currentRun() const;
    [[nodiscard]] bool isOnServer() const;

    Masking &m_masking;
    std::shared_ptr<Session> m_session;
    JournalRunsModel m_runs;
    PortalNames m_names;
    JournalRowsModel m_rows;
    QStackedWidget *m_stack;
    QLabel *m_empty; // In place of the runs.
    MessageBar *m_message;
    CallBar *m_progress;
    ServerRollback *m_rollback = nullptr; // With servers.
    RunReverts *m_reverts;
    QLabel *m_seal; // What is wrong with the journal's seal; hidden if nothing is.
    QTreeView *m_runsView;
    QTreeView *m_rowsView;
    QPushButton *m_revert;
    QPushButton *m_revertRows;
    QPushButton *m_anew;
    QPushButton *m_export;
    QCheckBox *m_all;
    QLineEdit *m_filter;
    QPushButton *m_verify;
    JournalWatch *m_watch;
    QList<std::pair<qint64, QDateTime>> m_verified; // JournalWatch::states() of the last verdict.
    QTimer m_typing; // In the filter.
    QString m_wanted; // The run to select once it is read.
    bool m_isReading = false;
    bool m_isStale = false; // Something was written since the runs were read.
    std::unique_ptr<QObject> m_work; // Parent of what runs for the session.
    std::unique_ptr<QObject> m_rowsWork; // Parent of the reading of rows.
};

} // namespace hubkeeper
