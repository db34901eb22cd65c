// SPDX-License-Identifier: MIT
#include "practice/idm/recon/reconjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// In the order in which the summary's message names them.
const QList<SyncSituation> &namedSituations()
{
    static const QList<SyncSituation> situations {SyncSituation::SourceIgnored,
                                                  SyncSituation::Unassigned,
                                                  SyncSituation::Ambiguous,
                                                  SyncSituation::Confirmed,
                                                  SyncSituation::FoundAlreadyLinked,
                                                  SyncSituation::Unqualified,
                                                  SyncSituation::Absent,
                                                  SyncSituation::TargetIgnored,
                                                  SyncSituation::SourceMissing,
                                                  SyncSituation::Missing,
                                                  SyncSituation::Found};
    return situations;
}

struct Stage
{
    QString word;
    QString description;
};

Stage stageOf(const ReconRun &run)
{
    if (run.isActive()) {
        if (run.isCancelled)
            return {u"ACTIVE_CANCELING"_s, u"aborting reconciling"_s};
        if (run.inTargetPhase)
            return {u"ACTIVE_RECONCILING_TARGET"_s, u"reconciling target entries"_s};
        if (run.linksBefore >= 0 || !run.entries.empty())
            return {u"ACTIVE_RECONCILING_SOURCE"_s, u"reconciling source entries"_s};
        return {u"ACTIVE_QUERY_ENTRIES"_s, u"querying sets of entries to reconcile"_s};
    }
    switch (run.result->state) {
    case ReconResult::State::Success:
        return {u"COMPLETED_SUCCESS"_s, u"reconciliation completed."_s};
    case ReconResult::State::Canceled:
        return {u"COMPLETED_CANCELED"_s, u"reconciliation aborted."_s};
    case ReconResult::State::Failed:
        return {u"COMPLETED_FAILED"_s, u"reconciliation failed"_s};
    }
    Q_UNREACHABLE();
}

QMap<SyncSituation, int> situationsOf(const ReconRun &run)
{
    if (run.result)
        return run.result->situations;
    QMap<SyncSituation, int> counts;
    for (const ReconEntry &entry : run.entries) {
        if (entry.situation)
            ++counts[*entry.situation];
    }
    return counts;
}

QJsonObject situationSummary(const IdmState &state, const ReconRun &run)
{
    const QMap<SyncSituation, int> counts = situationsOf(run);
    QJsonObject summary;
    for (const SyncSituation situation : namedSituations())
        summary.insert(wordOf(situation), counts.value(situation));
    if (state.options.isCommercial()) {
        summary.insert(u"TARGET_CHANGED"_s, 0);
        summary.insert(u"SOURCE_TARGET_CONFLICT"_s, 0);
    }
    return summary;
}

int countOf(const ReconRun &run, bool (*holds)(const ReconEntry &))
{
    return int(std::count_if(run.entries.begin(), run.entries.end(), holds));
}

QJsonObject part(int processed, qint64 total)
{
    // Totals are texts, "?" while they are not known.
    return {{u"processed"_s, processed}, {u"total"_s, total < 0 ? u"?"_s : QString::number(total)}};
}

QJsonObject progressOf(const ReconRun &run)
{
    const int sources = countOf(
        run, [](const ReconEntry &entry) { return !entry.ofTargetPhase && entry.situation; });
    const int targets = countOf(run, [](const ReconEntry &entry) {
        return !entry.targetId.isNull() && entry.action != SyncAction::Create;
    });
    const int links = countOf(run, [](const ReconEntry &entry) {
        return entry.situation == SyncSituation::Confirmed
            || entry.situation == SyncSituation::Missing
            || entry.situation == SyncSituation::SourceMissing;
    });
    const qint64 sourceTotal = run.request.id ? 1 : qint64(run.sources);
    const bool isRead = run.targets >= 0 || !run.entries.empty() || run.request.id;
    return {
        {u"source"_s, QJsonObject {{u"existing"_s, part(sources, sourceTotal)}}},
        {u"target"_s,
         QJsonObject {{u"existing"_s, part(targets, run.targets)},
                      {u"created"_s, run.targetsMade}}},
        {u"links"_s,
         QJsonObject {{u"existing"_s, part(links, isRead ? run.linksBefore : -1)},
                      {u"created"_s, run.linksMade}}},
    };
}

QJsonObject durations(const ReconRun &run)
{
    QMap<QString, int> steps = run.steps;
    steps.insert(u"auditLog"_s, int(run.entries.size()) + 2);
    if (!run.entries.empty())
        steps.insert(u"sourcePhase"_s, 1);
    if (run.inTargetPhase)
        steps.insert(u"targetPhase"_s, 1);
    QJsonObject summary;
    for (auto it = steps.begin(); it != steps.end(); ++it)
        summary.insert(it.key(),
                       QJsonObject {{u"min"_s, 0},
                                    {u"max"_s, 0},
                                    {u"mean"_s, 0},
                                    {u"count"_s, it.value()},
                                    {u"sum"_s, 0},
                                    {u"stdDev"_s, 0}});
    return summary;
}

QJsonObject queryOf(const QJsonObject &overrides, const QString &name, const QString &collection)
{
    QJsonObject query = overrides.value(name).toObject();
    if (query.isEmpty())
        query.insert(u"queryId"_s, u"query-all-ids"_s);
    query.insert(u"resourceName"_s, collection);
    return query;
}

QJsonObject parametersOf(const ReconRun &run)
{
    QJsonObject parameters;
    if (run.request.id)
        parameters.insert(u"sourceIds"_s, QJsonArray {*run.request.id});
    else
        parameters.insert(u"sourceQuery"_s,
                          queryOf(run.request.overrides, u"sourceQuery"_s, run.source));
    parameters.insert(u"targetQuery"_s,
                      queryOf(run.request.overrides, u"targetQuery"_s, run.target));
    return parameters;
}

/// What every entry of a run has.
QJsonObject frame(IdmState &state, const ReconRun &run, const QString &entryType)
{
    return {{u"_id"_s, state.nextTransactionId()},
            {u"_rev"_s, u"1"_s},
            {u"timestamp"_s, isoText(state.now())},
            {u"linkQualifier"_s, QJsonValue()},
            {u"mapping"_s, run.mapping},
            {u"sourceObjectId"_s, QJsonValue()},
            {u"targetObjectId"_s, QJsonValue()},
            {u"entryType"_s, entryType},
            {u"reconId"_s, run.id},
            {u"transactionId"_s, run.id},
            {u"eventName"_s, u"recon"_s},
            {u"userId"_s, state.options.userName},
            {u"exception"_s, QJsonValue()},
            {u"message"_s, QJsonValue()},
            {u"reconciling"_s, QJsonValue()},
            {u"ambiguousTargetObjectIds"_s, QJsonValue()}};
}

QJsonValue pathOf(const QString &collection, const QString &id)
{
    return id.isNull() ? QJsonValue() : QJsonValue(collection + u'/' + id);
}

void addReason(QJsonObject &json, const ReconEntry &entry)
{
    QString reason = entry.reason;
    if (reason.isEmpty() && entry.action == SyncAction::Exception && entry.situation)
        reason = u"Situation %1 marked as EXCEPTION"_s.arg(wordOf(*entry.situation));
    if (reason.isEmpty())
        return;
    json.insert(u"exception"_s,
                u"org.forgerock.openidm.sync.SynchronizationException: "_s + reason);
    json.insert(u"message"_s, u"%1. Root cause: %1"_s.arg(reason));
    json.insert(
        u"messageDetail"_s,
        QJsonObject {{u"code"_s, 409}, {u"reason"_s, u"Conflict"_s}, {u"message"_s, reason}});
}

QString statusWord(ReconEntry::Status status)
{
    return status == ReconEntry::Status::Failure ? u"FAILURE"_s : u"SUCCESS"_s;
}

} // namespace

QJsonObject runJson(const IdmState &state, const ReconRun &run)
{
    const Stage stage = stageOf(run);
    const int failures = run.result
        ? run.result->failures
        : countOf(run, [](const ReconEntry &e) { return e.status == ReconEntry::Status::Failure; });
    const int successes = run.result ? run.result->successes : int(run.entries.size()) - failures;
    const EpochMs end = run.isActive() ? state.now() : run.ended;
    QJsonObject json {
        {u"_id"_s, run.id},
        {u"mapping"_s, run.mapping},
        {u"state"_s, run.isActive() ? u"ACTIVE"_s : wordOf(run.result->state)},
        {u"stage"_s, stage.word},
        {u"stageDescription"_s, stage.description},
        {u"progress"_s, progressOf(run)},
        {u"situationSummary"_s, situationSummary(state, run)},
        {u"statusSummary"_s, QJsonObject {{u"SUCCESS"_s, successes}, {u"FAILURE"_s, failures}}},
        {u"durationSummary"_s, durations(run)},
        {u"parameters"_s, parametersOf(run)},
        {u"started"_s, isoText(run.started)},
        {u"ended"_s, run.isActive() ? QString() : isoText(run.ended)},
        {u"duration"_s, end - run.started}};
    return json;
}

QJsonObject startEntry(IdmState &state, const ReconRun &run)
{
    QJsonObject json = frame(state, run, u"start"_s);
    json.insert(u"message"_s, u"Reconciliation initiated by "_s + state.options.userName);
    json.insert(u"reconAction"_s, run.request.id ? u"reconById"_s : u"recon"_s);
    return json;
}

QJsonObject objectEntry(IdmState &state, const ReconRun &run, const ReconEntry &entry)
{
    QJsonObject json = frame(state, run, u"entry"_s);
    json.insert(u"linkQualifier"_s, entry.linkQualifier);
    json.insert(u"reconciling"_s, entry.ofTargetPhase ? u"target"_s : u"source"_s);
    json.insert(u"sourceObjectId"_s, pathOf(run.source, entry.sourceId));
    json.insert(u"targetObjectId"_s, pathOf(run.target, entry.targetId));
    json.insert(u"situation"_s,
                entry.situation ? QJsonValue(wordOf(*entry.situation)) : QJsonValue());
    json.insert(u"action"_s, entry.action ? QJsonValue(wordOf(*entry.action)) : QJsonValue());
    json.insert(u"status"_s, statusWord(entry.status));
    if (!entry.ofTargetPhase)
        json.insert(u"ambiguousTargetObjectIds"_s, entry.ambiguousTargetIds.join(u", "));
    addReason(json, entry);
    return json;
}

QJsonObject summaryEntry(IdmState &state, const ReconRun &run)
{
    QJsonObject json = frame(state, run, u"summary"_s);
    QString message;
    const QMap<SyncSituation, int> counts = situationsOf(run);
    for (const SyncSituation situation : namedSituations())
        message += u"%1: %2 "_s.arg(wordOf(situation)).arg(counts.value(situation));
    json.insert(u"message"_s, message);
    json.insert(u"messageDetail"_s, runJson(state, run));
    json.insert(u"status"_s,
                run.result->state == ReconResult::State::Failed ? u"FAILURE"_s : u"SUCCESS"_s);
    json.insert(u"reconAction"_s, run.request.id ? u"reconById"_s : u"recon"_s);
    return json;
}

QJsonObject syncEntry(IdmState &state, const QString &mapping, const QString &sourceCollection,
                      const ReconEntry &entry)
{
    const auto bare = [](const QString &id) { return id.isNull() ? QJsonValue() : QJsonValue(id); };
    QJsonObject json {{u"_id"_s, state.nextTransactionId()},
                      {u"_rev"_s, u"1"_s},
                      {u"timestamp"_s, isoText(state.now())},
                      {u"transactionId"_s, state.nextTransactionId()},
                      {u"eventName"_s, u"sync"_s},
                      {u"userId"_s, state.options.userName},
                      {u"mapping"_s, mapping},
                      {u"linkQualifier"_s, entry.linkQualifier},
                      {u"sourceObjectId"_s, pathOf(sourceCollection, entry.sourceId)},
                      {u"targetObjectId"_s, bare(entry.targetId)},
                      {u"exception"_s, QJsonValue()},
                      {u"message"_s, QJsonValue()},
                      {u"status"_s, statusWord(entry.status)}};
    json.insert(u"situation"_s,
                entry.situation ? QJsonValue(wordOf(*entry.situation)) : QJsonValue());
    json.insert(u"action"_s, entry.action ? QJsonValue(wordOf(*entry.action)) : QJsonValue());
    addReason(json, entry);
    return json;
}

} // namespace hubkeeper::practice
