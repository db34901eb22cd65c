// SPDX-License-Identifier: MIT
#include "idm/deploy/serverrollback.h"

#include "idm/currentserver.h"
#include "idm/servers/writequestion.h"
#include "session/idm/deploy.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

namespace hubkeeper {

ServerRollback::ServerRollback(CurrentServer &server, MessageBar &message, CallBar &progress,
                               QWidget *page)
    : QObject(page)
    , m_server(server)
    , m_message(message)
    , m_progress(progress)
    , m_page(page)
{
}

ServerRollback::~ServerRollback() = default;

void ServerRollback::setBusy(bool busy)
{
    m_isBusy = busy;
    if (!busy) {
        m_session.reset();
        m_journal.reset();
    }
    emit busyChanged();
}

void ServerRollback::refuse(const Error &error)
{
    setBusy(false);
    if (error.kind == ErrorKind::Cancelled)
        return;
    m_message.showError(error, Situation::WritingServer);
    m_message.setCause(this);
}

void ServerRollback::rollBack(const QString &run, const QString &serverId)
{
    if (m_isBusy)
        return;
    m_message.dismiss();
    setBusy(true);
    auto *call = m_server.sessionOf(serverId, &m_work);
    m_progress.watch(call, tr("Asking the server"));
    call->onDone(this, [this, run](const Result<std::shared_ptr<ServerSession>> &session) {
        if (session)
            plan(run, *session);
        else
            refuse(session.error());
    });
}

void ServerRollback::plan(const QString &run, const std::shared_ptr<ServerSession> &session)
{
    m_session = session;
    openJournal(m_server.services(), &m_work)
        ->onDone(this, [this, run](const Result<std::shared_ptr<Journal>> &journal) {
            if (!journal)
                return refuse(journal.error());
            m_journal = *journal;
            m_journal->readRun(run, &m_work)
                ->onDone(this, [this, run](const Result<RunRecord> &record) {
                    if (!record)
                        return refuse(record.error());
                    if (wroteLinks(*record))
                        planLinks(run);
                    else
                        planConfiguration(run);
                });
        });
}

void ServerRollback::planConfiguration(const QString &run)
{
    auto *call = planRollback(*m_session, m_journal, run, &m_work);
    m_progress.watch(call, tr("Asking the server"));
    call->onDone(this, [this](const Result<RollbackPlan> &plan) {
        if (plan)
            ask(*plan);
        else
            refuse(plan.error());
    });
}

void ServerRollback::planLinks(const QString &run)
{
    auto *call = planLinkRollback(*m_session, m_journal, run, &m_work);
    m_progress.watch(call, tr("Asking the server"));
    call->onDone(this, [this](const Result<LinkRollback> &plan) {
        if (plan)
            askLinks(*plan);
        else
            refuse(plan.error());
    });
}

void ServerRollback::askThen(const QString &text, const QString &verb, std::function<void()> go)
{
    const auto now = m_server.registry().find(m_session->server().id);
    const Server server = now ? *now : m_session->server();
    WriteQuestion question;
    question.title = tr("Roll Back");
    question.text = text;
    question.consequences =
        tr("The Journal keeps it as a run of its own, which can be taken back in turn.");
    question.verb = verb;
    if (const auto mode = modeToWrite(server, m_server.services().paths); !mode)
        return refuse(mode.error());
    askToWrite(server, question, m_page, &m_work, std::move(go), [this] { setBusy(false); });
}

void ServerRollback::ask(const RollbackPlan &plan)
{
    const QString &id = plan.row.recordId;
    if (!plan.write) {
        setBusy(false);
        //: %1 is the id of a configuration.
        m_message.showMessage(MessageBar::Information,
                              tr("Nothing to do: %1 is as it was before the run.").arg(id));
        return m_message.setCause(this);
    }
    const QString label = m_session->server().label;
    //: %1 is the id of a configuration, %2 the label of a server.
    askThen(plan.write->deletes ? tr("Delete %1 on %2, as before the run?").arg(id, label)
                                : tr("Put %1 on %2 back as it was before the run?").arg(id, label),
            plan.write->deletes ? tr("&Delete") : tr("&Put Back"), [this, plan] { write(plan); });
}

void ServerRollback::askLinks(const LinkRollback &plan)
{
    if (plan.writes.isEmpty()) {
        setBusy(false);
        m_message.showMessage(MessageBar::Information,
                              tr("Nothing to do: the links are as they were before the run."));
        return m_message.setCause(this);
    }
    askThen(tr("Put %Ln link(s) on %1 back as before the run?", nullptr, int(plan.writes.size()))
                .arg(m_session->server().label),
            tr("&Put Back"), [this, plan] { writeLinks(plan); });
}

void ServerRollback::writeLinks(const LinkRollback &plan)
{
    auto *call = rollBackLinks(*m_session, m_server.services(), m_journal, plan, &m_work);
    m_progress.watch(call, tr("Rolling back"));
    call->onDone(this, [this](const Result<LinkRepairReport> &report) { onLinksWritten(report); });
}

void ServerRollback::onLinksWritten(const Result<LinkRepairReport> &report)
{
    if (!report) {
        refuse(report.error());
        return emit done();
    }
    setBusy(false);
    const int applied = report->written.count(outcome::applied);
    const bool isWhole = applied == report->planned;
    const auto &stopped = report->written.stopped;
    m_message.showMessage(
        isWhole ? MessageBar::Good : MessageBar::Warning,
        isWhole ? tr("%Ln link(s) are as they were before.", nullptr, applied)
                : tr("Only %Ln link(s) of %1 are as they were before.", nullptr, applied)
                      .arg(report->planned),
        stopped ? stopped->sentence() : QString());
    m_message.setCause(this);
    emit done();
}

void ServerRollback::write(const RollbackPlan &plan)
{
    auto *call = hubkeeper::rollBack(*m_session, m_server.services(), m_journal, plan,
                                     m_server.activationWait(), &m_work);
    m_progress.watch(call, tr("Rolling back"));
    call->onDone(this,
                 [this, plan](const Result<RollbackReport> &report) { onWritten(plan, report); });
}

void ServerRollback::onWritten(const RollbackPlan &plan, const Result<RollbackReport> &report)
{
    if (!report) {
        refuse(report.error());
        return emit done();
    }
    const QString label = m_session->server().label;
    setBusy(false);
    const QString &id = plan.row.recordId;
    const Activation &activation = report->activation;
    const bool isDown = !report->connector.isEmpty() && !activation.isAsWanted();
    QStringList details;
    if (isDown)
        //: %1 is the name of a connector, %2 a sentence.
        details.append(tr("The connector %1 is not active: %2")
                           .arg(report->connector, activation.explanation()));
    if (!report->written.different.isEmpty())
        //: %1 lists JSON pointers.
        details.append(tr("The server has other values than were sent at: %1")
                           .arg(report->written.different.join(QStringLiteral(", "))));
    //: %1 is the id of a configuration, %2 the label of a server.
    m_message.showMessage(isDown ? MessageBar::Warning : MessageBar::Good,
                          plan.write->deletes ? tr("%1 is deleted on %2.").arg(id, label)
                                              : tr("%1 on %2 is as it was before.").arg(id, label),
                          details.join(u'\n'));
    m_message.setCause(this);
    emit done();
}

} // namespace hubkeeper
