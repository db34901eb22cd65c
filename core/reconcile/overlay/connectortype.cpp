// SPDX-License-Identifier: MIT
#include "reconcile/overlay/connectortype.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

AttributeRule attribute(const QString &type, bool isRequired = false)
{
    AttributeRule rule;
    rule.type = type;
    rule.isRequired = isRequired;
    return rule;
}

ConnectorType recordedContact()
{
    ConnectorType type;
    for (const QString &name :
         {u"firstname"_s, u"lastname"_s, u"company"_s, u"phone"_s, u"lifecyclestage"_s})
        type.attributes.insert(name, attribute(u"string"_s));
    type.attributes.insert(u"email"_s, attribute(u"string"_s, true));
    type.attributes.insert(u"age"_s, attribute(u"integer"_s));
    AttributeRule tags = attribute(u"string"_s);
    tags.isList = true;
    type.attributes.insert(u"tags"_s, tags);
    AttributeRule vid = attribute(u"string"_s);
    vid.isCreatable = false;
    vid.isUpdatable = false;
    type.attributes.insert(u"vid"_s, vid);
    type.nameAttribute = u"email"_s;
    type.idAttribute = u"vid"_s;
    return type;
}

ConnectorType recordedCompany()
{
    ConnectorType type;
    type.attributes.insert(u"name"_s, attribute(u"string"_s, true));
    type.attributes.insert(u"domain"_s, attribute(u"string"_s));
    type.attributes.insert(u"city"_s, attribute(u"string"_s));
    type.attributes.insert(u"numberofemployees"_s, attribute(u"integer"_s));
    type.nameAttribute = u"name"_s;
    return type;
}

} // namespace

ConnectorType connectorTypeOf(const QString &name, const QJsonObject &json)
{
    ConnectorType type;
    const QJsonObject properties = json["properties"_L1].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonObject property = it.value().toObject();
        AttributeRule rule;
        rule.isList = property["type"_L1].toString() == "array"_L1;
        rule.type = (rule.isList ? property["items"_L1].toObject() : property)["type"_L1].toString(
            u"string"_s);
        rule.isRequired = property["required"_L1].toBool();
        const QJsonArray flags = property["flags"_L1].toArray();
        rule.isCreatable = !flags.contains(u"NOT_CREATABLE"_s);
        rule.isUpdatable = !flags.contains(u"NOT_UPDATEABLE"_s);
        type.attributes.insert(it.key(), rule);
    }
    type.attributes.remove(u"__NAME__"_s);
    if (name == "contact"_L1 && type.attributes.contains(u"email"_s)) {
        type.unique = {u"email"_s};
        type.nameAttribute = u"email"_s;
    }
    return type;
}

std::optional<ConnectorType> recordedConnectorType(const QString &name)
{
    const bool isContact = name == "contact"_L1;
    if (!isContact && name != "company"_L1)
        return std::nullopt;
    ConnectorType type = isContact ? recordedContact() : recordedCompany();
    type.unique = {type.nameAttribute};
    type.refusesByName = true;
    return type;
}

} // namespace hubkeeper
