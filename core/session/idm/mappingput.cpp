// SPDX-License-Identifier: MIT
#include "session/idm/mappingput.h"

#include "base/poolcall.h"
#include "idm/access/servererror.h"
#include "idm/configuration/deploychecks.h"
#include "session/idm/deploy.h"
#include "session/idm/mappingtrials.h"
#include "session/idm/rollbackfile.h"
#include "session/idm/seenmapping.h"
#include "session/idm/serverregistry.h"
#include "session/sessiontext.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// How the mappings of a server are checked: against its own provisioners.
MappingOptions optionsFor(const ServerFacts &server, const QList<ConfigObject> &provisioners)
{
    MappingOptions options;
    options.profile = server.profile == IdmProfile::Community ? ServerProfile::Community
                                                              : ServerProfile::Commercial;
    options.knowsAllOthers = true;
    for (const ConfigObject &one : provisioners) {
        if (one.value["objectTypes"_L1].isObject())
            options.collections.addProvisioner(systemNameOf(one.value, one.id, server.profile),
                                               one.value);
    }
    return options;
}

/// Asks who answers, then reads mappings, provisioners and the schema of managed objects.
class ReadingAll final : public Call<CheckedMappings>
{
public:
    ReadingAll(ServerSession &session, QObject *parent)
        : Call(parent)
        , m_session(session)
    {
        then(m_session.ask(this), [this](const ServerFacts &facts) {
            m_found.server = facts;
            then(readServerMappings(m_session.client(), facts.profile, this),
                 [this](const ServerMappings &mappings) {
                     m_found.mappings = mappings;
                     m_found.text = mappings.text();
                     readTypes();
                 });
        });
    }

private:
    void readTypes()
    {
        then(readProvisioners(m_session.client(), this), [this](const QList<ConfigObject> &all) {
            m_found.options = optionsFor(m_found.server, all);
            readManaged();
        });
    }

    void readManaged()
    {
        always(readConfig(m_session.client(), u"managed"_s, this),
               [this](const Result<ConfigObject> &managed) {
                   if (!managed && !isNotOffered(managed.error()))
                       return complete(tl::unexpected(managed.error()));
                   if (managed && managed->value["objects"_L1].isArray())
                       m_found.options.collections.addManaged(
                           managed->value["objects"_L1].toArray());
                   complete(m_found);
               });
    }

    ServerSession &m_session;
    CheckedMappings m_found;
};

class Checking final : public Call<CheckedMappings>
{
public:
    Checking(ServerSession &session, QObject *parent)
        : Call(parent)
    {
        then(new ReadingAll(session, this), [this](const CheckedMappings &read) {
            m_found = read;
            then(checkMappings(m_found.text, m_found.options, this),
                 [this](const QList<Finding> &findings) {
                     m_found.findings = findings;
                     complete(m_found);
                 });
        });
    }

private:
    CheckedMappings m_found;
};

/// Those that are about one mapping, and those that take all mappings away.
QList<Finding> concerning(const QList<Finding> &findings, const QByteArray &text,
                          const QString &name)
{
    const JsonText all(text);
    const int node = mappingNamed(all, mappingsIn(all), name);
    const QString own = node == JsonText::none ? QString() : all.pointerOf(node);
    static const QSet<QString> ofTheList {u"HK1003"_s, u"HK1005"_s, u"HK1006"_s};
    QList<Finding> found;
    for (const Finding &finding : findings) {
        if (finding.pointer == own || finding.pointer.startsWith(own + u'/')
            || ofTheList.contains(finding.ruleId))
            found.append(finding);
    }
    return found;
}

class PlanningMapping final : public Call<MappingPlan>
{
public:
    PlanningMapping(ServerSession &session, const MappingWish &wish, QObject *parent)
        : Call(parent)
        , m_wish(wish)
    {
        then(new ReadingAll(session, this), [this](const CheckedMappings &read) { onRead(read); });
    }

private:
    void onRead(const CheckedMappings &read)
    {
        m_plan.name = m_wish.name;
        m_plan.server = read.server;
        m_plan.before = read.mappings;
        m_plan.wanted = m_wish.value;
        if (const auto present = read.mappings.find(m_wish.name))
            m_plan.seen = present->value;
        m_plan.isBaseKnown = m_wish.base.has_value();
        m_plan.hasConflict =
            m_wish.base && m_plan.seen != *m_wish.base && m_plan.seen != m_plan.wanted;
        const auto after = changed(read.mappings, {m_wish.name, m_wish.value}, read.server.profile);
        if (!after)
            return complete(tl::unexpected(after.error()));
        m_plan.after = *after;
        m_plan.text = m_plan.after.text();
        then(checkMappings(m_plan.text, read.options, this),
             [this](const QList<Finding> &findings) {
                 m_plan.findings = concerning(findings, m_plan.text, m_plan.name);
                 complete(m_plan);
             });
    }

    const MappingWish m_wish;
    MappingPlan m_plan;
};

class Putting final : public Call<MappingReport>
{
public:
    Putting(ServerSession &session, const SessionServices &services,
            std::shared_ptr<Journal> journal, const MappingPlan &plan, const QString &note,
            QObject *parent)
        : Call(parent)
        , m_server(session.server())
        , m_services(services)
        , m_journal(std::move(journal))
        , m_plan(plan)
    {
        const auto mode = modeToWrite(m_server, m_services.paths);
        if (const auto refusal = m_plan.refusal())
            complete(tl::unexpected(*refusal));
        else if (!mode)
            complete(tl::unexpected(mode.error()));
        else
            start(session, note);
    }

private:
    void start(ServerSession &session, const QString &note)
    {
        const ConfigWrite write = m_plan.write();
        m_report.configId = write.object.id;
        if (write.seen) {
            const auto path =
                saveRollbackFile(write.seen->id, textOf(*write.seen), m_server, m_services);
            if (!path)
                return complete(tl::unexpected(path.error()));
            m_report.rollbackFile = *path;
        }
        then(writeConfig(writeContextOf(session, m_services, *m_journal, note), write, this),
             [this](const ConfigWriteOutcome &outcome) {
                 m_report.written = outcome;
                 // Not remembered: the next write only knows less.
                 (void)rememberSeen(m_server, m_plan.name, m_plan.wanted, m_services.paths);
                 complete(m_report);
             });
    }

    const Server m_server;
    SessionServices m_services;
    const std::shared_ptr<Journal> m_journal;
    const MappingPlan m_plan;
    MappingReport m_report;
};

} // namespace

std::optional<Error> MappingPlan::refusal() const
{
    if (hasConflict)
        return fail(ErrorKind::Conflict,
                    SessionText::tr("Somebody else has changed the mapping %1 since it was read.")
                        .arg(name),
                    SessionText::tr("Read it again, bring your change into it, and write that. "
                                    "Nothing was sent."))
            .value();
    for (const Finding &finding : findings) {
        if (finding.severity == Severity::Error)
            return fail(ErrorKind::Refused,
                        SessionText::tr("%1: %2 %3")
                            .arg(finding.ruleId, finding.message, finding.effect),
                        finding.remedy)
                .value();
    }
    return std::nullopt;
}

ConfigWrite MappingPlan::write() const
{
    for (const ConfigObject &one : after.single) {
        const auto same = std::find_if(before.single.begin(), before.single.end(),
                                       [&](const ConfigObject &old) { return old.id == one.id; });
        if (same == before.single.end())
            return {one, std::nullopt};
        if (*same != one)
            return {one, *same};
    }
    return {after.sync.value_or(ConfigObject()), before.sync};
}

Call<CheckedMappings> *checkServerMappings(ServerSession &session, QObject *parent)
{
    return new Checking(session, parent);
}

Call<QList<Finding>> *checkMappings(const QByteArray &text, const MappingOptions &options,
                                    QObject *parent)
{
    return new PoolCall<QList<Finding>>(
        [text, options](std::stop_token) -> Result<QList<Finding>> {
            MappingOptions tried = options;
            MappingTrials trials;
            trials.addTo(tried);
            return validateMappings(JsonText(text), tried);
        },
        parent);
}

Call<MappingPlan> *planMapping(ServerSession &session, const MappingWish &wish, QObject *parent)
{
    return new PlanningMapping(session, wish, parent);
}

Call<MappingReport> *putMapping(ServerSession &session, const SessionServices &services,
                                std::shared_ptr<Journal> journal, const MappingPlan &plan,
                                const QString &note, QObject *parent)
{
    return new Putting(session, services, std::move(journal), plan, note, parent);
}

} // namespace hubkeeper
