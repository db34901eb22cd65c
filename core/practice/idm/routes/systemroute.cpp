// SPDX-License-Identifier: MIT
#include "practice/idm/routes/idmroutes.h"
#include "practice/idm/systems/systemobjects.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QJsonObject shownRef(const IdmState &state, const ConnectedSystem &system)
{
    const QJsonValue ref = system.config.value("connectorRef"_L1);
    QJsonObject shown {{u"bundleName"_s, ref["bundleName"_L1]},
                       {u"connectorName"_s, ref["connectorName"_L1]},
                       {u"bundleVersion"_s, ref["bundleVersion"_L1]}};
    if (!state.options.isCommercial())
        return shown;
    if (system.bundle) // Resolved there (idm-rest 3.4).
        shown.insert(u"bundleVersion"_s, system.bundle->bundleVersion);
    shown.insert(u"connectorHostRef"_s, ref["connectorHostRef"_L1].toString(u"#LOCAL"_s));
    return shown;
}

/// What test() threw, as `system?_action=test` words it.
QString testError(const ConnectorFault &fault)
{
    if (fault.kind == ConnectorFaultKind::UnsupportedOperation)
        return u"TEST UnsupportedOperation"_s;
    if (fault.kind == ConnectorFaultKind::InvalidCredential)
        return u"Connection Error"_s;
    return fault.message;
}

CrestReply scriptAction(const ConnectedSystem &system, const CrestRequest &request)
{
    const QString scriptId = request.parameter("scriptId"_L1);
    if (scriptId.isEmpty())
        return crestError(400, u"Missing required parameter: scriptId"_s);
    const QJsonArray actions = system.config.value("systemActions"_L1).toArray();
    for (const QJsonValue &action : actions) {
        if (action["scriptId"_L1].toString() != scriptId)
            continue;
        const QString why = u"The practice IDM runs no scripts on connectors."_s;
        return crestReply(
            QJsonObject {{u"actions"_s, QJsonArray {QJsonObject {{u"error"_s, why}}}}});
    }
    return crestError(400, u"Script ID: %1 is not defined."_s.arg(scriptId));
}

CrestReply oneSystemAction(IdmState &state, const ConnectedSystem &system,
                           const CrestRequest &request)
{
    const QString action = request.action.toLower();
    if (action == "test"_L1)
        return crestReply(testedSystem(state, system));
    if (action == "script"_L1)
        return scriptAction(system, request);
    if (action == "livesync"_L1 || action == "activesync"_L1)
        return crestError(500, u"Failed to get latest sync token"_s);
    return crestError(400, u"Expecting String containing one of: script test livesync"_s);
}

CrestReply oneSystem(IdmState &state, const CrestRequest &request)
{
    const auto system = state.systems.active(request.path[1]);
    if (!system)
        return noResource(request.path);
    if (request.path.size() > 2)
        return systemObjectRoute(*system, request);
    switch (request.verb) {
    case CrestVerb::Action:
        return oneSystemAction(state, *system, request);
    case CrestVerb::Read:
        return crestError(501, u"Read operations are not supported"_s);
    case CrestVerb::Query:
        return crestError(400, u"The singleton resource  cannot be queried"_s);
    default:
        return crestError(400, u"The singleton resource  cannot be created"_s);
    }
}

CrestReply listedOrEmpty(CrestOutcome<QJsonObject> outcome)
{
    return outcome ? crestReply(*outcome) : outcome.error();
}

CrestReply systemCollectionReply(const SystemObjects &objects, const CrestRequest &request)
{
    switch (request.verb) {
    case CrestVerb::Query: {
        auto found = objects.find(request.query);
        CrestReply reply = found ? pageReply(*found, request.query) : found.error();
        reply.delay = objects.searchTime();
        return reply;
    }
    case CrestVerb::Create: {
        auto made = objects.create(request.body());
        if (!made)
            return made.error();
        CrestReply reply = crestReply(*made, 201);
        reply.createdId = made->value("_id"_L1).toString();
        return reply;
    }
    case CrestVerb::Action:
        return request.action.toLower() == "livesync"_L1
            ? crestError(500, u"Failed to get latest sync token"_s)
            : crestError(400,
                         u"Expecting String containing one of: authenticate resolveUsername "
                         "liveSync"_s);
    case CrestVerb::Read:
        return crestError(400, u"The resource collection  cannot be read"_s);
    case CrestVerb::Delete:
        return crestError(400, u"The resource collection  cannot be deleted"_s);
    default:
        return crestError(400, u"The resource collection  cannot be updated"_s);
    }
}

CrestReply systemObjectReply(const SystemObjects &objects, const CrestRequest &request,
                             const QString &id)
{
    switch (request.verb) {
    case CrestVerb::Read: {
        auto object = objects.read(id);
        CrestReply reply =
            object ? crestReply(shownFields(*object, request.query.fields)) : object.error();
        reply.delay = objects.searchTime();
        return reply;
    }
    case CrestVerb::Create:
        return crestError(500, u"Create with client provided ID is not supported."_s);
    case CrestVerb::Update:
        if (request.isUpsert)
            return crestError(500,
                              u"UPSERT (i.e. PUT without the 'if-match' nor 'if-none-match' "
                              "header) is not supported."_s);
        return listedOrEmpty(objects.update(id, request.body()));
    case CrestVerb::Patch:
        return listedOrEmpty(objects.patch(id, request.content.toArray()));
    case CrestVerb::Delete: {
        auto removed = objects.remove(id);
        if (removed && !request.exactRevision().isEmpty()) // Echoed, whatever it is (idm-rest 9.1).
            removed->insert(u"_rev"_s, request.exactRevision());
        return listedOrEmpty(removed);
    }
    case CrestVerb::Query:
        return crestError(400, u"The resource instance %1 cannot be queried"_s.arg(id));
    case CrestVerb::Action:
        return crestError(400, u"Actions are not supported for resource instances"_s);
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject testedSystem(const IdmState &state, const ConnectedSystem &system)
{
    QJsonObject json {{u"name"_s, system.name},
                      {u"enabled"_s, system.isEnabled()},
                      {u"config"_s, u"config/"_s + system.configId},
                      {u"connectorRef"_s, shownRef(state, system)},
                      {u"objectTypes"_s, QJsonArray::fromStringList(system.typeNames())}};
    if (system.bundle)
        json.insert(u"displayName"_s, system.bundle->displayName);
    if (system.state != ConnectedSystem::Active) {
        json.insert(u"error"_s, u"connector not available"_s);
        json.insert(u"ok"_s, false);
        return json;
    }
    const auto tested = system.connector->test();
    json.insert(u"ok"_s, tested.has_value());
    if (!tested)
        json.insert(u"error"_s, testError(tested.error()));
    return json;
}

CrestReply systemObjectRoute(const ConnectedSystem &system, const CrestRequest &request)
{
    const QString typeName = request.path[2];
    const auto type = system.type(typeName);
    if (!type)
        return crestError(404, u"Not found: %1"_s.arg(typeName));
    const SystemObjects objects(system, *type);
    if (request.path.size() == 3)
        return systemCollectionReply(objects, request);
    if (request.path.size() == 4)
        return systemObjectReply(objects, request, request.path[3]);
    return noResource(request.path);
}

CrestReply systemRoute(IdmState &state, const CrestRequest &request)
{
    if (request.path.size() > 1)
        return oneSystem(state, request);
    switch (request.verb) {
    case CrestVerb::Action:
        return systemAction(state, request);
    case CrestVerb::Read:
        return crestError(501, u"Read are not supported for resource instances"_s);
    case CrestVerb::Query:
        return crestError(400, u"The singleton resource  cannot be queried"_s);
    default:
        return crestError(400, u"The singleton resource  cannot be created"_s);
    }
}

} // namespace hubkeeper::practice
