// SPDX-License-Identifier: MIT
#include "provisioner/model/completiontables.h"

#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/model/provisionerfields.h"
#include "provisioner/model/provisionerkeys.h"
#include "provisioner/provisionertext.h"
#include "provisioner/text/jsonedit.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Whether a path has the form of a pattern: "objectTypes/*/properties".
bool isAt(const QStringList &path, const char *pattern)
{
    const QStringList parts = QString::fromLatin1(pattern).split(u'/', Qt::SkipEmptyParts);
    if (parts.size() != path.size())
        return false;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts[i] != "*"_L1 && parts[i] != path[i])
            return false;
    }
    return true;
}

QString typeName(PropertyType type)
{
    switch (type) {
    case PropertyType::String:
        return u"String"_s;
    case PropertyType::GuardedString:
        return u"Secret"_s;
    case PropertyType::Boolean:
        return u"Boolean"_s;
    case PropertyType::Integer:
        return u"Integer"_s;
    }
    Q_UNREACHABLE();
}

QString describe(PropertyType type, const char *defaultJson, bool required, const char *help)
{
    QString text = typeName(type);
    if (required)
        text += ProvisionerText::tr(", required");
    else if (*defaultJson && qstrcmp(defaultJson, "null") != 0)
        text += ProvisionerText::tr(", default ") + QString::fromUtf8(defaultJson);
    return text + u". "_s + QString::fromUtf8(help);
}

QByteArray beginningOf(PropertyType type, const char *defaultJson)
{
    if (*defaultJson && qstrcmp(defaultJson, "null") != 0)
        return defaultJson;
    switch (type) {
    case PropertyType::Boolean:
        return "false";
    case PropertyType::Integer:
        return "null";
    default:
        return "\"\"";
    }
}

QByteArray beginningOf(JsonKind kind)
{
    switch (kind) {
    case JsonKind::Object:
        return "{}";
    case JsonKind::Array:
        return "[]";
    case JsonKind::Boolean:
        return "true";
    case JsonKind::Number:
        return "0";
    default:
        return "\"\"";
    }
}

QString kindName(JsonKind kind)
{
    switch (kind) {
    case JsonKind::Object:
        return u"Object"_s;
    case JsonKind::Array:
        return u"List"_s;
    case JsonKind::Boolean:
        return u"Boolean"_s;
    case JsonKind::Number:
        return u"Number"_s;
    default:
        return u"Text"_s;
    }
}

/// A key, the value it begins with, what it means.
struct KeyRow
{
    const char *pattern;
    const char *key;
    const char *value;
    const char *detail;
};

// clang-format off
constexpr KeyRow keyRows[] {
    {"operationOptions/*", "denied", "false", "Boolean. Whether the operation is refused."},
    {"operationOptions/*", "onDeny", "\"THROW_EXCEPTION\"", "What a refused operation does."},
    {"operationOptions/*", "supportedObjectTypes", "[]", "List of object types."},
    {"operationOptions/*", "objectFeatures", "{}", "Object. The same, object type by object type."},
    {"operationOptions/*", "operationOptionInfo", "{}", "Object. Options of the operation."},
    {"operationOptions/*/objectFeatures/*", "denied", "false", "Boolean. Whether the operation is refused."},
    {"operationOptions/*/objectFeatures/*", "onDeny", "\"THROW_EXCEPTION\"", "What a refused operation does."},
    {"operationOptions/*/objectFeatures/*", "operationOptionInfo", "{}", "Object. Options of the operation."},
    {"objectTypes/*", "$schema", "\"http://json-schema.org/draft-03/schema\"", "Text, informative."},
    {"objectTypes/*", "id", "\"\"", "Text, informative."},
    {"objectTypes/*", "type", "\"object\"", "Text, informative."},
    {"objectTypes/*", "nativeType", "\"\"", "Text, required. The connector's object class."},
    {"objectTypes/*", "properties", "{}", "Object, required. The attributes."},
    {"objectTypes/*/properties/*", "type", "\"string\"", "Text, required."},
    {"objectTypes/*/properties/*", "nativeName", "\"\"", "Text, default: the key. HubSpot's name."},
    {"objectTypes/*/properties/*", "nativeType", "\"string\"", "Text, default: the type."},
    {"objectTypes/*/properties/*", "items", "{\"type\": \"object\", \"nativeType\": \"object\"}", "Object. What a list holds; informative."},
    {"objectTypes/*/properties/*", "required", "true", "Boolean."},
    {"objectTypes/*/properties/*", "flags", "[]", "List of texts."},
    {"objectTypes/*/properties/*", "runAsUser", "false", "Boolean. With the end user's credentials."},
    {"objectTypes/*/properties/*", "default", "\"\"", "The default value."},
    {"objectTypes/*/properties/*", "key", "\"\"", "Text. Encrypts the value on IDM's side with this key."},
    {"objectTypes/*/properties/*", "cipher", "\"\"", "Text. The cipher to the key."},
    {"objectTypes/*/properties/*/items", "type", "\"object\"", "Text."},
    {"objectTypes/*/properties/*/items", "nativeType", "\"object\"", "Text."},
    {"syncFailureHandler", "maxRetries", "5", "Number. Negative: for ever."},
    {"syncFailureHandler", "postRetryAction", "\"logged-ignore\"", "What is done after the last retry."},
    {"syncFailureHandler/postRetryAction", "script", "{}", "Object."},
    {"syncFailureHandler/postRetryAction/script", "type", "\"text/javascript\"", "Text."},
    {"syncFailureHandler/postRetryAction/script", "file", "\"\"", "Text. The script's file."},
    {"syncFailureHandler/postRetryAction/script", "source", "\"\"", "Text. The script itself."},
    {"systemActions/*", "scriptId", "\"\"", "Text, required."},
    {"systemActions/*", "actions", "[]", "List, required."},
    {"systemActions/*/actions/*", "systemType", "\".*HubspotConnector\"", "Text. Matches the whole connector name."},
    {"systemActions/*/actions/*", "actionType", "\"groovy\"", "Text. The language."},
    {"systemActions/*/actions/*", "actionSource", "\"\"", "Text. The script itself."},
    {"systemActions/*/actions/*", "actionFile", "\"\"", "Text. The script's file, read when the connector is loaded."},
};

/// JSON text of a value and its meaning.
struct ValueRow
{
    const char *pattern;
    const char *json;
    const char *detail;
};

constexpr ValueRow valueRows[] {
    {"connectorRef/connectorHostRef", "\"#LOCAL\"", "The server itself."},
    {"operationTimeout/*", "-1", "No limit."},
    {"operationTimeout/*", "15000", "15 seconds."},
    {"operationOptions/*/denied", "false", ""},
    {"operationOptions/*/denied", "true", "Refused with status 403."},
    {"operationOptions/*/onDeny", "\"DO_NOTHING\"", ""},
    {"operationOptions/*/onDeny", "\"THROW_EXCEPTION\"", ""},
    {"operationOptions/*/objectFeatures/*/denied", "false", ""},
    {"operationOptions/*/objectFeatures/*/denied", "true", "Refused with status 403."},
    {"operationOptions/*/objectFeatures/*/onDeny", "\"DO_NOTHING\"", ""},
    {"operationOptions/*/objectFeatures/*/onDeny", "\"THROW_EXCEPTION\"", ""},
    {"objectTypes/*/$schema", "\"http://json-schema.org/draft-03/schema\"", ""},
    {"objectTypes/*/type", "\"object\"", ""},
    {"objectTypes/*/properties/*/nativeName", "\"__NAME__\"", "The name of the record."},
    {"objectTypes/*/properties/*/required", "true", ""},
    {"objectTypes/*/properties/*/required", "false", ""},
    {"objectTypes/*/properties/*/runAsUser", "false", ""},
    {"objectTypes/*/properties/*/runAsUser", "true", ""},
    {"syncFailureHandler/maxRetries", "-1", "For ever."},
    {"syncFailureHandler/maxRetries", "0", "None."},
    {"syncFailureHandler/maxRetries", "5", ""},
    {"syncFailureHandler/postRetryAction", "\"logged-ignore\"", "Writes to the log and goes on."},
    {"syncFailureHandler/postRetryAction", "\"dead-letter-queue\"", "Keeps the record in the repository."},
    {"syncFailureHandler/postRetryAction", "{\"script\": {}}", "Runs a script."},
    {"systemActions/*/actions/*/systemType", "\".*HubspotConnector\"", "This connector."},
    {"systemActions/*/actions/*/actionType", "\"groovy\"", "Runs on the server only."},
    {"systemActions/*/actions/*/actionType", "\"javascript\"", ""},
    {"enabled", "true", "The connector is started."},
    {"enabled", "false", "The connector is not started."},
};
// clang-format on

Candidate valueOf(const QByteArray &json, const QString &detail = {})
{
    QString text = QString::fromUtf8(json);
    if (text.size() > 1 && text.startsWith(u'"'))
        text = text.mid(1, text.size() - 2);
    return {text, json, detail};
}

QList<Candidate> texts(const QStringList &values)
{
    QList<Candidate> candidates;
    for (const QString &value : values)
        candidates.append({value, jsonQuoted(value), {}});
    return candidates;
}

QList<Candidate> typed(PropertyType type, const char *defaultJson)
{
    const QByteArray usual = defaultJson;
    if (type == PropertyType::Boolean) {
        const QByteArray other = usual == "true" ? "false" : "true";
        return {valueOf(other == "true" ? "false" : "true", ProvisionerText::tr("Default.")),
                valueOf(other)};
    }
    if (type == PropertyType::Integer && !usual.isEmpty() && usual != "null")
        return {valueOf(usual, ProvisionerText::tr("Default."))};
    return {};
}

QStringList declaredKeys(const JsonText &text)
{
    QStringList keys;
    for (const DeclaredObjectType &type : declaredObjectTypes(text))
        keys.append(type.key);
    return keys;
}

/// What the connector offers for the object type of this key in the file.
const DeclaredObjectType *offeredFor(const CompletionPlace &place)
{
    for (const DeclaredObjectType &type : declaredObjectTypes(place.text)) {
        if (type.key == place.path.value(1))
            return shippedObjectType(type.nativeType);
    }
    return shippedObjectType(place.path.value(1));
}

QByteArray definitionOf(const DeclaredAttribute &attribute)
{
    QByteArray json = "{\"type\": " + jsonQuoted(attribute.type);
    if (!attribute.itemType.isEmpty())
        json += ", \"items\": {\"type\": " + jsonQuoted(attribute.itemType) + "}";
    json += ", \"nativeName\": " + jsonQuoted(attribute.nativeName)
        + ", \"nativeType\": " + jsonQuoted(attribute.nativeType);
    if (attribute.required)
        json += ", \"required\": true";
    if (!attribute.flags.isEmpty()) {
        QByteArrayList flags;
        for (const QString &flag : attribute.flags)
            flags.append(jsonQuoted(flag));
        json += ", \"flags\": [" + flags.join(", ") + ']';
    }
    return json + '}';
}

/// What the table of single values says of a top-level key; its kind for a block.
QString detailOf(const ProvisionerKey &key)
{
    for (const ProvisionerField &field : provisionerFields()) {
        if (QLatin1StringView(field.pointer + 1) == QLatin1StringView(key.name))
            return describe(field.type, field.defaultJson, field.required, field.help);
    }
    return kindName(key.kind);
}

QList<Candidate> topLevelKeys(ServerProfile profile)
{
    QList<Candidate> keys;
    for (const ProvisionerKey &key : provisionerKeys()) {
        const bool isKnown = profile == ServerProfile::Commercial ? key.commercial : key.community;
        const bool isOfRest = *key.name == '_'; // A file does without those.
        if (isKnown && !isOfRest)
            keys.append({QString::fromLatin1(key.name), beginningOf(key.kind), detailOf(key)});
    }
    return keys;
}

QList<Candidate> propertyKeys()
{
    QList<Candidate> keys;
    for (const ConnectorProperty &property : connectorProperties()) {
        keys.append(
            {QString::fromLatin1(property.name), beginningOf(property.type, property.defaultJson),
             describe(property.type, property.defaultJson, property.required, property.help)});
    }
    return keys;
}

QList<Candidate> fieldKeys(const QString &block)
{
    QList<Candidate> keys;
    for (const ProvisionerField &field : provisionerFields()) {
        const QString pointer = QString::fromLatin1(field.pointer);
        if (!block.isEmpty() && pointer.startsWith(u'/' + block + u'/')) {
            keys.append({pointer.mid(block.size() + 2), beginningOf(field.type, field.defaultJson),
                         describe(field.type, field.defaultJson, field.required, field.help)});
        }
    }
    return keys;
}

QList<Candidate> namesAsKeys(const QStringList &names, const char *value, const QString &detail)
{
    QList<Candidate> keys;
    for (const QString &name : names)
        keys.append({name, value, detail});
    return keys;
}

QList<Candidate> attributeKeys(const CompletionPlace &place)
{
    QList<Candidate> keys;
    if (const DeclaredObjectType *offered = offeredFor(place)) {
        for (const DeclaredAttribute &attribute : offered->attributes)
            keys.append({attribute.name, definitionOf(attribute), attribute.type});
    }
    return keys;
}

QList<Candidate> nativeNames(const CompletionPlace &place)
{
    QStringList names;
    if (const DeclaredObjectType *offered = offeredFor(place)) {
        for (const DeclaredAttribute &attribute : offered->attributes) {
            if (attribute.nativeName != "__NAME__"_L1)
                names.append(attribute.nativeName);
        }
    }
    return texts(names);
}

QList<Candidate> fieldValues(const CompletionPlace &place)
{
    const QString pointer = u'/' + place.path.join(u'/');
    for (const ProvisionerField &field : provisionerFields()) {
        if (pointer == QLatin1StringView(field.pointer))
            return typed(field.type, field.defaultJson);
    }
    return {};
}

QList<Candidate> propertyValues(const QString &name)
{
    const ConnectorProperty *property = connectorProperty(name);
    if (!property)
        return {};
    QList<Candidate> values = typed(property->type, property->defaultJson);
    if (property->isConfidential()) {
        values.append({u"&{hubspot.%1}"_s.arg(name), "\"&{hubspot." + name.toLatin1() + "}\"",
                       ProvisionerText::tr("A substitution that IDM fills in.")});
    }
    if (qstrcmp(property->defaultJson, "null") == 0)
        values.append(valueOf("null", ProvisionerText::tr("Not set.")));
    return values;
}

QList<Candidate> referenceValues(const QString &key)
{
    if (key == "bundleName"_L1)
        return texts({QString(connector::bundleName)});
    if (key == "connectorName"_L1)
        return texts({QString(connector::connectorName)});
    if (key == "systemType"_L1)
        return texts({QString(connector::systemType)});
    if (key == "bundleVersion"_L1)
        return texts(knownBundleVersions());
    return {};
}

QStringList shippedKeys()
{
    QStringList keys;
    for (const DeclaredObjectType &type : shippedObjectTypes())
        keys.append(type.key);
    return keys;
}

} // namespace

QList<Candidate> keysAt(const CompletionPlace &place)
{
    const QStringList &path = place.path;
    if (path.isEmpty())
        return topLevelKeys(place.profile);
    if (isAt(path, "configurationProperties"))
        return propertyKeys();
    if (isAt(path, "operationTimeout"))
        return namesAsKeys(operationNames(), "-1",
                           ProvisionerText::tr("Milliseconds; -1 means no limit."));
    if (isAt(path, "operationOptions") || isAt(path, "operationRateLimits"))
        return namesAsKeys(operationNames(), "{}", {});
    if (isAt(path, "operationOptions/*/objectFeatures"))
        return namesAsKeys(declaredKeys(place.text), "{}", {});
    if (isAt(path, "objectTypes")) {
        QList<Candidate> keys;
        for (const QString &key : shippedKeys()) {
            keys.append({key, "{\"nativeType\": " + jsonQuoted(key) + ", \"properties\": {}}",
                         ProvisionerText::tr("Object class of the connector.")});
        }
        return keys;
    }
    if (isAt(path, "objectTypes/*/properties"))
        return attributeKeys(place);
    QList<Candidate> keys = path.size() == 1 ? fieldKeys(path.first()) : QList<Candidate>();
    for (const KeyRow &row : keyRows) {
        if (isAt(path, row.pattern))
            keys.append({QString::fromLatin1(row.key), row.value, QString::fromLatin1(row.detail)});
    }
    return keys;
}

QList<Candidate> valuesAt(const CompletionPlace &place)
{
    const QStringList &path = place.path;
    QList<Candidate> values;
    for (const ValueRow &row : valueRows) {
        if (isAt(path, row.pattern))
            values.append(valueOf(row.json, QString::fromLatin1(row.detail)));
    }
    if (isAt(path, "configurationProperties/*"))
        values += propertyValues(path.last());
    else if (isAt(path, "connectorRef/*"))
        values += referenceValues(path.last());
    else if (isAt(path, "operationOptions/*/supportedObjectTypes/*"))
        values += texts(declaredKeys(place.text));
    else if (isAt(path, "objectTypes/*/nativeType"))
        values += texts(shippedKeys());
    else if (isAt(path, "objectTypes/*/id"))
        values += texts({path[1]});
    else if (isAt(path, "objectTypes/*/properties/*/nativeName"))
        values += nativeNames(place);
    else if (isAt(path, "objectTypes/*/properties/*/type")
             || isAt(path, "objectTypes/*/properties/*/items/type"))
        values += texts(attributeTypes());
    else if (isAt(path, "objectTypes/*/properties/*/nativeType")
             || isAt(path, "objectTypes/*/properties/*/items/nativeType"))
        values += texts(attributeNativeTypes());
    else if (isAt(path, "objectTypes/*/properties/*/flags/*"))
        values += texts(attributeFlags());
    return values.isEmpty() ? fieldValues(place) : values;
}

} // namespace hubkeeper
