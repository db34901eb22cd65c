// SPDX-License-Identifier: MIT
#include "session/idm/linkrollback.h"

#include "session/idm/deploy.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class PlanningLinkRollback final : public Call<LinkRollback>
{
public:
    PlanningLinkRollback(ServerSession &session, std::shared_ptr<Journal> journal,
                         const QString &run, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_journal(std::move(journal))
    {
        m_plan.run = run;
        then(m_journal->readRun(run, this), [this](const RunRecord &record) {
            if (record.run.connectionId != m_session.server().id)
                return complete(fail(
                    ErrorKind::Refused,
                    SessionText::tr("The run %1 did not write to %2.")
                        .arg(m_plan.run, m_session.server().label),
                    SessionText::tr("`hubkeeper-cli journal list --all` shows where it did.")));
            for (const JournalRow &row : record.rows) {
                if (!row.wroteNothing())
                    m_rows.append(row);
            }
            readNext();
        });
    }

private:
    void readNext()
    {
        if (m_rows.isEmpty())
            return complete(m_plan);
        const JournalRow row = m_rows.takeFirst();
        always(readLink(m_session.client(), row.recordId, this),
               [this, row](const Result<ServerLink> &now) {
                   if (!now && now.error().kind != ErrorKind::NotFound)
                       return complete(tl::unexpected(now.error()));
                   const auto back = linkTakenBack(row, now ? std::optional(*now) : std::nullopt);
                   if (!back)
                       return complete(tl::unexpected(back.error()));
                   if (*back)
                       m_plan.writes.append(**back);
                   readNext();
               });
    }

    ServerSession &m_session;
    const std::shared_ptr<Journal> m_journal;
    QList<JournalRow> m_rows; // To be looked at.
    LinkRollback m_plan;
};

class RollingBackLinks final : public Call<LinkRepairReport>
{
public:
    RollingBackLinks(ServerSession &session, const SessionServices &services,
                     std::shared_ptr<Journal> journal, const LinkRollback &plan, QObject *parent)
        : Call(parent)
        , m_journal(std::move(journal))
    {
        if (plan.writes.isEmpty()) {
            complete(LinkRepairReport());
            return;
        }
        ServerWriteContext context =
            writeContextOf(session, services, *m_journal, SessionText::tr("Roll-back"));
        context.start.revertOf = plan.run;
        std::vector<std::shared_ptr<ServerWrite>> writes;
        for (const LinkWrite &write : plan.writes)
            writes.push_back(serverWriteOf(write));
        const auto planned = qsizetype(writes.size());
        then(writeToServer(context, std::move(writes), this),
             [this, planned](const ServerWriteReport &report) {
                 if (report.run.isEmpty() && report.stopped)
                     return complete(tl::unexpected(*report.stopped));
                 complete(LinkRepairReport {report, {}, planned});
             });
    }

private:
    const std::shared_ptr<Journal> m_journal;
};

} // namespace

bool wroteLinks(const RunRecord &run)
{
    return !run.rows.isEmpty() && run.rows.first().thing == WrittenThing::Link;
}

Call<LinkRollback> *planLinkRollback(ServerSession &session, std::shared_ptr<Journal> journal,
                                     const QString &run, QObject *parent)
{
    return new PlanningLinkRollback(session, std::move(journal), run, parent);
}

Call<LinkRepairReport> *rollBackLinks(ServerSession &session, const SessionServices &services,
                                      std::shared_ptr<Journal> journal, const LinkRollback &plan,
                                      QObject *parent)
{
    return new RollingBackLinks(session, services, std::move(journal), plan, parent);
}

} // namespace hubkeeper
