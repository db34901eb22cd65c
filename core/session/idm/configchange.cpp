// SPDX-License-Identifier: MIT
#include "session/idm/configchange.h"

#include "reconcile/mapping/mappingreader.h"
#include "session/idm/deploy.h"
#include "session/idm/rollbackfile.h"
#include "session/idm/serverregistry.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto mappingPrefix = "mapping/"_L1;

/// What a single mapping in an object of its own must not be written with.
QList<DeployObstacle> ownMappingObstacles(IdmProfile profile)
{
    if (profile != IdmProfile::Community)
        return {};
    return {{QString(),
             SessionText::tr(
                 "A community server accepts a mapping as an object of its own, and ignores it."),
             SessionText::tr("Put it into the list of config/sync.")}};
}

class PlanningConfig final : public Call<ConfigChangePlan>
{
public:
    PlanningConfig(ServerSession &session, ConfigWish wish, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_wish(std::move(wish))
    {
        then(session.ask(this), [this](const ServerFacts &facts) {
            m_plan.server = facts;
            readNow();
        });
    }

private:
    void readNow()
    {
        always(readConfig(m_session.client(), m_wish.id, this),
               [this](const Result<ConfigObject> &now) {
                   if (now)
                       m_plan.write.seen = *now;
                   else if (now.error().kind != ErrorKind::NotFound)
                       return complete(tl::unexpected(now.error()));
                   compare();
               });
    }

    void compare()
    {
        const auto &seen = m_plan.write.seen;
        m_plan.write.deletes = !m_wish.file;
        m_plan.write.object = {m_wish.id, {}};
        if (!m_wish.file && !seen)
            return complete(
                fail(ErrorKind::NotFound, SessionText::tr("The server has no %1.").arg(m_wish.id)));
        if (m_wish.base && (!seen || !differences(*m_wish.base, seen->value).isEmpty()))
            return complete(fail(ErrorKind::Conflict,
                                 SessionText::tr("%1 on the server is not what the file was made "
                                                 "from: somebody has written it since.")
                                     .arg(m_wish.id),
                                 SessionText::tr("Get it again, and make your change in that.")));
        if (m_wish.file) {
            m_plan.write.object.value = m_wish.file->valueOf(m_wish.file->root()).toObject();
            for (const auto &added : {"_id"_L1, "_rev"_L1, "_type"_L1, "_pushActionOnly"_L1})
                m_plan.write.object.value.remove(added); // By servers and export tools.
            if (seen)
                m_plan.difference = differenceTo(*m_wish.file, *seen);
        }
        check();
    }

    void check()
    {
        const QJsonObject &value = m_plan.write.object.value;
        if (m_plan.write.deletes)
            return complete(m_plan);
        if (m_wish.id == "sync"_L1)
            m_plan.obstacles = mappingObstacles(value);
        else if (m_wish.id.startsWith(mappingPrefix))
            m_plan.obstacles = ownMappingObstacles(m_plan.server.profile);
        if (!m_wish.id.startsWith(provisionerPrefix))
            return complete(m_plan);
        then(readProvisioners(m_session.client(), this), [this](const QList<ConfigObject> &others) {
            m_plan.obstacles = deployObstacles(m_plan.write.object.value, m_wish.id,
                                               m_plan.server.profile, others);
            complete(m_plan);
        });
    }

    ServerSession &m_session;
    const ConfigWish m_wish;
    ConfigChangePlan m_plan;
};

class Changing final : public Call<ConfigChangeReport>
{
public:
    Changing(ServerSession &session, const SessionServices &services,
             std::shared_ptr<Journal> journal, const ConfigChangePlan &plan, const QString &note,
             QObject *parent)
        : Call(parent)
        , m_journal(std::move(journal))
    {
        if (const auto refused = refusalOf(session, services, plan)) {
            complete(tl::unexpected(*refused));
            return;
        }
        if (plan.write.seen) {
            const auto saved = saveRollbackFile(plan.write.object.id, textOf(*plan.write.seen),
                                                session.server(), services);
            if (!saved) {
                complete(tl::unexpected(saved.error()));
                return;
            }
            m_report.rollbackFile = *saved;
        }
        then(writeConfig(writeContextOf(session, services, *m_journal, note), plan.write, this),
             [this](const ConfigWriteOutcome &outcome) {
                 m_report.written = outcome;
                 complete(m_report);
             });
    }

private:
    static std::optional<Error> refusalOf(const ServerSession &session,
                                          const SessionServices &services,
                                          const ConfigChangePlan &plan)
    {
        if (const auto refused = plan.refusal())
            return refused;
        const auto mode = modeToWrite(session.server(), services.paths);
        return mode ? std::nullopt : std::optional(mode.error());
    }

    const std::shared_ptr<Journal> m_journal;
    ConfigChangeReport m_report;
};

} // namespace

bool ConfigChangePlan::isSame() const
{
    return difference && difference->isSame() && difference->notCompared.isEmpty();
}

std::optional<Error> ConfigChangePlan::refusal() const
{
    if (!obstacles.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Refused;
        error.what = obstacles.first().what;
        error.remedy = obstacles.first().remedy;
        return error;
    }
    return std::nullopt;
}

Call<ConfigChangePlan> *planConfigChange(ServerSession &session, const ConfigWish &wish,
                                         QObject *parent)
{
    return new PlanningConfig(session, wish, parent);
}

Call<ConfigChangeReport> *changeConfig(ServerSession &session, const SessionServices &services,
                                       std::shared_ptr<Journal> journal,
                                       const ConfigChangePlan &plan, const QString &note,
                                       QObject *parent)
{
    return new Changing(session, services, std::move(journal), plan, note, parent);
}

QList<DeployObstacle> mappingObstacles(const QJsonObject &sync)
{
    const QString remedy = SessionText::tr("`hubkeeper-cli validate` says more.");
    if (!sync["mappings"_L1].isArray())
        return {{u"/mappings"_s, SessionText::tr("There is no list of mappings."), remedy}};
    const auto all = readMappings(sync["mappings"_L1].toArray());
    if (!all)
        return {{u"/mappings"_s, all.error().what, remedy}};
    QList<DeployObstacle> found;
    if (!all->unknown.isEmpty())
        found.append(
            {u"/mappings"_s,
             SessionText::tr("The server would no longer know any mapping: %1").arg(all->unknown),
             remedy});
    for (size_t i = 0; i < all->mappings.size(); ++i) {
        const SyncMapping &mapping = all->mappings[i];
        if (!mapping.breaks.isEmpty())
            found.append({u"/mappings/%1"_s.arg(i),
                          SessionText::tr("Every run of %1 would break off: %2")
                              .arg(mapping.name, mapping.breaks),
                          remedy});
    }
    return found;
}

} // namespace hubkeeper
