// SPDX-License-Identifier: MIT
#include "practice/idm/routes/idmroutes.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QStringList actionWords(const IdmState &state)
{
    QStringList words {u"activeSync"_s,
                       u"liveSync"_s,
                       u"test"_s,
                       u"testConfig"_s,
                       u"createConfiguration"_s,
                       u"availableConnectors"_s,
                       u"createCoreConfig"_s,
                       u"createFullConfig"_s};
    if (state.options.isCommercial())
        words.append(u"testConnectorServers"_s);
    return words;
}

/// In a community server a connector's configuration without `name` breaks the test of all.
bool hasNameless(const IdmState &state)
{
    if (state.options.isCommercial())
        return false;
    return std::any_of(state.configurations.begin(), state.configurations.end(),
                       [](const auto &entry) {
                           return entry.first.startsWith("provisioner.openicf/"_L1)
                               && !entry.second.contains("name"_L1);
                       });
}

CrestReply testAll(const IdmState &state)
{
    if (hasNameless(state))
        return crestError(500,
                          u"Cannot invoke \"org.forgerock.openidm.provisioner."
                          "SimpleSystemIdentifier.getName()\" because \"this.systemIdentifier\" is "
                          "null"_s);
    QJsonArray all;
    for (const ConnectedSystem &system : state.systems.listed())
        all.append(testedSystem(state, system));
    return crestReply(all);
}

CrestReply testOne(const IdmState &state, const QString &id)
{
    const auto system = state.systems.find(id);
    if (!system)
        return crestError(404, u"System: %1 is not available."_s.arg(id));
    return crestReply(testedSystem(state, *system));
}

CrestReply availableConnectors(const IdmState &state)
{
    QJsonArray list;
    for (const auto &bundle : state.systems.bundles()) {
        if (!state.systems.isPresent(*bundle))
            continue;
        QJsonObject ref {{u"systemType"_s, u"provisioner.openicf"_s},
                         {u"bundleName"_s, bundle->bundleName},
                         {u"connectorName"_s, bundle->connectorName},
                         {u"displayName"_s, bundle->displayName},
                         {u"bundleVersion"_s, bundle->bundleVersion}};
        if (state.options.isCommercial()) // Community leaves it out for local ones.
            ref.insert(u"connectorHostRef"_s, u"#LOCAL"_s);
        list.append(ref);
    }
    return crestReply(QJsonObject {{u"connectorRef"_s, list}});
}

QJsonObject testResult(const QString &name, bool ok)
{
    return {{u"name"_s, name}, {u"ok"_s, ok}};
}

/// The answer of testConfig to what test() threw; `exists`: a system of that name does.
QJsonObject testFailure(const QString &name, const ConnectorFault &fault, bool exists)
{
    if (fault.kind == ConnectorFaultKind::UnsupportedOperation) {
        QJsonObject json = testResult(name, true);
        json.insert(u"reason"_s, u"TEST UnsupportedOperation"_s);
        return json;
    }
    // OpenIDM 6.3.0 was seen to say ok of wrong credentials if the system exists.
    const bool isLie = exists && fault.kind == ConnectorFaultKind::InvalidCredential;
    QJsonObject json = testResult(name, isLie);
    json.insert(u"error"_s,
                isLie        ? u"Connection Error"_s
                    : exists ? fault.message
                             : fault.className() + u": "_s + fault.message);
    return json;
}

CrestReply testConfig(const IdmState &state, const QJsonObject &body)
{
    if (body.contains("id"_L1) || body.contains("_id"_L1))
        return crestError(400, u"A system ID must not be specified in the request"_s);
    const QJsonValue ref = body.value("connectorRef"_L1);
    const QString name = body.value("name"_L1).toString();
    if (SystemRegistry::isRemote(ref)) {
        QJsonObject json = testResult(name, false);
        json.insert(u"error"_s,
                    u"Connector facade for %1 from %2 is not available yet."_s.arg(
                        ref["connectorName"_L1].toString(), ref["connectorHostRef"_L1].toString()));
        return crestReply(json);
    }
    auto bundle = wantedBundle(state, body);
    if (!bundle)
        return bundle.error();
    if (name.isEmpty())
        return crestError(400, u"Invalid configuration to test: no 'name' specified"_s);
    const auto system = state.systems.find(name);
    // Where the system exists, its own connector is tested with the body's properties.
    const ConnectorBundle *tested = system && system->bundle ? system->bundle : *bundle;
    auto connector = state.systems.opened(*tested, body);
    if (!connector)
        return crestReply(testFailure(name, {ConnectorFaultKind::Configuration, connector.error()},
                                      system.has_value()));
    const auto result = (*connector)->test();
    if (result)
        return crestReply(testResult(name, true));
    return crestReply(testFailure(name, result.error(), system.has_value()));
}

CrestReply testConnectorServers(const IdmState &state)
{
    static const std::pair<QString, QString> kinds[] = {
        {u"remoteConnectorServers"_s, u"remoteConnectorServer"_s},
        {u"remoteConnectorClients"_s, u"remoteConnectorClient"_s},
        {u"remoteConnectorClientsGroups"_s, u"remoteConnectorClientsGroup"_s}};
    QJsonArray servers;
    const auto found = state.configurations.find(u"provisioner.openicf.connectorinfoprovider"_s);
    const QJsonObject config = found == state.configurations.end() ? QJsonObject() : found->second;
    for (const auto &[key, type] : kinds) {
        const QJsonArray list = config.value(key).toArray();
        for (const QJsonValue &server : list)
            servers.append(QJsonObject {{u"name"_s, server["name"_L1]},
                                        {u"type"_s, type},
                                        {u"ok"_s, false},
                                        {u"error"_s, u"Connection failed: WAITING_TO_CONNECT"_s}});
    }
    return crestReply(QJsonObject {{u"openicf"_s, servers}});
}

CrestReply createConfiguration(IdmState &state, const QJsonObject &body)
{
    if (body.contains("configurationProperties"_L1))
        return fullConfig(state, body);
    return body.contains("connectorRef"_L1) ? coreConfig(state, body) : availableConnectors(state);
}

CrestReply liveSync(const IdmState &state, const CrestRequest &request)
{
    const QString source = request.parameter("source"_L1);
    if (source.isEmpty())
        return crestError(400,
                          u"liveSync action requires either an explicit source parameter, or needs "
                          "to be called on a specific provisioner URI"_s);
    if (!state.systems.active(source.section(u'/', 1, 1)))
        return noResource(source.split(u'/'));
    return crestError(500, u"Failed to get latest sync token"_s); // No connector here can sync.
}

} // namespace

CrestReply systemAction(IdmState &state, const CrestRequest &request)
{
    const QStringList words = actionWords(state);
    const qsizetype known =
        words.indexOf(QRegularExpression(u'^' + QRegularExpression::escape(request.action) + u'$',
                                         QRegularExpression::CaseInsensitiveOption));
    if (known < 0)
        return crestError(400, u"Expecting String containing one of: "_s + words.join(u' '));
    const QString action = words[known];
    const QJsonObject body = request.body();
    const QString id = request.parameter("id"_L1).isEmpty() ? body.value("id"_L1).toString()
                                                            : request.parameter("id"_L1);
    if (action == "test"_L1)
        return id.isEmpty() ? testAll(state) : testOne(state, id);
    if (action == "testConfig"_L1)
        return testConfig(state, body);
    if (action == "availableConnectors"_L1)
        return availableConnectors(state);
    if (action == "createCoreConfig"_L1)
        return coreConfig(state, body);
    if (action == "createFullConfig"_L1)
        return fullConfig(state, body);
    if (action == "createConfiguration"_L1)
        return createConfiguration(state, body);
    if (action == "testConnectorServers"_L1)
        return testConnectorServers(state);
    return liveSync(state, request);
}

} // namespace hubkeeper::practice
