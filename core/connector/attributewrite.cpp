// SPDX-License-Identifier: MIT
#include "connector/attributewrite.h"

#include "connector/connectortext.h"
#include "portal/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Collects what is wrong, so that a caller hears of every field at once.
class Faults
{
public:
    void invalid(const QString &attribute, const QString &code, const QString &message)
    {
        m_fields.append({attribute, code, message});
    }
    void readOnly(const QString &attribute, const QString &message)
    {
        m_isRefused = true;
        m_fields.append({attribute, u"READ_ONLY_VALUE"_s, message});
    }
    [[nodiscard]] bool isEmpty() const { return m_fields.isEmpty(); }
    [[nodiscard]] tl::unexpected<Error> error() const
    {
        QStringList sentences;
        for (const FieldFault &field : m_fields)
            sentences.append(field.message);
        auto error = fail(m_isRefused ? ErrorKind::Refused : ErrorKind::InvalidInput,
                          sentences.join(u' '), ConnectorText::tr("Nothing was sent."));
        error.value().fields = m_fields;
        return error;
    }

private:
    bool m_isRefused = false;
    QList<FieldFault> m_fields;
};

bool isEmptyValue(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined() || (value.isArray() && value.toArray().isEmpty())
        || (value.isString() && value.toString().isEmpty());
}

/// "_id" and "_rev" are IDM's own; "__NAME__" is an attribute.
bool isIdmMember(const QString &name)
{
    return name.startsWith(u'_') && !name.startsWith("__"_L1);
}

struct Named
{
    const AttributeInfo *info = nullptr;
    QJsonValue value;
};

QList<Named> namedAttributes(const ObjectClassInfo &info, const QJsonObject &attributes,
                             Faults &faults)
{
    QList<Named> named;
    QSet<const AttributeInfo *> seen;
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        if (isIdmMember(it.key()))
            continue;
        const AttributeInfo *attribute = info.find(it.key());
        if (!attribute) {
            faults.invalid(it.key(), u"UNKNOWN_ATTRIBUTE"_s,
                           ConnectorText::tr("%1 does not support the attribute %2.")
                               .arg(info.name(), it.key()));
        } else if (seen.contains(attribute)) {
            faults.invalid(
                it.key(), u"DUPLICATE_ATTRIBUTE"_s,
                ConnectorText::tr("The attribute %1 is given twice.").arg(attribute->name));
        } else {
            seen.insert(attribute);
            named.append({attribute, *it});
        }
    }
    return named;
}

void checkFlags(const QList<Named> &named, WriteKind kind, Faults &faults)
{
    for (const Named &one : named) {
        if (kind == WriteKind::Create && !one.info->creatable)
            faults.readOnly(
                one.info->name,
                ConnectorText::tr("%1 cannot be set when creating.").arg(one.info->name));
        if (kind == WriteKind::Update && !one.info->updateable)
            faults.readOnly(one.info->name,
                            ConnectorText::tr("%1 cannot be changed.").arg(one.info->name));
    }
}

void checkRequired(const ObjectClassInfo &info, const QList<Named> &named, WriteKind kind,
                   Faults &faults)
{
    for (const AttributeInfo &attribute : info.attributes) {
        if (!attribute.required)
            continue;
        const auto given = std::find_if(named.cbegin(), named.cend(),
                                        [&](const Named &one) { return one.info == &attribute; });
        const bool missing =
            given == named.cend() ? kind == WriteKind::Create : isEmptyValue(given->value);
        if (missing)
            faults.invalid(attribute.name, u"MISSING_REQUIRED_PROPERTY"_s,
                           ConnectorText::tr("%1 is required.").arg(attribute.name));
    }
}

/// The text HubSpot stores, or nothing if the value is not of the attribute's type.
std::optional<QString> textToWrite(const AttributeInfo &info, const QJsonValue &value)
{
    if (isEmptyValue(value))
        return u""_s;
    if (value.isObject())
        return std::nullopt;
    if (!value.isArray())
        return textOf(value);
    if (!info.isMultiValued())
        return std::nullopt;
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        const QString text = textOf(item);
        if (text.isEmpty() || text.contains(u';')) // The separator cannot be part of a value.
            return std::nullopt;
        texts.append(text);
    }
    return texts.join(u';');
}

void checkIdentity(const ObjectClassInfo &info, const QHash<QString, QString> &properties,
                   Faults &faults)
{
    const bool isContact = info.objectClass == ObjectClass::Contact;
    const QStringList keys = isContact ? QStringList {u"email"_s, u"firstname"_s, u"lastname"_s}
                                       : QStringList {u"name"_s, u"domain"_s};
    if (std::none_of(keys.cbegin(), keys.cend(),
                     [&](const QString &key) { return properties.contains(key); }))
        faults.invalid(
            keys.constFirst(), u"MISSING_REQUIRED_PROPERTY"_s,
            isContact ? ConnectorText::tr("A contact needs an email, a firstname or a lastname.")
                      : ConnectorText::tr("A company needs a name."));
}

void checkValues(const QHash<QString, QString> &properties,
                 const QList<PropertyDefinition> &definitions, Faults &faults)
{
    for (const PropertyDefinition &definition : definitions) {
        const auto value = properties.constFind(definition.name);
        if (value == properties.cend())
            continue;
        const QString refusal = refusalOf(definition, *value);
        if (!refusal.isEmpty())
            faults.invalid(definition.name, u"INVALID_VALUE"_s, refusal);
    }
}

/// What today's API takes in a definition, by its JSON type (hubspot-api 7.2).
enum class MemberType { Text, Number, Boolean, Options };

std::optional<MemberType> memberTypeOf(const QString &member)
{
    static const QHash<QString, MemberType> types {{u"name"_s, MemberType::Text},
                                                   {u"label"_s, MemberType::Text},
                                                   {u"groupName"_s, MemberType::Text},
                                                   {u"type"_s, MemberType::Text},
                                                   {u"fieldType"_s, MemberType::Text},
                                                   {u"description"_s, MemberType::Text},
                                                   {u"numberDisplayHint"_s, MemberType::Text},
                                                   {u"textDisplayHint"_s, MemberType::Text},
                                                   {u"referencedObjectType"_s, MemberType::Text},
                                                   {u"displayOrder"_s, MemberType::Number},
                                                   {u"showCurrencySymbol"_s, MemberType::Boolean},
                                                   {u"externalOptions"_s, MemberType::Boolean},
                                                   {u"hidden"_s, MemberType::Boolean},
                                                   {u"formField"_s, MemberType::Boolean},
                                                   {u"options"_s, MemberType::Options}};
    const auto found = types.constFind(member);
    return found == types.cend() ? std::nullopt : std::optional(*found);
}

QJsonValue memberToWrite(MemberType type, const QJsonValue &value)
{
    const QString text = textOf(value);
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    switch (type) {
    case MemberType::Text:
        return isEmptyValue(value) ? QJsonValue(u""_s)
            : value.isString()     ? value
                                   : QJsonValue(QJsonValue::Undefined);
    case MemberType::Number:
        return isNumber ? QJsonValue(number) : QJsonValue(QJsonValue::Undefined);
    case MemberType::Boolean:
        if (text != "true"_L1 && text != "false"_L1)
            return QJsonValue::Undefined;
        return text == "true"_L1;
    case MemberType::Options:
        return isEmptyValue(value) ? QJsonValue(QJsonArray())
            : value.isArray()      ? value
                                   : QJsonValue(QJsonValue::Undefined);
    }
    Q_UNREACHABLE();
}

void addMember(QJsonObject &definition, const Named &one, Faults &faults)
{
    const auto type = memberTypeOf(one.info->property);
    if (!type) {
        faults.readOnly(
            one.info->name,
            ConnectorText::tr("%1 cannot be set through HubSpot's API.").arg(one.info->name));
        return;
    }
    const QJsonValue value = memberToWrite(*type, one.value);
    if (value.isUndefined())
        faults.invalid(one.info->name, u"INVALID_VALUE"_s,
                       ConnectorText::tr("%1 has a value of the wrong type.").arg(one.info->name));
    else
        definition[one.info->property] = value;
}

} // namespace

Result<QHash<QString, QString>> propertiesToWrite(const ObjectClassInfo &info,
                                                  const QJsonObject &attributes, WriteKind kind,
                                                  const QList<PropertyDefinition> &definitions)
{
    Faults faults;
    const QList<Named> named = namedAttributes(info, attributes, faults);
    checkFlags(named, kind, faults);
    checkRequired(info, named, kind, faults);

    QHash<QString, QString> properties;
    for (const Named &one : named) {
        const auto text = textToWrite(*one.info, one.value);
        if (!text)
            faults.invalid(
                one.info->name, u"INVALID_VALUE"_s,
                ConnectorText::tr("%1 has a value of the wrong type.").arg(one.info->name));
        else if (kind == WriteKind::Update || !text->isEmpty())
            properties.insert(one.info->property, *text);
    }
    if (kind == WriteKind::Create)
        checkIdentity(info, properties, faults);
    if (faults.isEmpty()) // Only what is otherwise right is worth asking about.
        checkValues(properties, definitions, faults);
    if (!faults.isEmpty())
        return faults.error();
    return properties;
}

Result<QJsonObject> definitionToWrite(const ObjectClassInfo &info, const QJsonObject &attributes,
                                      WriteKind kind, const QString &name)
{
    Faults faults;
    const QList<Named> named = namedAttributes(info, attributes, faults);
    checkFlags(named, kind, faults);
    checkRequired(info, named, kind, faults);

    QJsonObject definition;
    for (const Named &one : named) {
        if (kind == WriteKind::Create && isEmptyValue(one.value))
            continue;
        if (kind == WriteKind::Update && one.info->isName()) {
            if (one.value.toString() != name)
                faults.readOnly(one.info->name,
                                ConnectorText::tr("The name of a property cannot be changed."));
            continue;
        }
        addMember(definition, one, faults);
    }
    if (!faults.isEmpty())
        return faults.error();
    return definition;
}

QString definitionText(const QJsonValue &value)
{
    if (value.isString() || value.isNull() || value.isUndefined())
        return value.toString();
    const QByteArray list = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

std::optional<QJsonValue> definitionValueFrom(const QString &attribute, const QString &text)
{
    // Attributes that can be set have the names of HubSpot's members (idm-connector 1.4).
    const auto type = memberTypeOf(attribute);
    if (!type)
        return std::nullopt;
    const QJsonValue given = *type == MemberType::Options && !text.isEmpty()
        ? QJsonValue(QJsonDocument::fromJson(text.toUtf8()).array())
        : QJsonValue(text);
    const QJsonValue value = memberToWrite(*type, given);
    return value.isUndefined() ? std::nullopt : std::optional(value);
}

} // namespace hubkeeper
