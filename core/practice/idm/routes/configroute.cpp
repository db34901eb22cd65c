// SPDX-License-Identifier: MIT
#include "practice/idm/crest/jsonpatch.h"
#include "practice/idm/crest/objectquery.h"
#include "practice/idm/recon/idmworld.h"
#include "practice/idm/routes/idmroutes.h"
#include "reconcile/mapping/mappingreader.h"
#include "reconcile/scripts/hostedscripts.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr QLatin1StringView connectorFactory = "provisioner.openicf"_L1;

bool isConnector(const QString &id)
{
    return id.startsWith("provisioner.openicf/"_L1);
}

/// "provisioner.openicf/hubspot" of the path; a blank becomes "_" (idm-rest 2).
QString idOf(const CrestRequest &request)
{
    return request.path.mid(1).join(u'/').replace(u' ', u'_');
}

CrestReply tooManyParts()
{
    return crestError(400, u"The passed resourcePath has more than two parts"_s);
}

CrestReply absent(const IdmState &state, const QString &id)
{
    if (state.options.profile == IdmProfile::Cloud)
        return crestError(404, u"Not Found"_s);
    return crestError(404, u"No configuration exists for id %1"_s.arg(id));
}

CrestReply listReply(const IdmState &state, const CrestRequest &request)
{
    QJsonArray list;
    for (const auto &[id, config] : state.configurations) {
        const QUuid uuid = QUuid::createUuidV5(QUuid(), id);
        const bool hasFactory = id.contains(u'/');
        const QString factory = id.section(u'/', 0, 0);
        QJsonObject entry {{u"_id"_s, id}};
        entry.insert(u"pid"_s,
                     hasFactory ? factory + u'.' + uuid.toString(QUuid::WithoutBraces) : id);
        entry.insert(u"factoryPid"_s, hasFactory ? QJsonValue(factory) : QJsonValue());
        list.append(entry);
    }
    return crestReply(
        shownFields({{u"_id"_s, u""_s}, {u"configurations"_s, list}}, request.query.fields));
}

QJsonObject shownConfig(const QString &id, const QJsonObject &config)
{
    QJsonObject shown = config;
    shown.insert(u"_id"_s, id);
    return shown;
}

CrestReply queryReply(const IdmState &state, const CrestRequest &request)
{
    if (!state.options.isCommercial()) // 200 and nothing, whatever was asked (idm-rest 9.1).
        return pageReply({}, request.query);
    QList<QJsonObject> found;
    for (const auto &[id, config] : state.configurations) {
        QJsonObject shown = shownConfig(id, config);
        shown.remove(u"_rev"_s);
        if (!request.query.filter || objectMatches(*request.query.filter, shown))
            found.append(shown);
    }
    std::sort(found.begin(), found.end(), [](const QJsonObject &a, const QJsonObject &b) {
        return a.value("_id"_L1).toString().compare(b.value("_id"_L1).toString(),
                                                    Qt::CaseInsensitive)
            < 0;
    });
    return pageReply(found, request.query, Totals::Always);
}

CrestReply invalidConfig(const QString &id, const QString &why)
{
    return crestError(400, u"Invalid configuration provided for %1: %2"_s.arg(id, why));
}

/// The configuration with its secrets sealed, or why the server does not take it.
CrestOutcome<QJsonObject> sealedConnector(IdmState &state, const QString &id, QJsonObject config)
{
    const QJsonValue ref = config.value("connectorRef"_L1);
    if (!ref.isObject())
        return refuse(invalidConfig(connectorFactory, u"/connectorRef: Expecting a value"_s));
    const ConnectorBundle *bundle = state.systems.bundleFor(ref);
    if (!bundle && !SystemRegistry::isRemote(ref))
        return refuse(crestError(500,
                                 u"No meta-data provider available yet to create and encrypt "
                                 "configuration for %1, retry later."_s.arg(id)));
    if (!bundle)
        return config; // Nobody here knows which properties are secret.
    QJsonObject properties = config.value("configurationProperties"_L1).toObject();
    for (const QString &name : bundle->confidential()) {
        const QJsonValue value = properties.value(name);
        const bool isSubstitution =
            state.options.isCommercial() && value.toString().startsWith("&{"_L1);
        if (value.isString() && !isSubstitution)
            properties.insert(name, state.secrets.sealed(value));
    }
    if (config.contains("configurationProperties"_L1))
        config.insert(u"configurationProperties"_s, properties);
    return config;
}

CrestReply created(QJsonObject config, const QString &id)
{
    CrestReply reply = crestReply(std::move(config), 201);
    reply.createdId = id;
    return reply;
}

CrestReply put(IdmState &state, const CrestRequest &request, const QString &id)
{
    const bool exists = state.configurations.contains(id);
    const bool isAwaited =
        state.options.isCommercial() && request.parameter("waitForCompletion"_L1) == "true"_L1;
    if (request.verb == CrestVerb::Create && exists)
        return crestError(
            412,
            u"Can not create a new %1configuration with ID %2, configuration for "
            "this ID already exists."_s.arg(id.contains(u'/') ? u"factory "_s : QString(), id));
    if (request.verb == CrestVerb::Update && !request.isUpsert && !exists)
        return crestError(404,
                          u"No existing configuration found for %1, can not update the "
                          "configuration."_s.arg(id));
    QJsonObject content = request.body();
    if (exists) { // A create keeps them, an update does not (idm-rest 2).
        content.remove(u"_id"_s);
        content.remove(u"_rev"_s);
    }
    auto stored = storeConfiguration(state, id, content, isAwaited);
    if (!stored)
        return stored.error();
    return exists ? crestReply(*stored) : created(*stored, id);
}

/// Runs the scripts of "transform", which OpenIDM 6.3.0 was seen to take for configurations.
PatchScript transformIn(IdmState &state)
{
    return
        [&state](const QJsonValue &script, const QJsonValue &content) -> CrestOutcome<QJsonValue> {
            const auto source = readScript(script);
            if (!source)
                return refuse(crestError(400, u"/script: Expecting a value"_s));
            IdmObjects objects(state);
            HostedScripts scripts(objects);
            const MappingOutcome outcome = scripts.run(*source, {{u"content"_s, content}}, {});
            if (outcome.kind != MappingOutcome::Value)
                return refuse(crestError(500, outcome.message));
            return outcome.value;
        };
}

CrestReply patchConfig(IdmState &state, const CrestRequest &request, const QString &id)
{
    const auto found = state.configurations.find(id);
    if (found == state.configurations.end())
        return absent(state, id);
    auto content = patched(found->second, request.content.toArray(), transformIn(state));
    if (!content)
        return content.error();
    content->remove(u"_id"_s);
    const bool isAwaited = request.parameter("waitForCompletion"_L1) == "true"_L1;
    auto stored = storeConfiguration(state, id, *content, isAwaited);
    return stored ? crestReply(*stored) : stored.error();
}

CrestReply removeConfig(IdmState &state, const QString &id)
{
    const auto found = state.configurations.find(id);
    if (found == state.configurations.end())
        return absent(state, id);
    const QJsonObject old = shownConfig(id, found->second);
    state.configurations.erase(found);
    state.systems.noteRemoval(id);
    return crestReply(old);
}

CrestReply oneConfig(IdmState &state, const CrestRequest &request)
{
    const QString id = idOf(request);
    const bool isPut = request.verb == CrestVerb::Create || request.verb == CrestVerb::Update;
    // PUT takes ids of three parts, and nothing else then reaches them (idm-rest 9.1).
    if (request.path.size() > 3 && !isPut)
        return tooManyParts();
    switch (request.verb) {
    case CrestVerb::Read: {
        const auto found = state.configurations.find(id);
        if (found == state.configurations.end())
            return absent(state, id);
        return crestReply(shownFields(shownConfig(id, found->second), request.query.fields));
    }
    case CrestVerb::Create:
    case CrestVerb::Update:
        return put(state, request, id);
    case CrestVerb::Patch:
        return patchConfig(state, request, id);
    case CrestVerb::Delete:
        return removeConfig(state, id);
    case CrestVerb::Query:
        return unsupportedOperations(u"QUERY"_s);
    case CrestVerb::Action:
        return unsupportedOperations(u"ACTION"_s);
    }
    Q_UNREACHABLE();
}

} // namespace

CrestOutcome<QJsonObject> storeConfiguration(IdmState &state, const QString &id,
                                             const QJsonObject &content, bool isAwaited)
{
    QJsonObject config = content;
    if (isConnector(id)) {
        auto sealed = sealedConnector(state, id, config);
        if (!sealed)
            return sealed;
        config = *sealed;
    }
    state.configurations[id] = config;
    if (isConnector(id))
        state.systems.noteWrite(id, config, isAwaited);
    return shownConfig(id, config);
}

CrestReply configRoute(IdmState &state, const CrestRequest &request)
{
    if (request.path.size() > 1)
        return oneConfig(state, request);
    if (request.verb == CrestVerb::Read)
        return listReply(state, request);
    if (request.verb == CrestVerb::Query)
        return queryReply(state, request);
    return unsupportedOperations(u"ACTION"_s);
}

} // namespace hubkeeper::practice
