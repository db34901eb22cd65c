// SPDX-License-Identifier: MIT
#include "connector/attributevalue.h"

#include "portal/jsontext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Source = AttributeSource;

const QString mergedProperty = u"hs_merged_object_ids"_s;
const QString emailsProperty = u"hs_additional_emails"_s;
const QString domainsProperty = u"hs_additional_domains"_s;

QStringList parts(const QString &text)
{
    return text.split(u';', Qt::SkipEmptyParts);
}

/// A property's text in the attribute's type. What does not fit the type stays text.
QJsonValue typedValue(const AttributeInfo &info, const QString &text)
{
    if (text.isEmpty())
        return QJsonValue::Undefined;
    if (info.isMultiValued())
        return QJsonArray::fromStringList(parts(text));
    if (info.type == "boolean"_L1 && (text == "true"_L1 || text == "false"_L1))
        return text == "true"_L1;
    if (info.type == "number"_L1) {
        bool ok = false;
        if (const qint64 whole = text.toLongLong(&ok); ok)
            return whole;
        if (const double number = text.toDouble(&ok); ok)
            return number;
    }
    return text;
}

QJsonValue listOf(const QStringList &texts, const QString &key)
{
    if (texts.isEmpty())
        return QJsonValue::Undefined;
    QJsonArray array;
    for (const QString &text : texts)
        array.append(QJsonObject {{key, text}});
    return array;
}

QJsonValue identityProfiles(const Record &record)
{
    QJsonArray identities;
    if (const QString email = record.text(u"email"_s); !email.isEmpty())
        identities.append(
            QJsonObject {{u"type"_s, u"EMAIL"_s}, {u"value"_s, email}, {u"is-primary"_s, true}});
    for (const QString &email : parts(record.text(emailsProperty)))
        identities.append(QJsonObject {{u"type"_s, u"EMAIL"_s}, {u"value"_s, email}});
    if (identities.isEmpty())
        return QJsonValue::Undefined;
    return QJsonArray {QJsonObject {{u"vid"_s, record.id}, {u"identities"_s, identities}}};
}

QJsonValue profileUrl(ObjectClass objectClass, const Record &record, const AccountDetails &account)
{
    if (!record.url.isEmpty())
        return record.url;
    if (account.portalId == 0)
        return QJsonValue::Undefined;
    const QString host = account.uiDomain.isEmpty() ? u"app.hubspot.com"_s : account.uiDomain;
    return u"https://%1/contacts/%2/record/%3/%4"_s.arg(
        host, QString::number(account.portalId), typeIdOf(*recordTypeOf(objectClass)), record.id);
}

QJsonValue accountId(const AccountDetails &account)
{
    return account.portalId == 0 ? QJsonValue(QJsonValue::Undefined)
                                 : QJsonValue(QString::number(account.portalId));
}

QJsonValue valueFrom(ObjectClass objectClass, const Record &record, const AttributeInfo &info,
                     const AccountDetails &account)
{
    switch (info.source) {
    case Source::Property:
        return typedValue(info, record.text(info.property));
    case Source::RecordId:
        return record.id;
    case Source::AccountId:
        return accountId(account);
    case Source::Yes:
        return u"true"_s;
    case Source::Created:
        return record.createdAt.isValid() ? QJsonValue(record.createdAt.toString(Qt::ISODateWithMs))
                                          : QJsonValue(QJsonValue::Undefined);
    case Source::Archived:
        return record.archived ? u"true"_s : u"false"_s;
    case Source::ProfileUrl:
        return profileUrl(objectClass, record, account);
    case Source::IdentityProfiles:
        return identityProfiles(record);
    case Source::MergedIds:
        return listOf(parts(record.text(mergedProperty)), u"id"_s);
    case Source::AdditionalDomains:
        return listOf(parts(record.text(domainsProperty)), u"domain"_s);
    case Source::Member:
    case Source::None:
        break;
    }
    return QJsonValue::Undefined;
}

QJsonValue memberAt(const QJsonObject &json, const QString &path)
{
    const QStringList steps = path.split(u'/');
    QJsonValue value = json;
    for (const QString &step : steps) {
        const bool inverted = step.startsWith(u'!');
        value = value[inverted ? step.mid(1) : step];
        if (inverted && value.isBool())
            value = !value.toBool();
    }
    return value;
}

QJsonValue memberValue(const QJsonObject &json, const AttributeInfo &info,
                       const AccountDetails &account)
{
    if (info.source == Source::AccountId)
        return accountId(account);
    if (info.source != Source::Member)
        return QJsonValue::Undefined;
    const QJsonValue value = memberAt(json, info.property);
    if (info.isMultiValued())
        return value.isArray() && !value.toArray().isEmpty() ? value
                                                             : QJsonValue(QJsonValue::Undefined);
    if (info.type == "boolean"_L1)
        return value.isBool() ? value : QJsonValue(QJsonValue::Undefined);
    const QString text = textOf(value);
    return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
}

void set(ConnectorObject &object, const AttributeInfo &info, const QJsonValue &value)
{
    if (!value.isUndefined())
        object.attributes[info.name] = value;
}

QString isoText(const QDateTime &instant)
{
    return instant.isValid() ? instant.toString(Qt::ISODateWithMs) : QString();
}

} // namespace

QList<AttributeInfo> wantedAttributes(const ObjectClassInfo &info, const QStringList &fields)
{
    QList<AttributeInfo> wanted;
    for (const AttributeInfo &attribute : info.attributes) {
        const auto isMeant = [&](const QString &field) {
            return field == "*"_L1 || attribute.name.compare(field, Qt::CaseInsensitive) == 0
                || attribute.nativeName.compare(field, Qt::CaseInsensitive) == 0;
        };
        if (fields.isEmpty() ? attribute.readable && attribute.returnedByDefault
                             : std::any_of(fields.cbegin(), fields.cend(), isMeant))
            wanted.append(attribute);
    }
    return wanted;
}

QStringList propertiesFor(const QList<AttributeInfo> &attributes)
{
    QStringList properties;
    for (const AttributeInfo &info : attributes) {
        if (info.source == Source::Property)
            properties.append(info.property);
        else if (info.source == Source::MergedIds)
            properties.append(mergedProperty);
        else if (info.source == Source::AdditionalDomains)
            properties.append(domainsProperty);
        else if (info.source == Source::IdentityProfiles)
            properties.append({u"email"_s, emailsProperty});
    }
    properties.removeDuplicates();
    return properties;
}

bool needsAccount(const QList<AttributeInfo> &attributes)
{
    return std::any_of(attributes.cbegin(), attributes.cend(), [](const AttributeInfo &info) {
        return info.source == Source::AccountId || info.source == Source::ProfileUrl;
    });
}

ConnectorObject objectFrom(ObjectClass objectClass, const Record &record,
                           const QList<AttributeInfo> &attributes, const AccountDetails &account)
{
    ConnectorObject object;
    object.objectClass = objectClass;
    object.uid = record.id;
    object.revision = isoText(record.updatedAt);
    object.warnings = record.warnings;
    for (const AttributeInfo &info : attributes)
        set(object, info, valueFrom(objectClass, record, info, account));
    return object;
}

ConnectorObject objectFrom(const Owner &owner, const QList<AttributeInfo> &attributes,
                           const AccountDetails &account)
{
    const QJsonObject json {{u"id"_s, owner.id},
                            {u"email"_s, owner.email},
                            {u"firstName"_s, owner.firstName},
                            {u"lastName"_s, owner.lastName},
                            {u"type"_s, owner.type},
                            {u"createdAt"_s, isoText(owner.createdAt)},
                            {u"updatedAt"_s, isoText(owner.updatedAt)}};
    ConnectorObject object;
    object.objectClass = ObjectClass::Owner;
    object.uid = owner.id;
    object.revision = isoText(owner.updatedAt);
    for (const AttributeInfo &info : attributes)
        set(object, info, memberValue(json, info, account));
    return object;
}

ConnectorObject objectFrom(ObjectClass objectClass, const PropertyDefinition &definition,
                           const QList<AttributeInfo> &attributes)
{
    ConnectorObject object;
    object.objectClass = objectClass;
    object.uid = definition.name;
    object.revision = textOf(definition.json["updatedAt"_L1]);
    for (const AttributeInfo &info : attributes)
        set(object, info, memberValue(definition.json, info, {}));
    return object;
}

} // namespace hubkeeper
