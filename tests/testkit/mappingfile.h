// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingvalidation.h"
#include "provisioner/rules/rule.h"
#include "script/scriptsession.h"
#include "testkit/provisionerfile.h"

namespace hubkeeper::test {

/// The policies of the faultless mappings: all situations, nothing is deleted.
inline QByteArray faultlessPolicies()
{
    return R"json([
                {"situation": "CONFIRMED", "action": "UPDATE"},
                {"situation": "FOUND", "action": "UPDATE"},
                {"situation": "ABSENT", "action": "CREATE"},
                {"situation": "AMBIGUOUS", "action": "EXCEPTION"},
                {"situation": "MISSING", "action": "UNLINK"},
                {"situation": "SOURCE_MISSING", "action": "UNLINK"},
                {"situation": "UNQUALIFIED", "action": "UNLINK"},
                {"situation": "UNASSIGNED", "action": "IGNORE"},
                {"situation": "LINK_ONLY", "action": "UNLINK"},
                {"situation": "FOUND_ALREADY_LINKED", "action": "EXCEPTION"},
                {"situation": "TARGET_IGNORED", "action": "IGNORE"},
                {"situation": "SOURCE_IGNORED", "action": "IGNORE"},
                {"situation": "ALL_GONE", "action": "IGNORE"}
            ])json";
}

/// From managed users to contacts.
inline QByteArray faultlessMapping()
{
    return R"json({
            "name": "managedUser_hubspotContact",
            "source": "managed/user",
            "target": "system/hubspot/contact",
            "enableSync": false,
            "taskThreads": 0,
            "properties": [
                {"source": "mail", "target": "email"},
                {"source": "givenName", "target": "firstname"},
                {"source": "sn", "target": "lastname"}
            ],
            "correlationQuery": {
                "type": "text/javascript",
                "source": "({_queryFilter: 'email eq ' + JSON.stringify(source.mail)})"
            },
            "policies": )json"
        + faultlessPolicies() + "\n        }";
}

/// A sync.json without findings: the mapping above and its reverse.
inline QByteArray faultlessMappings()
{
    return "{\n    \"mappings\": [\n        " + faultlessMapping() + R"json(,
        {
            "name": "hubspotContact_managedUser",
            "source": "system/hubspot/contact",
            "target": "managed/user",
            "links": "managedUser_hubspotContact",
            "taskThreads": 0,
            "properties": [
                {"source": "email", "target": "mail"},
                {"source": "firstname", "target": "givenName"},
                {"source": "lastname", "target": "sn"},
                {"source": "email", "target": "userName"}
            ],
            "validSource": {
                "type": "text/javascript",
                "source": "source.email != null && source.firstname != null && source.lastname != null"
            },
            "correlationQuery": {
                "type": "text/javascript",
                "file": "ui/correlateTreeToQueryFilter.js",
                "mapping": "hubspotContact_managedUser",
                "expressionTree": {"any": ["mail"]}
            },
            "policies": )json"
        + faultlessPolicies() + "\n        }\n    ]\n}\n";
}

/// Scripts are tried for real, in one process.
class TriedScripts
{
public:
    [[nodiscard]] ScriptTry asked()
    {
        return [this](const QString &text, const QJsonObject &globals) {
            const SessionReply reply = m_session.run(text, globals);
            ScriptTrial trial;
            trial.kind = reply.kind == SessionReply::Value ? ScriptTrial::Value
                : reply.kind == SessionReply::Threw        ? ScriptTrial::Threw
                : reply.kind == SessionReply::NotCompiled  ? ScriptTrial::Unreadable
                                                           : ScriptTrial::NotTried;
            trial.value = reply.value;
            trial.message = reply.message;
            return trial;
        };
    }

private:
    ScriptSession m_session {[](const QString &operation, const QJsonArray &) {
                                 return QJsonObject {{QStringLiteral("needed"), operation}};
                             },
                             {}};
};

/// `objects` of config/managed: users and roles.
inline QJsonArray managedObjects()
{
    QJsonObject properties;
    for (const QString &name : typedUserProperties())
        properties.insert(name, QJsonObject {{QStringLiteral("type"), QStringLiteral("string")}});
    const QJsonObject user {
        {QStringLiteral("properties"), properties},
        {QStringLiteral("required"), QJsonArray::fromStringList(requiredUserProperties())}};
    return {QJsonObject {{QStringLiteral("name"), QStringLiteral("user")},
                         {QStringLiteral("schema"), user}},
            QJsonObject {{QStringLiteral("name"), QStringLiteral("role")}}};
}

/// What is validated to try an example of a rule.
struct MappingExample
{
    QByteArray bytes;
    MappingOptions options;
};

inline MappingExample mappingExample(const RuleExample &example, const char *json)
{
    MappingExample file;
    file.options.profile = example.profile;
    file.options.collections.addManaged(managedObjects());
    const QString pointer = QString::fromUtf8(example.pointer);
    file.bytes = faultlessMappings();
    if (pointer == QLatin1String("#name")) {
        file.bytes = faultlessMapping();
        file.options.fileName = QString::fromUtf8(json);
        file.options.knowsAllOthers = true;
    } else {
        file.bytes = withTextAt(file.bytes, pointer, json);
    }
    return file;
}

} // namespace hubkeeper::test
