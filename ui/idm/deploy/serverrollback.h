// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/linkrollback.h"
#include "session/idm/rollback.h"

#include <QPointer>

#include <functional>

namespace hubkeeper {

class CallBar;
class CurrentServer;
class MessageBar;
struct JournalRun;

/// Takes a run on a server back: reads what is there now, asks as the write mode demands, writes,
/// and says in the message bar what became of it. The same as `hubkeeper-cli idm rollback`.
class ServerRollback final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `page` is the parent of the question.
    ServerRollback(CurrentServer &server, MessageBar &message, CallBar &progress, QWidget *page);
    ~ServerRollback() override;

    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// Takes a run of this server back, which need not be the open one. Nothing happens while
    /// another one is under way.
    void rollBack(const QString &run, const QString &serverId);

signals:
    void busyChanged();
    /// The server was written to, or may have been.
    void done();

private:
    void plan(const QString &run, const std::shared_ptr<ServerSession> &session);
    void planConfiguration(const QString &run);
    void planLinks(const QString &run);
    /// Asks as the write mode demands.
    void askThen(const QString &text, const QString &verb, std::function<void()> go);
    void ask(const RollbackPlan &plan);
    void askLinks(const LinkRollback &plan);
    void writeLinks(const LinkRollback &plan);
    void onLinksWritten(const Result<LinkRepairReport> &report);
    void write(const RollbackPlan &plan);
    void onWritten(const RollbackPlan &plan, const Result<RollbackReport> &report);
    void refuse(const Error &error);
    void setBusy(bool busy);

    CurrentServer &m_server;
    MessageBar &m_message;
    CallBar &m_progress;
    QWidget *m_page;
    bool m_isBusy = false;
    std::shared_ptr<ServerSession> m_session; // Of the run that is being taken back.
    std::shared_ptr<Journal> m_journal;
    QObject m_work; // Parent of what is under way; goes first.
};

} // namespace hubkeeper
