// SPDX-License-Identifier: MIT
#include "policy/policyjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

template <typename T>
void insertLimit(QJsonObject &json, const QString &name, const std::optional<Ruled<T>> &limit)
{
    if (limit)
        json.insert(name, limit->value);
}

QJsonObject portalRuleJson(const Policy::PortalRule &rule)
{
    const PortalLimits &limits = rule.limits;
    QJsonObject json;
    if (!rule.ids.isEmpty())
        json.insert(u"ids"_s, QJsonArray::fromStringList(rule.ids));
    if (limits.mode)
        json.insert(u"mode"_s, nameOf(limits.mode->value));
    insertLimit(json, u"mostRows"_s, limits.mostRows);
    insertLimit(json, u"mostArchives"_s, limits.mostArchives);
    insertLimit(json, u"mostPercent"_s, limits.mostPercent);
    if (limits.noArchiving)
        json.insert(u"archiving"_s, false);
    if (!limits.protectedProperties.isEmpty()) {
        QJsonArray names;
        for (const auto &property : limits.protectedProperties)
            names.append(property.value);
        json.insert(u"protectedProperties"_s, names);
    }
    insertLimit(json, u"signatures"_s, limits.signatures);
    return json;
}

} // namespace

QJsonObject jsonOf(const Policy &policy)
{
    QJsonObject json {{u"path"_s, policy.file}, {u"masking"_s, policy.masking.has_value()}};
    if (!policy.contact.isEmpty())
        json.insert(u"contact"_s, policy.contact);
    if (policy.allowedPortals)
        json.insert(u"allowedPortals"_s, QJsonArray::fromStringList(policy.allowedPortals->value));
    if (policy.allowedServers)
        json.insert(u"allowedServers"_s, QJsonArray::fromStringList(policy.allowedServers->value));
    QJsonArray portals;
    for (const Policy::PortalRule &rule : policy.portals)
        portals.append(portalRuleJson(rule));
    QJsonArray servers;
    for (const Policy::ServerRule &rule : policy.servers) {
        QJsonObject server {{u"mode"_s, nameOf(rule.mode.value)}};
        if (!rule.addresses.isEmpty())
            server.insert(u"addresses"_s, QJsonArray::fromStringList(rule.addresses));
        servers.append(server);
    }
    QJsonArray keys;
    for (const TrustedKey &key : policy.trustedKeys)
        keys.append(QJsonObject {{u"name"_s, key.name},
                                 {u"key"_s, QString::fromLatin1(key.key.toBase64())},
                                 {u"accounts"_s, QJsonArray::fromStringList(key.accounts)}});
    json.insert(u"portals"_s, portals);
    json.insert(u"servers"_s, servers);
    json.insert(u"trustedKeys"_s, keys);
    return json;
}

QJsonObject jsonOf(const PolicyFault &fault)
{
    return {{u"line"_s, fault.line}, {u"column"_s, fault.column}, {u"text"_s, fault.text}};
}

} // namespace hubkeeper
