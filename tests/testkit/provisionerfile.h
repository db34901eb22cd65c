// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/rule.h"
#include "provisioner/text/jsonedit.h"

namespace hubkeeper::test {

/// A small provisioner of which no rule has anything to say, not even as information, when it is
/// called `provisioner.openicf-hubspot.json`.
/// On a community server secrets are never substituted, so there it holds encrypted ones, made by a
/// throw-away keystore from invented values.
inline QByteArray faultlessProvisioner(ServerProfile profile = ServerProfile::Commercial)
{
    const bool isCommunity = profile == ServerProfile::Community;
    const QByteArray block =
        R"({"$crypto": {"type": "x-simple-encryption", "value": {"cipher": "AES/CBC/PKCS5Padding",)"
        R"( "data": "%1", "iv": "ZJUIVOf85QjYeosc9LnTng==", "key": "openidm-sym-default"}}})";
    const auto encrypted = [&](const char *data) { return QByteArray(block).replace("%1", data); };
    const QByteArray secret = isCommunity
        ? encrypted("MC9MKIdQdRe7TqxmgiQ56mcEIrQb+FtfxFWG2iqhEqSNfQZUFWLaMhA+0s+m2BeI")
        : QByteArray("\"&{hubspot.client.secret}\"");
    const QByteArray token = isCommunity
        ? encrypted("rV32LZeuBSPuTBYC+aC9G1KuIkIgw1xAaeqbLwhkDiyWbacZZXsWd1c5w4Fk8dlH")
        : QByteArray("\"&{hubspot.refresh.token}\"");
    const QByteArray name = isCommunity ? "\n    \"name\": \"hubspot\"," : "";
    return '{' + name + R"json(
    "connectorRef": {
        "bundleName": "org.forgerock.openicf.connectors.hubspot-connector",
        "bundleVersion": "[1.5.0.0,1.6.0.0)",
        "connectorName": "org.forgerock.openicf.connectors.hubspot.HubspotConnector",
        "displayName": "Hubspot Connector",
        "systemType": "provisioner.openicf"
    },
    "enabled": true,
    "configurationProperties": {
        "clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
        "clientSecret": )json"
        + secret + R"json(,
        "refreshToken": )json"
        + token + R"json(,
        "readSchema": false,
        "maximumConnections": 10,
        "permitsPerSecond": 6,
        "acceptSelfSignedCertificates": false,
        "disableHostNameVerifier": false
    },
    "resultsHandlerConfig": {
        "enableNormalizingResultsHandler": false,
        "enableFilteredResultsHandler": false,
        "enableCaseInsensitiveFilter": false,
        "enableAttributesToGetSearchResultsHandler": true
    },
    "operationTimeout": {
        "CREATE": 60000,
        "SEARCH": 60000
    },
    "objectTypes": {
        "contact": {
            "$schema": "http://json-schema.org/draft-03/schema",
            "id": "contact",
            "type": "object",
            "nativeType": "contact",
            "properties": {
                "vid": {
                    "type": "string",
                    "nativeName": "__NAME__",
                    "nativeType": "string",
                    "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]
                },
                "email": {
                    "type": "string",
                    "nativeName": "email",
                    "nativeType": "string"
                }
            }
        }
    }
}
)json";
}

/// The file with JSON text at the pointer, whatever stood there; null takes out what is there.
/// The parent must exist; nothing is checked, so the text may be no JSON.
inline QByteArray withTextAt(const QByteArray &bytes, const QString &pointer, const char *json)
{
    const JsonText text(bytes);
    const int node = text.at(pointer);
    if (json == nullptr)
        return node == JsonText::none ? bytes : applied(bytes, {removeChild(text, node)});
    if (node != JsonText::none)
        return applied(bytes, {replaceValue(text, node, json)});
    const qsizetype slash = pointer.lastIndexOf(u'/');
    const int parent = text.at(pointer.left(slash));
    Q_ASSERT(parent != JsonText::none);
    QString key = pointer.mid(slash + 1);
    key.replace(QLatin1String("~1"), QLatin1String("/"))
        .replace(QLatin1String("~0"), QLatin1String("~"));
    return applied(bytes,
                   {text.node(parent).kind == JsonKind::Array
                        ? appendElement(text, parent, json)
                        : appendMember(text, parent, key, json)});
}

/// "a\x00b" as three bytes.
inline QByteArray unescapedBytes(const QByteArray &escaped)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < escaped.size(); ++i) {
        if (escaped.mid(i, 2) == "\\x" && i + 3 < escaped.size()) {
            bytes += char(escaped.mid(i + 2, 2).toInt(nullptr, 16));
            i += 3;
        } else {
            bytes += escaped[i];
        }
    }
    return bytes;
}

/// "3 ab" as "ababab".
inline QByteArray repeatedBytes(const QByteArray &notation)
{
    const qsizetype blank = notation.indexOf(' ');
    return notation.mid(blank + 1).repeated(notation.left(blank).toInt());
}

/// What is validated to try an example.
struct ExampleFile
{
    QByteArray bytes;
    ValidationOptions options;
};

/// Whether the example of a rule is one of a provisioner: others are of mappings, or asked of a
/// portal.
inline bool isOfProvisioner(const Rule &rule)
{
    return rule.stage != RuleStage::Live && rule.stage != RuleStage::Mappings;
}

inline ExampleFile exampleFile(const RuleExample &example, const char *json)
{
    ExampleFile file;
    file.options.profile = example.profile;
    file.options.fileName = QStringLiteral("provisioner.openicf-hubspot.json");
    if (example.today != nullptr)
        file.options.today = QDate::fromString(QLatin1String(example.today), Qt::ISODate);
    const QString pointer = QString::fromUtf8(example.pointer);
    file.bytes = faultlessProvisioner(example.profile);
    if (pointer == QLatin1String("#name"))
        file.options.fileName = QString::fromUtf8(json);
    else if (pointer == QLatin1String("#today"))
        file.options.today = QDate::fromString(QLatin1String(json), Qt::ISODate);
    else if (pointer == QLatin1String("#apiVersion"))
        file.options.apiVersion = QString::fromUtf8(json);
    else if (pointer == QLatin1String("#bytes"))
        file.bytes = unescapedBytes(json);
    else if (pointer == QLatin1String("#repeat"))
        file.bytes = repeatedBytes(json);
    else if (pointer.isEmpty())
        file.bytes = json;
    else
        file.bytes = withTextAt(file.bytes, pointer, json);
    return file;
}

} // namespace hubkeeper::test
