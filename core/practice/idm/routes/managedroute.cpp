// SPDX-License-Identifier: MIT
#include "practice/idm/crest/objectquery.h"
#include "practice/idm/routes/idmroutes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

CrestReply replyOf(const CrestOutcome<QJsonObject> &outcome, const CrestRequest &request)
{
    return outcome ? crestReply(shownFields(*outcome, request.query.fields)) : outcome.error();
}

CrestReply createdReply(const CrestOutcome<QJsonObject> &outcome)
{
    if (!outcome)
        return outcome.error();
    CrestReply reply = crestReply(*outcome, 201);
    reply.createdId = outcome->value("_id"_L1).toString();
    return reply;
}

CrestReply managedCollectionReply(IdmState &state, const CrestRequest &request,
                                  const QString &collection)
{
    switch (request.verb) {
    case CrestVerb::Query: {
        CrestQuery query = request.query;
        query.uid = request.parameter("uid"_L1);
        auto found = state.objects.find(collection, query);
        return found ? pageReply(*found, request.query) : found.error();
    }
    case CrestVerb::Create:
        return createdReply(state.objects.create(collection, {}, request.body()));
    case CrestVerb::Action:
        return crestError(400, u"Expecting String containing one of: patch triggerSyncCheck"_s);
    case CrestVerb::Read:
        return crestError(400, u"The resource collection  cannot be read"_s);
    case CrestVerb::Delete:
        return crestError(400, u"The resource collection  cannot be deleted"_s);
    case CrestVerb::Patch:
        return crestError(400, u"The resource collection  cannot be patched"_s);
    case CrestVerb::Update:
        return crestError(400, u"The resource collection  cannot be updated"_s);
    }
    Q_UNREACHABLE();
}

CrestReply managedObjectReply(IdmState &state, const CrestRequest &request,
                              const QString &collection, const QString &id)
{
    ManagedObjects &objects = state.objects;
    switch (request.verb) {
    case CrestVerb::Read: {
        auto object = objects.read(collection, id);
        if (object && request.ifRevisionChanged
            && object->value("_rev"_L1).toString() == request.revision)
            return crestReply(QJsonValue::Undefined, 304);
        return replyOf(object, request);
    }
    case CrestVerb::Create:
        return createdReply(objects.create(collection, id, request.body()));
    case CrestVerb::Update:
        if (request.isUpsert && !state.managed.find(collection, id))
            return createdReply(objects.create(collection, id, request.body()));
        return replyOf(objects.update(collection, id, request.body(), request.exactRevision()),
                       request);
    case CrestVerb::Patch: {
        const QJsonArray operations = request.content.toArray();
        // "transform" on managed objects: 500 with an empty body (idm-rest 9.1), as patched() does.
        return replyOf(objects.patch(collection, id, operations, request.exactRevision()), request);
    }
    case CrestVerb::Delete:
        return replyOf(objects.remove(collection, id, request.exactRevision()), request);
    case CrestVerb::Query:
        return crestError(400, u"The resource instance %1 cannot be queried"_s.arg(id));
    case CrestVerb::Action:
        return crestError(400, u"Expecting String containing one of: patch triggerSyncCheck"_s);
    }
    Q_UNREACHABLE();
}

} // namespace

CrestReply managedRoute(IdmState &state, const CrestRequest &request)
{
    const QString collection = request.path.mid(0, 2).join(u'/');
    if (!isManagedCollection(collection) || request.path.size() > 3)
        return noResource(request.path);
    return request.path.size() == 2
        ? managedCollectionReply(state, request, collection)
        : managedObjectReply(state, request, collection, request.path[2]);
}

} // namespace hubkeeper::practice
