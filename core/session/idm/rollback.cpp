// SPDX-License-Identifier: MIT
#include "session/idm/rollback.h"

#include "session/idm/deploy.h"
#include "session/sessiontext.h"

namespace hubkeeper {

namespace {

class PlanningRollback final : public Call<RollbackPlan>
{
public:
    PlanningRollback(ServerSession &session, std::shared_ptr<Journal> journal, const QString &run,
                     QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_journal(std::move(journal))
    {
        m_plan.run = run;
        then(m_journal->readRun(run, this), [this](const RunRecord &record) { onRun(record); });
    }

private:
    void onRun(const RunRecord &record)
    {
        const Server &server = m_session.server();
        if (record.run.connectionId != server.id || record.rows.isEmpty())
            return complete(fail(
                ErrorKind::Refused,
                SessionText::tr("The run %1 did not write to %2.").arg(m_plan.run, server.label),
                SessionText::tr("The Journal, or `hubkeeper-cli journal list --all`, shows where "
                                "it wrote.")));
        m_plan.row = record.rows.first();
        if (const auto before = objectBefore(m_plan.row); !before) // It wrote something else.
            return complete(tl::unexpected(before.error()));
        always(readConfig(m_session.client(), m_plan.row.recordId, this),
               [this](const Result<ConfigObject> &now) {
                   if (!now && now.error().kind != ErrorKind::NotFound)
                       return complete(tl::unexpected(now.error()));
                   onPresent(now ? std::optional(*now) : std::nullopt);
               });
    }

    void onPresent(const std::optional<ConfigObject> &now)
    {
        const auto write = takenBack(m_plan.row, now);
        if (!write)
            return complete(tl::unexpected(write.error()));
        m_plan.write = *write;
        complete(m_plan);
    }

    ServerSession &m_session;
    const std::shared_ptr<Journal> m_journal;
    RollbackPlan m_plan;
};

/// Keeps the journal until it has written.
class RollingBack final : public Call<ConfigWriteOutcome>
{
public:
    RollingBack(ServerSession &session, const SessionServices &services,
                std::shared_ptr<Journal> journal, const RollbackPlan &plan, QObject *parent)
        : Call(parent)
        , m_journal(std::move(journal))
    {
        if (!plan.write) {
            complete(ConfigWriteOutcome());
            return;
        }
        ServerWriteContext context =
            writeContextOf(session, services, *m_journal, SessionText::tr("Roll-back"));
        context.start.revertOf = plan.run;
        then(writeConfig(context, *plan.write, this),
             [this](const ConfigWriteOutcome &outcome) { complete(outcome); });
    }

private:
    const std::shared_ptr<Journal> m_journal;
};

} // namespace

Call<RollbackPlan> *planRollback(ServerSession &session, std::shared_ptr<Journal> journal,
                                 const QString &run, QObject *parent)
{
    return new PlanningRollback(session, std::move(journal), run, parent);
}

Call<ConfigWriteOutcome> *rollBack(ServerSession &session, const SessionServices &services,
                                   std::shared_ptr<Journal> journal, const RollbackPlan &plan,
                                   QObject *parent)
{
    return new RollingBack(session, services, std::move(journal), plan, parent);
}

} // namespace hubkeeper
