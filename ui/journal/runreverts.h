// SPDX-License-Identifier: MIT
#pragma once

#include "session/writing/definitionrevert.h"
#include "session/writing/stagerevert.h"
#include "widgets/page.h"

namespace hubkeeper {

class Masking;
class MessageBar;

/// Takes runs of the journal back: stages what a change set can hold, asks about property
/// definitions, which are written at once, and says in the message bar what is left and why.
class RunReverts final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `page` is the parent of its question.
    RunReverts(const Masking &masking, MessageBar &message, QWidget *page);
    ~RunReverts() override;

    /// Null for none. Ends what was under way.
    void setSession(std::shared_ptr<Session> session);
    /// A revert is being staged or sent: no other one starts.
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// Stages the inverse of a run, or of some of its rows, or archived records as new ones, and
    /// goes to the changes.
    void stage(const RevertChoice &choice);

signals:
    void busyChanged();
    void statusMessage(const QString &text);
    void goTo(const hubkeeper::Place &place);

private:
    void setBusy(bool busy);
    void onStaged(const RevertChoice &choice, const Result<StagedRevert> &outcome);
    [[nodiscard]] static QString stagedText(const RevertChoice &choice, const StagedRevert &staged);
    void showLost(const QList<LeftRow> &lost);
    void showLeft(const QList<LeftRow> &left);
    void askAboutDefinitions(const StagedRevert &staged);
    void revertDefinitionsOf(const StagedRevert &staged);
    void onDefinitions(const QList<RevertedDefinition> &done);

    const Masking &m_masking;
    MessageBar &m_message;
    QWidget *m_page;
    std::shared_ptr<Session> m_session;
    bool m_isBusy = false;
    std::unique_ptr<QObject> m_work; // Parent of what runs for the session.
};

} // namespace hubkeeper
