// SPDX-License-Identifier: MIT
#include "practice/idm/crest/objectquery.h"
#include "practice/idm/recon/reconjson.h"
#include "practice/idm/recon/reconruns.h"
#include "practice/idm/routes/idmroutes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

CrestReply unknownRun(const QString &id)
{
    return crestError(404, u"Reconciliation with id %1 not found."_s.arg(id));
}

CrestReply runList(const IdmState &state, const CrestRequest &request)
{
    QJsonArray all;
    for (const auto &run : state.runs)
        all.append(runJson(state, *run));
    return crestReply(
        shownFields({{u"_id"_s, u""_s}, {u"reconciliations"_s, all}}, request.query.fields));
}

QJsonObject associationJson(const ReconRun &run)
{
    return {{u"_id"_s, run.id},
            {u"mapping"_s, run.mapping},
            {u"sourceResourceCollection"_s, run.source},
            {u"targetResourceCollection"_s, run.target},
            {u"isAnalysis"_s, run.isAnalysis},
            {u"finishTime"_s, run.isActive() ? QString() : isoText(run.ended)}};
}

/// Entries of a run as the store of associations has them (idm-rest 6.1).
QList<QJsonObject> associations(const ReconRun &run)
{
    QList<QJsonObject> all;
    for (const QJsonObject &entry : run.shown) {
        QJsonObject json {{u"phase"_s, entry.value("reconciling"_L1)}};
        for (const QString &name :
             {u"_id"_s, u"reconId"_s, u"situation"_s, u"action"_s, u"linkQualifier"_s,
              u"sourceObjectId"_s, u"targetObjectId"_s, u"status"_s, u"exception"_s, u"message"_s,
              u"messageDetail"_s, u"ambiguousTargetObjectIds"_s})
            json.insert(name, entry.value(name).isUndefined() ? QJsonValue() : entry.value(name));
        all.append(json);
    }
    return all;
}

/// recon/assoc[/<run>[/entry]], of servers that analyse.
CrestReply associationRoute(const IdmState &state, const CrestRequest &request)
{
    QList<QJsonObject> found;
    if (request.path.size() == 2) {
        for (const auto &run : state.runs) {
            const QJsonObject json = associationJson(*run);
            if (run->keepsAssociations
                && (!request.query.filter || objectMatches(*request.query.filter, json)))
                found.append(json);
        }
        return pageReply(found, request.query);
    }
    const ReconRun *run = runWithId(state, request.path[2]);
    if (!run || !run->keepsAssociations)
        return crestError(404, u"Not Found"_s);
    if (request.path.size() == 3)
        return crestReply(associationJson(*run));
    if (request.path[3] != "entry"_L1)
        return noResource(request.path);
    for (const QJsonObject &entry : associations(*run)) {
        if (!request.query.filter || objectMatches(*request.query.filter, entry))
            found.append(entry);
    }
    return pageReply(found, request.query);
}

/// Which ids a reconById names; commercial servers call the parameter `id`.
QString idOf(const IdmState &state, const CrestRequest &request)
{
    const QString id = request.parameter("ids"_L1);
    return id.isEmpty() && state.options.isCommercial() ? request.parameter("id"_L1) : id;
}

CrestOutcome<RunWish> wishOf(const IdmState &state, const CrestRequest &request)
{
    RunWish wish;
    wish.mapping = request.parameter("mapping"_L1);
    wish.request.overrides = request.body();
    if (request.action == "reconByQuery"_L1)
        return refuse(crestError(400, u"Unknown action reconByQuery"_s));
    if (request.action != "recon"_L1 && request.action != "reconById"_L1)
        return refuse(crestError(400,
                                 u"Action %1 on reconciliation not supported {mapping=%2}"_s.arg(
                                     request.action, wish.mapping)));
    if (wish.mapping.isEmpty())
        return refuse(crestError(400, u"/mapping: Expecting a value"_s));
    if (request.action == "reconById"_L1) {
        wish.request.id = idOf(state, request);
        if (wish.request.id->isEmpty())
            return refuse(crestError(400,
                                     u"Action reconById requires a parameter 'ids' with the "
                                     "identifier(s) to reconcile"_s));
    }
    if (state.options.analyses()) { // Others ignore both, and run for real.
        wish.isAnalysis = request.parameter("analyze"_L1) == "true"_L1;
        wish.keepsAssociations = request.parameter("persistAssociations"_L1) == "true"_L1;
    }
    return wish;
}

CrestReply start(IdmState &state, const CrestRequest &request)
{
    const auto wish = wishOf(state, request);
    if (!wish)
        return wish.error();
    const auto run = beginRun(state, *wish);
    if (!run)
        return run.error();
    if (request.parameter("waitForCompletion"_L1) != "true"_L1) {
        startRun(state, *run);
        return crestReply(QJsonObject {{u"_id"_s, (*run)->id}, {u"state"_s, u"ACTIVE"_s}});
    }
    const auto time = finishRun(state, **run);
    const ReconResult &result = *(*run)->result;
    // OpenIDM 6.3.0 was seen to answer 409 where a query or the mapping breaks the run off, and 200
    // FAILED for an empty source.
    const bool isBroken = result.state == ReconResult::State::Failed && !(*run)->isEmptySource();
    CrestReply reply = isBroken
        ? crestError(409, u"Synchronization failed"_s)
        : crestReply(QJsonObject {{u"_id"_s, (*run)->id}, {u"state"_s, wordOf(result.state)}});
    reply.delay = time;
    return reply;
}

CrestReply cancel(IdmState &state, const CrestRequest &request)
{
    ReconRun *run = runWithId(state, request.path.last());
    if (!run)
        return unknownRun(request.path.last());
    if (request.action != "cancel"_L1)
        return crestError(400, u"Action %1 on recon run not supported"_s.arg(request.action));
    cancelRun(*run);
    const QString status =
        state.options.profile == IdmProfile::Cloud ? u"INITIATED"_s : u"SUCCESS"_s;
    return crestReply(
        QJsonObject {{u"_id"_s, run->id}, {u"action"_s, u"cancel"_s}, {u"status"_s, status}});
}

} // namespace

CrestReply reconRoute(IdmState &state, const CrestRequest &request)
{
    const bool isRead = request.verb == CrestVerb::Read || request.verb == CrestVerb::Query;
    if (state.options.analyses() && request.path.value(1) == "assoc"_L1 && isRead)
        return associationRoute(state, request);
    switch (request.verb) {
    case CrestVerb::Read: {
        if (request.path.size() == 1)
            return runList(state, request);
        // A community server takes the last segment for the run, recon/assoc/<id> too.
        const ReconRun *run = runWithId(state, request.path.last());
        return run ? crestReply(shownFields(runJson(state, *run), request.query.fields))
                   : unknownRun(request.path.last());
    }
    case CrestVerb::Action:
        return request.path.size() == 1 ? start(state, request) : cancel(state, request);
    case CrestVerb::Query:
        return unsupportedOperations(u"QUERY"_s);
    case CrestVerb::Delete:
        return unsupportedOperations(u"DELETE"_s);
    case CrestVerb::Create:
        return unsupportedOperations(u"CREATE"_s);
    case CrestVerb::Update:
        return unsupportedOperations(u"UPDATE"_s);
    case CrestVerb::Patch:
        return unsupportedOperations(u"PATCH"_s);
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper::practice
