// SPDX-License-Identifier: MIT
#include "reconcile/overlay/managedschema.h"

#include "reconcile/values/exactjson.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The types of a property that are checked; a list is several (["string", "null"]).
QStringList typesOf(const QJsonValue &type)
{
    static const QStringList checked {u"string"_s, u"boolean"_s, u"number"_s, u"integer"_s,
                                      u"array"_s,  u"object"_s,  u"null"_s};
    const QJsonArray named = type.isArray() ? type.toArray() : QJsonArray {type};
    QStringList types;
    for (const QJsonValue &one : named) {
        if (!checked.contains(one.toString()))
            return {}; // A relationship, or something newer.
        types.append(one.toString());
    }
    return types;
}

bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == "string"_L1)
        return value.isString();
    if (type == "boolean"_L1)
        return value.isBool();
    if (type == "null"_L1)
        return value.isNull();
    if (type == "array"_L1)
        return value.isArray();
    if (type == "number"_L1)
        return value.isDouble() || isMarkedNumber(value);
    if (type == "integer"_L1)
        return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
    return value.isObject() && !isMarkedNumber(value);
}

/// A value that is there: null, an empty text and an empty list are not.
bool isThere(const QJsonValue &value)
{
    return !value.isUndefined() && !value.isNull() && value != u""_s && value != QJsonArray();
}

} // namespace

ManagedSchema::ManagedSchema(const QJsonObject &schema)
{
    const QJsonObject properties = schema["properties"_L1].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        Property property;
        property.types = typesOf(it.value()["type"_L1]);
        readPolicies(it.key(), it.value()["policies"_L1].toArray(), property);
        m_properties.insert(it.key(), property);
    }
    const QJsonArray required = schema["required"_L1].toArray();
    for (const QJsonValue &name : required)
        m_required.append(name.toString());
    m_unchecked.sort();
}

void ManagedSchema::readPolicies(const QString &name, const QJsonArray &policies,
                                 Property &property)
{
    // Those that say no more than `required` and `type` do, or are about IDM's own accounts.
    static const QStringList implied {u"required"_s, u"not-empty"_s, u"valid-type"_s,
                                      u"no-internal-user-conflict"_s};
    for (const QJsonValue &policy : policies) {
        const QString id = policy["policyId"_L1].toString();
        if (id == "unique"_L1) {
            property.isUnique = true;
        } else if (id == "valid-email-address-format"_L1) {
            property.isAddress = true;
        } else if (id == "cannot-contain-characters"_L1) {
            const QJsonArray characters = policy["params"_L1]["forbiddenChars"_L1].toArray();
            for (const QJsonValue &character : characters)
                property.forbidden += character.toString();
        } else if (!implied.contains(id)) {
            m_unchecked.append(name + u": "_s + id);
        }
    }
}

QString ManagedSchema::broken(const QJsonObject &object, const Taken &taken) const
{
    for (auto it = m_properties.cbegin(); it != m_properties.cend(); ++it) {
        const QJsonValue value = object.value(it.key());
        const bool isEncrypted = value.isObject() && value.toObject().contains("$crypto"_L1);
        const bool fits = value.isUndefined() || it->types.isEmpty() || isEncrypted
            || std::any_of(it->types.begin(), it->types.end(),
                           [&](const QString &type) { return isOfType(value, type); });
        if (!fits)
            return u"type %1: %2"_s.arg(it->types.join(u" or "_s), it.key());
    }
    for (const QString &name : m_required) {
        if (!isThere(object.value(name)))
            return u"required: "_s + name;
    }
    for (auto it = m_properties.cbegin(); it != m_properties.cend(); ++it) {
        const QJsonValue value = object.value(it.key());
        const QString text = value.toString();
        if (std::any_of(text.begin(), text.end(),
                        [&](QChar c) { return it->forbidden.contains(c); }))
            return u"cannot-contain-characters: "_s + it.key();
        if (it->isAddress && isThere(value) && !isMailAddress(text))
            return u"valid-email-address-format: "_s + it.key();
        if (it->isUnique && isThere(value) && taken(it.key(), value))
            return u"unique: "_s + it.key();
    }
    return {};
}

} // namespace hubkeeper
