// SPDX-License-Identifier: MIT
#include "session/idm/serveranalysis.h"

#include "base/savefile.h"
#include "idm/configuration/configobjects.h"
#include "idm/writing/configwrite.h"
#include "reconcile/mapping/mappingreader.h"
#include "session/idm/deploy.h"
#include "session/sessiontext.h"

#include <QFile>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto namePrefix = "hubkeeperReport_"_L1;
constexpr auto syncId = "sync"_L1;

/// Kept here while a REPORT mapping may be on the server.
QString markPath(const Server &server, const SessionServices &services)
{
    return services.paths.data + u"/reports/"_s + server.id;
}

Result<void> setMark(const Server &server, const SessionServices &services, const QString &name)
{
    return makePrivateFolder(services.paths.data + u"/reports"_s).and_then([&] {
        return saveFile(markPath(server, services), name.toUtf8(), FileMode::KeepOrPrivate);
    });
}

/// The name of the mapping that may have been left; empty: none.
QString markedName(const Server &server, const SessionServices &services)
{
    QFile file(markPath(server, services));
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The list without that mapping.
QJsonObject without(QJsonObject sync, const QString &name)
{
    QJsonArray kept;
    const QJsonArray mappings = sync["mappings"_L1].toArray();
    for (const QJsonValue &mapping : mappings) {
        if (mapping["name"_L1].toString() != name)
            kept.append(mapping);
    }
    sync.insert(u"mappings"_s, kept);
    return sync;
}

/// Takes the REPORT mapping of the mark out of the list as it is now, and the mark off.
class Removing final : public Call<bool>
{
public:
    Removing(ServerSession &session, const SessionServices &services,
             std::shared_ptr<Journal> journal, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_services(services)
        , m_journal(std::move(journal))
    {
        m_name = markedName(session.server(), services);
        if (!m_name.startsWith(namePrefix)) { // There is none of ours.
            complete(false);
            return;
        }
        always(readConfig(session.client(), syncId, this), [this](const Result<ConfigObject> &now) {
            if (now)
                return remove(*now);
            if (now.error().kind == ErrorKind::NotFound) // No mapping at all.
                return done(false);
            complete(tl::unexpected(now.error()));
        });
    }

private:
    void remove(const ConfigObject &now)
    {
        const QJsonObject wanted = without(now.value, m_name);
        if (wanted == now.value)
            return done(false);
        then(writeConfig(writeContextOf(m_session, m_services, *m_journal,
                                        SessionText::tr("Removes the REPORT mapping")),
                         {{now.id, wanted}, now}, this),
             [this](const ConfigWriteOutcome &) { done(true); });
    }

    void done(bool wasThere)
    {
        const auto removed = removeFile(markPath(m_session.server(), m_services));
        if (!removed)
            return complete(tl::unexpected(removed.error()));
        complete(wasThere);
    }

    ServerSession &m_session;
    const SessionServices m_services;
    const std::shared_ptr<Journal> m_journal;
    QString m_name;
};

class Analysing final : public Call<AnalysisResult>
{
public:
    Analysing(ServerSession &session, const SessionServices &services,
              std::shared_ptr<Journal> journal, const QString &mapping, bool mayWriteMapping,
              WatchOptions options, QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_services(services)
        , m_journal(std::move(journal))
        , m_mapping(mapping)
        , m_mayWriteMapping(mayWriteMapping)
        , m_options(std::move(options))
    {
        then(session.ask(this), [this](const ServerFacts &facts) {
            const auto way = analysisWayOf(facts);
            if (!way)
                return complete(tl::unexpected(way.error()));
            m_result.way = *way;
            if (*way == AnalysisWay::Analyze)
                return analyse();
            if (!m_mayWriteMapping)
                return complete(
                    fail(ErrorKind::Refused,
                         SessionText::tr("This server can only analyze with a temporary mapping, "
                                         "which has not been allowed."),
                         SessionText::tr("Allow it with --with-report-mapping, or use the preview, "
                                         "which writes nothing.")));
            readSync();
        });
    }

private:
    void analyse()
    {
        ReconOrder order;
        order.mapping = m_mapping;
        order.isAnalysis = true;
        then(startRun(m_session, m_services, m_journal, order, SessionText::tr("Analysis"), this),
             [this](const StartedRun &started) {
                 m_started = started;
                 always(m_session.client().get(u"recon/assoc/"_s + started.id, this),
                        [this](const Result<IdmReply> &reply) {
                            if (reply && reply->body["isAnalysis"_L1].toBool())
                                return watch(m_started.id);
                            stopRealRun();
                        });
             });
    }

    /// The server does not say that it is an analysis: it may be running for real.
    void stopRealRun()
    {
        always(
            cancelRun(m_session, m_services, m_journal, m_started.id, this),
            [this](const Result<void> &) {
                complete(fail(
                    ErrorKind::OutcomeUnknown,
                    SessionText::tr("The server does not confirm that the run %1 is an analysis. "
                                    "The run was cancelled, but it may have written something.")
                        .arg(m_started.id),
                    SessionText::tr("Look at what it did: `hubkeeper-cli idm recon show "
                                    "%1`.")
                        .arg(m_started.id)));
            });
    }

    void readSync()
    {
        then(readConfig(m_session.client(), syncId, this), [this](const ConfigObject &sync) {
            const auto made = reportMapping(sync.value, m_mapping);
            if (!made)
                return complete(tl::unexpected(made.error()));
            QJsonObject wanted = sync.value;
            QJsonArray mappings = wanted["mappings"_L1].toArray();
            mappings.append(*made);
            wanted.insert(u"mappings"_s, mappings);
            const auto marked =
                setMark(m_session.server(), m_services, reportMappingName(m_mapping));
            if (!marked)
                return complete(tl::unexpected(marked.error()));
            write({{sync.id, wanted}, sync});
        });
    }

    void write(const ConfigWrite &change)
    {
        always(writeConfig(writeContextOf(m_session, m_services, *m_journal,
                                          SessionText::tr("A temporary REPORT mapping")),
                           change, this),
               [this](const Result<ConfigWriteOutcome> &written) {
                   if (!written)
                       return giveUp(written.error());
                   report();
               });
    }

    void report()
    {
        ReconOrder order;
        order.mapping = reportMappingName(m_mapping);
        always(startRun(m_session, m_services, m_journal, order, SessionText::tr("Analysis"), this),
               [this](const Result<StartedRun> &begun) {
                   if (!begun)
                       return giveUp(begun.error());
                   m_started = *begun;
                   watch(begun->id);
               });
    }

    void watch(const QString &id)
    {
        always(watchRun(m_session, m_services, id, m_options, this),
               [this](const Result<ServerRun> &run) {
                   if (!run)
                       return giveUp(run.error());
                   m_result.run = *run;
                   readEntries();
               });
    }

    void readEntries()
    {
        const auto take = [this](const AuditEntry &entry) { m_result.entries.append(entry); };
        Call<qint64> *reading = nullptr;
        if (m_result.way == AnalysisWay::ReportMapping) {
            reading = readAudit(m_session.client(), {m_started.id, {}}, take, this);
        } else {
            PagedQuery query;
            query.path = u"recon/assoc/%1/entry"_s.arg(m_started.id);
            reading = readPages(
                m_session.client(), query,
                [take](const QJsonArray &rows) {
                    for (const QJsonValue &row : rows)
                        take(auditEntryFrom(row.toObject()));
                },
                this);
        }
        always(reading, [this](const Result<qint64> &count) {
            if (!count)
                return giveUp(count.error());
            giveUp(std::nullopt);
        });
    }

    /// Takes the mapping away in any case, then ends.
    void giveUp(const std::optional<Error> &why)
    {
        if (m_result.way == AnalysisWay::Analyze)
            return finish(why);
        always(removeLeftReport(m_session, m_services, m_journal, this),
               [this, why](const Result<bool> &removed) {
                   if (!removed)
                       m_result.notRemoved = removed.error();
                   finish(why);
               });
    }

    void finish(const std::optional<Error> &why)
    {
        if (why)
            return complete(tl::unexpected(*why));
        complete(m_result);
    }

    ServerSession &m_session;
    const SessionServices m_services;
    const std::shared_ptr<Journal> m_journal;
    const QString m_mapping;
    const bool m_mayWriteMapping;
    const WatchOptions m_options;
    StartedRun m_started;
    AnalysisResult m_result;
};

/// Every situation there is, reported and nothing else.
QJsonArray reportPolicies()
{
    QJsonArray policies;
    for (const SyncSituation situation : reconSituations())
        policies.append(QJsonObject {{u"situation"_s, wordOf(situation)},
                                     {u"action"_s, wordOf(SyncAction::Report)}});
    return policies;
}

} // namespace

Result<AnalysisWay> analysisWayOf(const ServerFacts &facts)
{
    if (facts.profile == IdmProfile::Community)
        return AnalysisWay::ReportMapping;
    const QVersionNumber version = QVersionNumber::fromString(facts.version);
    if (!version.isNull() && version >= QVersionNumber(7, 5))
        return AnalysisWay::Analyze;
    return fail(ErrorKind::Refused,
                version.isNull()
                    ? SessionText::tr("The server does not say its version, so it is not known "
                                      "whether it can analyze: one that cannot would run for real.")
                    : SessionText::tr("Version %1 is not known to analyze: it would run for real.")
                          .arg(facts.version),
                SessionText::tr("Use the preview. Nothing was sent."));
}

QString reportMappingName(const QString &mapping)
{
    return namePrefix + mapping;
}

Result<QJsonObject> reportMapping(const QJsonObject &sync, const QString &name)
{
    const auto all = readMappings(sync["mappings"_L1].toArray());
    if (!all)
        return tl::unexpected(all.error());
    if (!all->unknown.isEmpty())
        return fail(ErrorKind::Refused,
                    SessionText::tr("The server does not know any mapping: %1").arg(all->unknown),
                    SessionText::tr("Correct `links` in that mapping first: `hubkeeper-cli idm "
                                    "mappings check` shows where."));
    const SyncMapping *mapping = all->find(name);
    if (!mapping)
        return fail(ErrorKind::NotFound, SessionText::tr("There is no mapping %1.").arg(name),
                    SessionText::tr("`hubkeeper-cli idm mappings list` shows those there are."));
    if (all->find(reportMappingName(name)))
        return fail(ErrorKind::Refused,
                    SessionText::tr("A mapping %1 is there already.").arg(reportMappingName(name)),
                    SessionText::tr("Remove it first."));
    QJsonObject report = mapping->asWritten;
    for (const auto &hook : {"onCreate"_L1, "onUpdate"_L1, "onDelete"_L1, "onLink"_L1,
                             "onUnlink"_L1, "onRecon"_L1, "result"_L1, "postMapping"_L1, "_id"_L1})
        report.remove(hook);
    report.insert(u"name"_s, reportMappingName(name));
    report.insert(u"displayName"_s, reportMappingName(name));
    report.insert(u"links"_s, mapping->links);
    report.insert(u"enableSync"_s, false);
    report.insert(u"taskThreads"_s, 0);
    report.insert(u"policies"_s, reportPolicies());
    QJsonArray mappings = sync["mappings"_L1].toArray();
    mappings.append(report);
    const auto after = readMappings(mappings);
    if (!after || !after->unknown.isEmpty())
        return fail(ErrorKind::Refused,
                    SessionText::tr(
                        "With a REPORT mapping for %1 the server would no longer know any mapping.")
                        .arg(name));
    return report;
}

Call<AnalysisResult> *analyseOnServer(ServerSession &session, const SessionServices &services,
                                      std::shared_ptr<Journal> journal, const QString &mapping,
                                      bool mayWriteMapping, const WatchOptions &options,
                                      QObject *parent)
{
    return new Analysing(session, services, std::move(journal), mapping, mayWriteMapping, options,
                         parent);
}

bool mayHaveLeftReport(const Server &server, const SessionServices &services)
{
    return QFile::exists(markPath(server, services));
}

Call<bool> *removeLeftReport(ServerSession &session, const SessionServices &services,
                             std::shared_ptr<Journal> journal, QObject *parent)
{
    return new Removing(session, services, std::move(journal), parent);
}

} // namespace hubkeeper
