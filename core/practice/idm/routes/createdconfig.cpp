// SPDX-License-Identifier: MIT
#include "practice/idm/routes/idmroutes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// All operations of the framework, in no order.
const QStringList &operations()
{
    static const QStringList names {u"CREATE"_s,
                                    u"UPDATE"_s,
                                    u"DELETE"_s,
                                    u"TEST"_s,
                                    u"SCRIPT_ON_CONNECTOR"_s,
                                    u"SCRIPT_ON_RESOURCE"_s,
                                    u"GET"_s,
                                    u"RESOLVEUSERNAME"_s,
                                    u"AUTHENTICATE"_s,
                                    u"SEARCH"_s,
                                    u"VALIDATE"_s,
                                    u"SYNC"_s,
                                    u"SCHEMA"_s};
    return names;
}

/// The body's members laid over what every configuration begins with.
QJsonObject laidOver(QJsonObject defaults, const QJsonObject &given)
{
    for (auto it = given.begin(); it != given.end(); ++it)
        defaults.insert(it.key(), it.value());
    return defaults;
}

QJsonObject frame(const QJsonObject &body)
{
    QJsonObject ref = body.value("connectorRef"_L1).toObject();
    if (!ref.contains("connectorHostRef"_L1))
        ref.insert(u"connectorHostRef"_s, u"#LOCAL"_s);
    QJsonObject times;
    for (const QString &operation : operations())
        times.insert(operation, -1);
    const QJsonObject pool {{u"maxObjects"_s, 10},
                            {u"maxIdle"_s, 10},
                            {u"maxWait"_s, 150000},
                            {u"minEvictableIdleTimeMillis"_s, 120000},
                            {u"minIdle"_s, 1}};
    const QJsonObject handlers {{u"enableNormalizingResultsHandler"_s, false},
                                {u"enableFilteredResultsHandler"_s, false},
                                {u"enableCaseInsensitiveFilter"_s, false},
                                {u"enableAttributesToGetSearchResultsHandler"_s, true}};
    const auto given = [&body](const QString &name) { return body.value(name).toObject(); };
    return {{u"connectorRef"_s, ref},
            {u"poolConfigOption"_s, laidOver(pool, given(u"poolConfigOption"_s))},
            {u"resultsHandlerConfig"_s, laidOver(handlers, given(u"resultsHandlerConfig"_s))},
            {u"operationTimeout"_s, laidOver(times, given(u"operationTimeout"_s))}};
}

/// &{launcher.project.location} comes back resolved.
QJsonValue resolved(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().replace("&{launcher.project.location}"_L1,
                                        IdmState::serverFolder());
    if (!value.isArray())
        return value;
    QJsonArray items;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        items.append(resolved(item));
    return items;
}

QJsonObject sealedProperties(IdmState &state, const ConnectorBundle &bundle,
                             const QJsonObject &given)
{
    QJsonObject properties = bundle.defaults();
    for (auto it = given.begin(); it != given.end(); ++it)
        properties.insert(it.key(), resolved(it.value()));
    for (const QString &name : bundle.confidential()) {
        if (properties.value(name).isString())
            properties.insert(name, state.secrets.sealed(properties.value(name)));
    }
    return properties;
}

/// What the framework makes of operations: those with objects have options for each type.
QJsonObject operationOptions(const ConnectorBundle &bundle)
{
    const QJsonObject info {{u"$schema"_s, u"http://json-schema.org/draft-03/schema"_s},
                            {u"id"_s, u"FIX_ME"_s},
                            {u"type"_s, u"object"_s},
                            {u"properties"_s, QJsonObject()}};
    QJsonObject perType;
    for (const QString &type : bundle.objectTypes().keys())
        perType.insert(type, QJsonObject {{u"operationOptionInfo"_s, info}});
    QJsonObject options;
    for (const QString &operation : operations()) {
        const bool hasTypes = bundle.operations().contains(operation);
        options.insert(operation,
                       QJsonObject {{u"objectFeatures"_s, hasTypes ? perType : QJsonObject()}});
    }
    return options;
}

} // namespace

CrestOutcome<const ConnectorBundle *> wantedBundle(const IdmState &state, const QJsonObject &body)
{
    const QJsonValue ref = body.value("connectorRef"_L1);
    if (ref["connectorName"_L1].toString().isEmpty())
        return refuse(crestError(404, u"No connector name provided"_s));
    if (SystemRegistry::isRemote(ref))
        return refuse(
            crestError(500, u"Connector not found: %1"_s.arg(ref["connectorName"_L1].toString())));
    if (ref["bundleName"_L1].toString().isEmpty())
        return refuse(crestError(500, u"Parameter 'bundleName' must not be null."_s));
    const ConnectorBundle *bundle = state.systems.bundleFor(ref);
    if (!bundle)
        return refuse(crestError(503, u"The required service is not available"_s));
    return bundle;
}

CrestReply coreConfig(IdmState &state, const QJsonObject &body)
{
    auto bundle = wantedBundle(state, body);
    if (!bundle)
        return bundle.error();
    QJsonObject config = frame(body);
    config.insert(u"configurationProperties"_s, (*bundle)->defaults());
    return crestReply(config);
}

CrestReply fullConfig(IdmState &state, const QJsonObject &body)
{
    auto bundle = wantedBundle(state, body);
    if (!bundle)
        return bundle.error();
    if (!body.contains("configurationProperties"_L1))
        return crestReply(QJsonObject());
    auto connector = state.systems.opened(**bundle, body);
    if (!connector)
        return crestError(500, connector.error());
    if (const auto tested = (*connector)->test();
        !tested && tested.error().kind != ConnectorFaultKind::UnsupportedOperation)
        return crestError(500, tested.error().message);
    QJsonObject config = frame(body);
    config.insert(
        u"configurationProperties"_s,
        sealedProperties(state, **bundle, body.value("configurationProperties"_L1).toObject()));
    config.insert(u"objectTypes"_s, (*bundle)->objectTypes());
    config.insert(u"operationOptions"_s, operationOptions(**bundle));
    return crestReply(config);
}

} // namespace hubkeeper::practice
