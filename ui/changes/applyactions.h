// SPDX-License-Identifier: MIT
#pragma once

#include "session/writing/applychanges.h"
#include "widgets/choice.h"

#include <QObject>

class QAction;
class QLineEdit;
class QSpinBox;
class QWidget;

namespace hubkeeper {

class CallBar;
class Masking;
class MessageBar;
class Session;
class WatchedRun;
struct CallBudget;
struct UnfinishedRun;

/// Sends what is staged: asks what the write mode wants asked, applies, and reports in the message
/// bar what became of it. The report goes when the rows that it speaks of are gone or solved, a
/// refusal when its safeguard changes.
///
/// A run can be paused; what one left, also before the program was started again, can be resumed; a
/// trial ends with the offer to go on or to take it back.
class ApplyActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `dock` shows the review and is the parent of the question.
    ApplyActions(const Masking &masking, MessageBar &message, CallBar &progress, QWidget *dock);
    ~ApplyActions() override;

    /// Null for none. Ends what was asked.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *applyAction() const { return m_apply; }
    [[nodiscard]] QAction *applyFirstAction() const { return m_applyFirst; }
    /// As many as firstRows(), chosen at random.
    [[nodiscard]] QAction *applySampleAction() const { return m_applySample; }
    [[nodiscard]] QAction *applySelectedAction() const { return m_applySelected; }
    [[nodiscard]] QAction *retryFailedAction() const { return m_retryFailed; }
    /// Pauses the run, or goes on with it.
    [[nodiscard]] QAction *pauseAction() const { return m_pause; }
    /// How many records a trial has.
    [[nodiscard]] QSpinBox *firstRows() const { return m_firstRows; }
    /// What the journal will say of the next run; empty again once that has ended.
    [[nodiscard]] QLineEdit *note() const { return m_note; }
    [[nodiscard]] bool isRunning() const { return !m_run.isNull(); }
    [[nodiscard]] bool isPaused() const;
    void updateActions(bool isBusy);

    /// Asks what has to be asked and sends the changes; `firstRows` 0 is all.
    void apply(int firstRows);
    /// Only these, by ascending sequence numbers.
    void applyRows(const std::vector<qint64> &rows);
    /// The staged changes, or what became of them, are others now.
    void changesChanged();
    /// Looks once whether a run left something, and offers to go on with it.
    void lookForUnfinishedRun();

signals:
    void statusMessage(const QString &text);
    /// A run started, or ended, well or not.
    void started();
    void ended();
    /// The user wants to apply what is selected.
    void selectedWanted();
    /// The user wants to see what that run did.
    void runWanted(const QString &runId);
    /// A message's button that is somebody else's.
    void wants(hubkeeper::Choice choice);

private:
    [[nodiscard]] QString reasonAgainst() const;
    void connectActions();
    void begin(const RunOptions &options);
    void confirm(const RunOptions &options, const CallBudget &budget);
    void start(const RunOptions &options);
    void applySample();
    void retryFailed();
    void pauseOrResume();
    void onChoice(Choice choice);
    void goOn();
    void takeBack();
    void onUnfinished(const UnfinishedRun &left);
    void onApplied(const Result<RunSummary> &outcome);
    void showSummary(const RunSummary &summary);
    void showStopped();
    void showRefusal(const Error &error);

    const Masking &m_masking;
    MessageBar &m_message;
    CallBar &m_progress;
    QWidget *m_dock;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // Parent of what runs for the session.
    QPointer<ApplyChanges> m_run;
    QPointer<WatchedRun> m_watched;
    QObject m_refusal; // The cause of what a safeguard said.
    int m_refusedRows = 0; // How many were waiting then.
    QString m_connection; // Whose note it is.
    QString m_lastRun; // What take back and look refer to.
    bool m_isTrial = false; // That run.
    bool m_hasLooked = false; // For a run that was interrupted, in this session.
    int m_leftWaiting = 0; // When the last run ended.
    QObject m_problems; // The cause of what is said of rows that need somebody.
    QObject m_rest; // The cause of what is said of rows that were not sent.
    QAction *m_apply;
    QAction *m_applyFirst;
    QAction *m_applySample;
    QAction *m_applySelected;
    QAction *m_retryFailed;
    QAction *m_pause;
    QSpinBox *m_firstRows;
    QLineEdit *m_note;
};

} // namespace hubkeeper
