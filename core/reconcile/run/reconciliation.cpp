// SPDX-License-Identifier: MIT
#include "reconcile/run/reconciliation.h"

#include "reconcile/reconciletext.h"
#include "reconcile/run/objectsync.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The rows of a side; whole objects where they count as such (facts 53).
struct Listed
{
    QStringList ids;
    KeptRows objects;
};

bool isWhole(const QJsonObject &row)
{
    return row.size() > 2; // More than _id and _rev.
}

/// One run, from its start to its result.
class Reconciliation
{
public:
    Reconciliation(const SyncMappings &all, const SyncMapping &mapping, const ReconRequest &request,
                   const SyncWorld &world, std::stop_token stop, const ReconObserver &observer,
                   const EntrySink &sink)
        : m_run(all, mapping, world)
        , m_request(request)
        , m_stop(std::move(stop))
        , m_observer(observer)
        , m_sink(sink)
    {
        m_result.mapping = mapping.name;
        for (const SyncSituation situation : reconSituations())
            m_result.situations.insert(situation, 0);
    }

    ReconResult run()
    {
        const Step step = phases();
        if (!step && step.error().kind == SyncTrouble::Break) {
            m_result.state = ReconResult::State::Failed;
            m_result.cause = step.error().reason;
        }
        m_result.serverScripts = m_run.serverScripts;
        if (!m_run.serverScripts.isEmpty() || m_result.state == ReconResult::State::Canceled)
            m_result.complete = false;
        return std::move(m_result);
    }

private:
    Step phases()
    {
        if (const Step step = runHook(u"onRecon"_s, {}); !step)
            return step;
        auto sources = m_request.id
            ? Found<Listed>(Listed {{*m_request.id}, {}})
            : list(m_run.mapping.source, u"sourceQuery"_s, m_run.mapping.sourceQuery,
                   m_run.mapping.sourceQueryFullEntry);
        if (!sources)
            return tl::unexpected(sources.error());
        if (sources->ids.isEmpty()
            && !setting(u"allowEmptySourceSet"_s, m_run.mapping.allowEmptySourceSet))
            return trouble(SyncTrouble::Break,
                           ReconcileText::tr("There are no source objects, and the mapping does "
                                             "not allow that."));
        Listed targets;
        if (const Step step = listTargets(targets); !step)
            return step;
        if (const Step step = m_run.prefetchLinks(); !step)
            return step;
        m_progress.sources = sources->ids.size();
        if (const Step step = sourcePhase(*sources); !step)
            return step;
        if (const Step step = targetPhase(targets.ids); !step)
            return step;
        if (m_result.state == ReconResult::State::Canceled)
            return {};
        return runHook(u"result"_s, statistics());
    }

    [[nodiscard]] bool setting(const QString &name, bool ofMapping) const
    {
        return m_request.overrides.value(name).toBool(ofMapping);
    }

    Found<Listed> list(const QString &collection, const QString &key, const QJsonObject &ofMapping,
                       const std::optional<bool> &full)
    {
        const QJsonValue override = m_request.overrides.value(key);
        ObjectQuery query {override.isObject() ? override.toObject() : ofMapping};
        const QString where = query.parameters["resourceName"_L1].toString(collection);
        if (query.filter().isNull() && query.queryId().isNull())
            query = ObjectQuery::allIds();
        Listed listed;
        const auto visited =
            m_run.world.objects.visit(where, query, [&](const QString &id, const QJsonObject *row) {
                listed.ids.append(id);
                const QJsonObject seen = row ? *row : QJsonObject {{u"_id"_s, id}};
                if (full.value_or(isWhole(seen)))
                    listed.objects.insert(id, seen);
            });
        if (!visited)
            return trouble(SyncTrouble::Break,
                           ReconcileText::tr("%1 failed: %2").arg(key, visited.error().message));
        return listed;
    }

    Step listTargets(Listed &targets)
    {
        const bool ofMapping = m_run.mapping.runTargetPhase.value_or(!m_request.id);
        if (!setting(u"runTargetPhase"_s, ofMapping))
            return {};
        auto listed = list(m_run.mapping.target, u"targetQuery"_s, m_run.mapping.targetQuery,
                           m_run.mapping.targetQueryFullEntry);
        if (!listed)
            return tl::unexpected(listed.error());
        targets = std::move(*listed);
        m_run.targets.emplace();
        for (const QString &id : std::as_const(targets.ids))
            m_run.targets->insert(m_run.normalTarget(id));
        m_run.targetRows = std::move(targets.objects);
        m_progress.targets = targets.ids.size();
        return {};
    }

    bool isStopped()
    {
        if (m_stop.stop_requested())
            m_result.state = ReconResult::State::Canceled;
        return m_stop.stop_requested();
    }

    Step sourcePhase(const Listed &sources)
    {
        for (const QString &id : sources.ids) {
            if (isStopped())
                return {};
            std::optional<QJsonObject> object = sources.objects.find(id);
            if (!object) {
                auto read = m_run.world.objects.read(m_run.mapping.source, id);
                if (!read)
                    return trouble(SyncTrouble::Break, read.error().message);
                object = std::move(*read);
            }
            if (const Step step = syncSource(id, object); !step)
                return step;
            ++m_progress.sourcesDone;
            report();
        }
        return {};
    }

    Step syncSource(const QString &id, const std::optional<QJsonObject> &object)
    {
        const auto qualifiers =
            m_run.qualifiersOf(object ? QJsonValue(*object) : QJsonValue(QJsonValue::Null));
        if (!qualifiers)
            return undecided(qualifiers.error(), id);
        bool hasFailed = false;
        for (const QString &qualifier : *qualifiers) {
            if (!m_run.knows(qualifier))
                return trouble(SyncTrouble::Break,
                               ReconcileText::tr("The link qualifier %1 is not among those that "
                                                 "the mapping has in all.")
                                   .arg(qualifier));
            ObjectSync sync(m_run, qualifier);
            sync.ofSource(id, object);
            const Step step = sync.sync();
            const QStringList touched = sync.touchedTargets();
            for (const QString &target : touched)
                m_touched.insert(m_run.normalTarget(target)); // Under whichever qualifier.
            if (!step)
                return step;
            take(sync.entry(), hasFailed);
        }
        return {};
    }

    /// Link qualifiers that only the server can find.
    Step undecided(const SyncTrouble &why, const QString &sourceId)
    {
        if (why.kind != SyncTrouble::OnServer)
            return tl::unexpected(why);
        ReconEntry entry;
        entry.sourceId = sourceId;
        entry.status = ReconEntry::Status::Unknown;
        entry.certain = false;
        entry.reason = why.reason;
        bool hasFailed = false;
        take(entry, hasFailed);
        return {};
    }

    Step targetPhase(const QStringList &targets)
    {
        m_progress.inTargetPhase = true;
        if (targets.isEmpty() || m_result.state == ReconResult::State::Canceled)
            return {};
        const auto qualifiers = m_run.allQualifiers();
        if (!qualifiers)
            return qualifiers.error().kind == SyncTrouble::OnServer
                ? Step()
                : Step(tl::unexpected(qualifiers.error()));
        for (const QString &id : targets) {
            if (isStopped())
                return {};
            bool hasFailed = false;
            for (const QString &qualifier : *qualifiers) {
                if (m_touched.contains(m_run.normalTarget(id)))
                    break;
                ObjectSync sync(m_run, qualifier);
                sync.ofTarget(id);
                if (const Step step = sync.sync(); !step)
                    return step;
                take(sync.entry(), hasFailed);
            }
            ++m_progress.targetsDone;
            report();
        }
        return {};
    }

    /// Counts and keeps an entry. A failure sticks to the qualifiers that follow (fact 55).
    void take(ReconEntry entry, bool &hasFailed)
    {
        if (hasFailed && entry.status == ReconEntry::Status::Success) {
            entry.status = ReconEntry::Status::Failure;
            entry.failed = true;
            entry.reason = ReconcileText::tr("It was done; an earlier link qualifier of the same "
                                             "object failed.");
        }
        hasFailed = hasFailed || entry.status == ReconEntry::Status::Failure;
        if (entry.situation)
            ++m_result.situations[*entry.situation];
        else if (entry.status == ReconEntry::Status::Unknown)
            m_hasUndecided = true;
        if (entry.ofTargetPhase && m_hasUndecided)
            entry.certain = false; // An undecided source may have it.
        if (entry.status == ReconEntry::Status::Failure)
            ++m_result.failures;
        else if (entry.status == ReconEntry::Status::Success)
            ++m_result.successes;
        if (m_run.mapping.hooks.contains(u"result"_s)) // It alone sees them.
            count(entry);
        if (entry.action == SyncAction::NoReport && entry.status == ReconEntry::Status::Success)
            return;
        if (m_sink)
            m_sink(entry);
        if (m_request.keepsEntries)
            m_result.entries.push_back(std::move(entry));
    }

    void count(const ReconEntry &entry)
    {
        if (!entry.situation)
            return;
        QStringList &ids = (entry.ofTargetPhase ? m_targetIds : m_sourceIds)[*entry.situation];
        ids.append(entry.ofTargetPhase ? entry.targetId : entry.sourceId);
    }

    static QJsonObject statisticsOf(const QMap<SyncSituation, QStringList> &ids)
    {
        QJsonObject statistics;
        for (const SyncSituation situation : reconSituations()) {
            const QStringList &found = ids.value(situation);
            statistics.insert(wordOf(situation),
                              QJsonObject {{u"count"_s, found.size()},
                                           {u"ids"_s, QJsonArray::fromStringList(found)}});
        }
        return statistics;
    }

    [[nodiscard]] QJsonObject statistics() const
    {
        if (!m_run.mapping.hooks.contains(u"result"_s))
            return {};
        return {{u"source"_s, statisticsOf(m_sourceIds)}, {u"target"_s, statisticsOf(m_targetIds)}};
    }

    /// A hook of the whole run: what it throws breaks it off.
    Step runHook(const QString &name, const QJsonObject &seen)
    {
        const auto hook = m_run.mapping.hooks.constFind(name);
        if (hook == m_run.mapping.hooks.constEnd())
            return {};
        const auto value = m_run.evaluate(*hook, name, seen);
        if (value || value.error().kind == SyncTrouble::OnServer)
            return {};
        return trouble(SyncTrouble::Break, value.error().reason);
    }

    void report() const
    {
        if (m_observer)
            m_observer(m_progress);
    }

    SyncRun m_run;
    const ReconRequest &m_request;
    const std::stop_token m_stop;
    const ReconObserver &m_observer;
    const EntrySink &m_sink;
    ReconProgress m_progress;
    ReconResult m_result;
    QSet<QString> m_touched; ///< Targets that the target phase does not look at.
    QMap<SyncSituation, QStringList> m_sourceIds;
    QMap<SyncSituation, QStringList> m_targetIds;
    bool m_hasUndecided = false;
};

} // namespace

ReconResult reconcile(const SyncMappings &mappings, const QString &mapping,
                      const ReconRequest &request, const SyncWorld &world, std::stop_token stop,
                      const ReconObserver &observer, const EntrySink &sink)
{
    const SyncMapping *found = mappings.find(mapping);
    if (found)
        return Reconciliation(mappings, *found, request, world, std::move(stop), observer, sink)
            .run();
    ReconResult result;
    result.mapping = mapping;
    result.state = ReconResult::State::Failed;
    result.cause = mappings.unknown.isEmpty()
        ? ReconcileText::tr("There is no mapping %1.").arg(mapping)
        : ReconcileText::tr("The server knows no mapping: %1").arg(mappings.unknown);
    return result;
}

} // namespace hubkeeper
