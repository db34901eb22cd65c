// SPDX-License-Identifier: MIT
#include "session/idm/rollback.h"

#include "idm/configuration/deploychecks.h"
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
        if (m_plan.row.thing == WrittenThing::Reconciliation)
            return complete(
                fail(ErrorKind::Refused,
                     SessionText::tr("The run %1 is a reconciliation: what it did cannot be taken "
                                     "back from here.")
                         .arg(m_plan.run),
                     SessionText::tr("Correct the mapping, and look at a preview of the next "
                                     "run.")));
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
class RollingBack final : public Call<RollbackReport>
{
public:
    RollingBack(ServerSession &session, const SessionServices &services,
                std::shared_ptr<Journal> journal, const RollbackPlan &plan,
                const ActivationWait &wait, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_services(services)
        , m_journal(std::move(journal))
        , m_wait(wait)
    {
        if (!plan.write) {
            complete(m_report);
            return;
        }
        ServerWriteContext context =
            writeContextOf(session, services, *m_journal, SessionText::tr("Roll-back"));
        context.start.revertOf = plan.run;
        then(writeConfig(context, *plan.write, this),
             [this, write = *plan.write](const ConfigWriteOutcome &outcome) {
                 m_report.written = outcome;
                 prove(write);
             });
    }

private:
    void prove(const ConfigWrite &write)
    {
        const ConfigObject &object = write.object;
        if (write.deletes || !object.id.startsWith(provisionerPrefix))
            return complete(m_report);
        always(m_session.ask(this), [this, object](const Result<ServerFacts> &facts) {
            const IdmProfile profile = facts ? facts->profile : IdmProfile::Commercial;
            m_report.connector = systemNameOf(object.value, object.id, profile);
            wait(object.value);
        });
    }

    void wait(const QJsonObject &configuration)
    {
        then(
            waitUntilActive(m_session, m_services, m_report.connector, configuration, m_wait, this),
            [this](const Activation &activation) {
                m_report.activation = activation;
                complete(m_report);
            });
    }

    ServerSession &m_session;
    const SessionServices m_services;
    const std::shared_ptr<Journal> m_journal;
    const ActivationWait m_wait;
    RollbackReport m_report;
};

} // namespace

Call<RollbackPlan> *planRollback(ServerSession &session, std::shared_ptr<Journal> journal,
                                 const QString &run, QObject *parent)
{
    return new PlanningRollback(session, std::move(journal), run, parent);
}

Call<RollbackReport> *rollBack(ServerSession &session, const SessionServices &services,
                               std::shared_ptr<Journal> journal, const RollbackPlan &plan,
                               const ActivationWait &wait, QObject *parent)
{
    return new RollingBack(session, services, std::move(journal), plan, wait, parent);
}

} // namespace hubkeeper
