// SPDX-License-Identifier: MIT
#include "session/idm/linkrepair.h"

#include "idm/reading/mappinglist.h"
#include "idm/reconciliation/readruns.h"
#include "session/idm/deploy.h"
#include "session/idm/linkuse.h"
#include "session/idm/rollbackfile.h"
#include "session/sessiontext.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto kindWord = "hubkeeper-links"_L1;
constexpr int planVersion = 1;

class Surveying final : public Call<LinkSurvey>
{
public:
    Surveying(ServerSession &session, LinkQuestion question, QObject *parent)
        : Call(parent)
        , m_client(session.client())
        , m_question(std::move(question))
    {
        then(session.ask(this), [this](const ServerFacts &facts) {
            then(readMappingList(m_client, facts.profile, this),
                 [this](const QJsonArray &mappings) { onMappings(mappings); });
        });
    }

private:
    void onMappings(const QJsonArray &mappings)
    {
        const auto use = linkUseOf(mappings, m_question.mapping);
        if (!use)
            return complete(tl::unexpected(use.error()));
        m_survey.use = *use;
        readAll();
    }

    void readAll()
    {
        Call<QList<ServerLink>> *links = readLinks(m_client, m_survey.use.type, this);
        connect(links, &CallBase::progressed, this, &CallBase::progressed);
        then(links, [this](const QList<ServerLink> &all) {
            m_survey.links = all;
            readRun();
        });
    }

    void readRun()
    {
        if (m_question.runId.isEmpty())
            return readSource();
        then(readAudit(
                 m_client, {m_question.runId, u"FOUND_ALREADY_LINKED"_s},
                 [this](const AuditEntry &entry) { m_entries.append(entry); }, this),
             [this](qint64) { readSource(); });
    }

    void readSource()
    {
        if (!m_question.looksForOrphans)
            return judge();
        readSide(m_survey.use.source, m_sides.sources,
                 [this] { readSide(m_survey.use.target, m_sides.targets, [this] { judge(); }); });
    }

    template <typename Next>
    void readSide(const QString &collection, std::optional<QSet<QString>> &ids, Next next)
    {
        Call<QSet<QString>> *reading = readIds(m_client, collection, this);
        connect(reading, &CallBase::progressed, this, &CallBase::progressed);
        always(reading, [this, collection, &ids, next](const Result<QSet<QString>> &found) {
            if (!found && found.error().kind == ErrorKind::Cancelled)
                return complete(tl::unexpected(found.error()));
            if (!found)
                m_survey.notCompared.append(
                    SessionText::tr("%1 cannot be read: %2").arg(collection, found.error().what));
            else if (found->isEmpty())
                m_survey.notCompared.append(
                    SessionText::tr(
                        "%1 has no objects at all; its links are not treated as orphans.")
                        .arg(collection));
            else
                ids = *found;
            next();
        });
    }

    void judge()
    {
        m_survey.faulty = faultyLinks(m_survey.links, m_survey.use, m_sides, m_entries);
        if (!m_question.looksTwice)
            return complete(m_survey);
        for (const FaultyLink &one : std::as_const(m_survey.faulty)) {
            const auto source = m_survey.use.sourceId(one.link);
            const auto target = m_survey.use.targetId(one.link);
            if (one.fault == LinkFault::SourceGone || one.fault == LinkFault::BothGone)
                m_doubtful.append({m_survey.use.source, *source});
            if (one.fault == LinkFault::TargetGone || one.fault == LinkFault::BothGone)
                m_doubtful.append({m_survey.use.target, *target});
        }
        lookAgain();
    }

    void lookAgain()
    {
        if (m_doubtful.isEmpty()) {
            m_survey.faulty = faultyLinks(m_survey.links, m_survey.use, m_sides, m_entries);
            return complete(m_survey);
        }
        const auto [collection, id] = m_doubtful.takeFirst();
        then(isThere(m_client, collection, id, this), [this, collection, id](bool isThere) {
            auto &ids = collection == m_survey.use.source ? m_sides.sources : m_sides.targets;
            if (isThere && ids)
                ids->insert(id);
            lookAgain();
        });
    }

    IdmClient &m_client;
    const LinkQuestion m_question;
    LinkSurvey m_survey;
    SideIds m_sides;
    QList<AuditEntry> m_entries;
    QList<std::pair<QString, QString>> m_doubtful; // Collection and id.
};

/// Whether the links are deleted, or made again.
enum class Direction { Delete, Restore };

class Repairing final : public Call<LinkRepairReport>
{
public:
    Repairing(ServerSession &session, const SessionServices &services,
              std::shared_ptr<Journal> journal, const LinkPlan &plan, const QString &note,
              std::function<bool()> wantsStop, Direction direction, QObject *parent)
        : Call(parent)
        , m_journal(std::move(journal))
    {
        if (const auto checked = checkPlan(plan, session.server()); !checked) {
            complete(tl::unexpected(checked.error()));
            return;
        }
        ServerWriteContext context = writeContextOf(session, services, *m_journal, note);
        // Before anything is kept: a server that may not be written needs no roll-back file.
        if (const auto allowed = context.guard(); !allowed) {
            complete(tl::unexpected(allowed.error()));
            return;
        }
        if (direction == Direction::Delete) {
            const auto saved = saveRollbackFile(u"links-"_s + plan.mapping, textOf(plan),
                                                session.server(), services);
            if (!saved) {
                complete(tl::unexpected(saved.error()));
                return;
            }
            m_report.rollbackFile = *saved;
        }
        context.guard = [guard = context.guard,
                         wantsStop = std::move(wantsStop)]() -> Result<void> {
            if (wantsStop && wantsStop())
                return fail(ErrorKind::Cancelled,
                            SessionText::tr("Stopped; the rest was not sent."));
            return guard();
        };
        std::vector<std::shared_ptr<ServerWrite>> writes;
        for (const FaultyLink &one : plan.links)
            writes.push_back(serverWriteOf(LinkWrite {one.link, direction == Direction::Delete}));
        m_report.planned = qsizetype(writes.size());
        then(writeToServer(context, std::move(writes), this),
             [this](const ServerWriteReport &report) {
                 m_report.written = report;
                 if (report.run.isEmpty() && report.stopped)
                     return complete(tl::unexpected(*report.stopped));
                 complete(m_report);
             });
    }

private:
    const std::shared_ptr<Journal> m_journal;
    LinkRepairReport m_report;
};

std::optional<LinkFault> faultFrom(const QString &name)
{
    for (const LinkFault fault :
         {LinkFault::NoSource, LinkFault::NoTarget, LinkFault::SourceGone, LinkFault::TargetGone,
          LinkFault::BothGone, LinkFault::Occupies}) {
        if (nameOf(fault) == name)
            return fault;
    }
    return std::nullopt;
}

} // namespace

Call<LinkSurvey> *surveyLinks(ServerSession &session, const LinkQuestion &question, QObject *parent)
{
    return new Surveying(session, question, parent);
}

QByteArray textOf(const LinkPlan &plan)
{
    QJsonArray links;
    for (const FaultyLink &one : plan.links) {
        QJsonObject json {{u"fault"_s, nameOf(one.fault)}, {u"link"_s, serverLinkJson(one.link)}};
        if (!one.other.isEmpty())
            json.insert(u"other"_s, one.other);
        links.append(json);
    }
    return QJsonDocument(QJsonObject {{u"kind"_s, QString(kindWord)},
                                      {u"version"_s, planVersion},
                                      {u"server"_s, plan.server},
                                      {u"label"_s, plan.label},
                                      {u"mapping"_s, plan.mapping},
                                      {u"links"_s, links}})
        .toJson();
}

Result<LinkPlan> linkPlanFrom(const QByteArray &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    if (json["kind"_L1].toString() != kindWord || json["version"_L1].toInt() != planVersion)
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("This is not a file of links that Hubkeeper has written."),
                    SessionText::tr("`idm links repair --plan` writes one."));
    LinkPlan plan;
    plan.server = json["server"_L1].toString();
    plan.label = json["label"_L1].toString();
    plan.mapping = json["mapping"_L1].toString();
    const QJsonArray links = json["links"_L1].toArray();
    for (const QJsonValue &entry : links) {
        const auto link = serverLinkFrom(entry["link"_L1].toObject());
        const auto fault = faultFrom(entry["fault"_L1].toString());
        if (!link || !fault)
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("A link of the file cannot be read."),
                        SessionText::tr("Leave out whole entries of `links` only; \"_id\" and "
                                        "\"fault\" have to stay as they were written."));
        plan.links.append({*link, *fault, entry["other"_L1].toString()});
    }
    return plan;
}

Result<void> checkPlan(const LinkPlan &plan, const Server &server)
{
    if (plan.server == server.id)
        return {};
    return fail(
        ErrorKind::Refused,
        SessionText::tr("The links are of the server %1, not of %2.").arg(plan.label, server.label),
        SessionText::tr("Name that server; nothing was sent."));
}

Call<LinkRepairReport> *repairLinks(ServerSession &session, const SessionServices &services,
                                    std::shared_ptr<Journal> journal, const LinkPlan &plan,
                                    const QString &note, std::function<bool()> wantsStop,
                                    QObject *parent)
{
    return new Repairing(session, services, std::move(journal), plan, note, std::move(wantsStop),
                         Direction::Delete, parent);
}

Call<LinkRepairReport> *restoreLinks(ServerSession &session, const SessionServices &services,
                                     std::shared_ptr<Journal> journal, const LinkPlan &plan,
                                     const QString &note, std::function<bool()> wantsStop,
                                     QObject *parent)
{
    return new Repairing(session, services, std::move(journal), plan, note, std::move(wantsStop),
                         Direction::Restore, parent);
}

} // namespace hubkeeper
