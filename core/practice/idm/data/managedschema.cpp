// SPDX-License-Identifier: MIT
#include "practice/idm/data/managedschema.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// A property of the standard schema.
struct ManagedProperty
{
    QString name;
    QJsonValue::Type type = QJsonValue::String;
    bool isRequired = false;
};

/// In the order in which OpenIDM 6.3.0 was seen to name them.
const QList<ManagedProperty> &userProperties()
{
    static const QList<ManagedProperty> properties {
        {u"userName"_s, QJsonValue::String, true},
        {u"mail"_s, QJsonValue::String, true},
        {u"sn"_s, QJsonValue::String, true},
        {u"givenName"_s, QJsonValue::String, true},
        {u"telephoneNumber"_s},
        {u"city"_s},
        {u"postalAddress"_s},
        {u"address2"_s},
        {u"postalCode"_s},
        {u"country"_s},
        {u"stateProvince"_s},
        {u"accountStatus"_s},
        {u"roles"_s, QJsonValue::Array},
        {u"authzRoles"_s, QJsonValue::Array},
        {u"reports"_s, QJsonValue::Array},
    };
    return properties;
}

const QList<ManagedProperty> &propertiesOf(const QString &collection)
{
    static const QList<ManagedProperty> named {
        {u"name"_s, QJsonValue::String, true},
    };
    return collection == "managed/user"_L1 ? userProperties() : named;
}

QJsonObject requirement(const QString &name, const QJsonObject &parameters = {})
{
    QJsonObject json {{u"policyRequirement"_s, name}};
    if (!parameters.isEmpty())
        json.insert(u"params"_s, parameters);
    return json;
}

bool looksLikeMail(const QString &text)
{
    static const QRegularExpression mail(
        uR"(\A[A-Za-z0-9_.%+'&#$!*/=?^`{|}~-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\z)"_s);
    return mail.match(text).hasMatch();
}

QJsonArray typeFaults(const ManagedProperty &property, const QJsonValue &value)
{
    if (value.isUndefined())
        return property.isRequired ? QJsonArray {requirement(u"REQUIRED"_s)} : QJsonArray();
    if (value.type() == property.type) {
        const bool isMissing =
            property.isRequired && value.isString() && value.toString().isEmpty();
        return isMissing ? QJsonArray {requirement(u"REQUIRED"_s)} : QJsonArray();
    }
    const QString type = property.type == QJsonValue::Array ? u"array"_s : u"string"_s;
    return {requirement(u"VALID_TYPE"_s,
                        {{u"invalidType"_s, value.isNull() ? u"null"_s : u"other"_s},
                         {u"validTypes"_s, QJsonArray {type}}})};
}

QJsonArray passwordFaults(const QJsonObject &user)
{
    const QString password = user.value("password"_L1).toString();
    QJsonArray faults;
    if (password.size() < 8)
        faults.append(requirement(u"MIN_LENGTH"_s, {{u"minLength"_s, 8}}));
    if (!password.contains(QRegularExpression(u"[A-Z]"_s)))
        faults.append(requirement(u"AT_LEAST_X_CAPITAL_LETTERS"_s, {{u"numCaps"_s, 1}}));
    if (!password.contains(QRegularExpression(u"[0-9]"_s)))
        faults.append(requirement(u"AT_LEAST_X_NUMBERS"_s, {{u"numNums"_s, 1}}));
    for (const QString &name : {u"userName"_s, u"givenName"_s, u"sn"_s}) {
        const QString other = user.value(name).toString();
        if (!other.isEmpty() && password.contains(other, Qt::CaseInsensitive))
            faults.append(requirement(u"CANNOT_CONTAIN_OTHERS"_s, {{u"disallowedFields"_s, name}}));
    }
    return faults;
}

/// What only users have: names that are taken, addresses that are none.
QJsonArray userFaults(const ManagedStore &store, const QString &id, const QString &property,
                      const QString &value)
{
    if (property == "userName"_L1 && !store.otherUserNamed(value, id).isEmpty())
        return {requirement(u"UNIQUE"_s)};
    if (property == "mail"_L1 && !looksLikeMail(value))
        return {requirement(u"VALID_EMAIL_ADDRESS_FORMAT"_s)};
    return {};
}

/// The objects that a list of references names.
QJsonArray referenced(const QJsonValue &references)
{
    QJsonArray names;
    const QJsonArray list = references.toArray();
    for (const QJsonValue &one : list)
        names.append(QJsonObject {{u"_ref"_s, one["_ref"_L1]}});
    return names;
}

QJsonArray assignmentsOf(const ManagedStore &store, const QJsonArray &roles)
{
    QJsonArray assignments;
    for (const QJsonValue &role : roles) {
        const QString path = role["_ref"_L1].toString();
        const ManagedObject *object = store.find(path.section(u'/', 0, 1), path.section(u'/', 2));
        const QJsonArray list =
            object ? object->content.value("assignments"_L1).toArray() : QJsonArray();
        for (const QJsonValue &one : list) {
            const QString place = one["_ref"_L1].toString();
            const ManagedObject *assignment =
                store.find(place.section(u'/', 0, 1), place.section(u'/', 2));
            if (!assignment)
                continue;
            QJsonObject shown = assignment->content;
            shown.insert(u"_id"_s, assignment->id);
            shown.insert(u"_rev"_s, QString::number(assignment->revision));
            assignments.append(shown);
        }
    }
    return assignments;
}

} // namespace

bool isManagedCollection(const QString &collection)
{
    return collection == "managed/user"_L1 || collection == "managed/role"_L1
        || collection == "managed/assignment"_L1;
}

QJsonArray failedPolicies(const ManagedStore &store, const QString &collection, const QString &id,
                          const QJsonObject &content)
{
    QJsonArray failed;
    const auto note = [&failed](const QString &property, const QJsonArray &faults) {
        if (!faults.isEmpty())
            failed.append(
                QJsonObject {{u"policyRequirements"_s, faults}, {u"property"_s, property}});
    };
    for (const ManagedProperty &property : propertiesOf(collection)) {
        const QJsonValue value = content.value(property.name);
        QJsonArray faults = typeFaults(property, value);
        if (faults.isEmpty() && value.isString() && collection == "managed/user"_L1)
            faults = userFaults(store, id, property.name, value.toString());
        note(property.name, faults);
    }
    const QJsonValue password = content.value("password"_L1);
    if (password.isString())
        note(u"password"_s, passwordFaults(content));
    else if (!password.isUndefined() && !password.isObject())
        note(u"password"_s, typeFaults({u"password"_s}, password));
    const QJsonValue ownId = content.value("_id"_L1);
    if (ownId.toString().contains(u'/'))
        note(u"_id"_s,
             {requirement(u"CANNOT_CONTAIN_CHARACTERS"_s,
                          {{u"forbiddenChars"_s, QJsonArray {u"/"_s}}})});
    else if (!ownId.isUndefined() && !ownId.isString())
        note(u"_id"_s, typeFaults({u"_id"_s}, ownId));
    return failed;
}

QJsonObject shownObject(const ManagedStore &store, const QString &collection,
                        const ManagedObject &object)
{
    QJsonObject shown = object.content;
    shown.insert(u"_id"_s, object.id);
    shown.insert(u"_rev"_s, QString::number(object.revision));
    if (collection != "managed/user"_L1)
        return shown;
    shown.remove(u"password"_s);
    const QJsonArray roles = referenced(shown.take("roles"_L1));
    shown.insert(u"effectiveRoles"_s, roles);
    shown.insert(u"effectiveAssignments"_s, assignmentsOf(store, roles));
    return shown;
}

} // namespace hubkeeper::practice
