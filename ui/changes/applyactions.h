// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"

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

/// Sends what is staged: asks what the write mode wants asked, applies, and reports in the message
/// bar what became of it. The report goes when the rows that it speaks of are gone or solved, a
/// refusal when its safeguard changes.
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
    /// How many records a trial has.
    [[nodiscard]] QSpinBox *firstRows() const { return m_firstRows; }
    /// What the journal will say of the next run; empty again once that has ended.
    [[nodiscard]] QLineEdit *note() const { return m_note; }
    void updateActions(bool isBusy);

    /// Asks what has to be asked and sends the changes; `firstRows` 0 is all.
    void apply(int firstRows);
    /// The staged changes, or what became of them, are others now.
    void changesChanged();

signals:
    void statusMessage(const QString &text);
    /// A run started, or ended, well or not.
    void started();
    void ended();

private:
    void confirm(int rows, int firstRows);
    [[nodiscard]] QString consequences(int rows) const;
    void start(int firstRows);
    void onApplied(const Result<RunSummary> &outcome);
    void showSummary(const RunSummary &summary);
    void showStopped();

    const Masking &m_masking;
    MessageBar &m_message;
    CallBar &m_progress;
    QWidget *m_dock;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // Parent of what runs for the session.
    QObject m_refusal; // The cause of what a safeguard said.
    int m_refusedRows = 0; // How many were waiting then.
    QString m_connection; // Whose note it is.
    int m_leftWaiting = 0; // When the last run ended.
    QObject m_problems; // The cause of what is said of rows that need somebody.
    QObject m_rest; // The cause of what is said of rows that were not sent.
    QAction *m_apply;
    QAction *m_applyFirst;
    QSpinBox *m_firstRows;
    QLineEdit *m_note;
};

} // namespace hubkeeper
