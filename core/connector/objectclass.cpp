// SPDX-License-Identifier: MIT
#include "connector/objectclass.h"

#include "connector/connectortext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(ObjectClass objectClass)
{
    switch (objectClass) {
    case ObjectClass::Contact:
        return u"contact"_s;
    case ObjectClass::Company:
        return u"company"_s;
    case ObjectClass::Owner:
        return u"owner"_s;
    case ObjectClass::ContactProperties:
        return u"contactProperties"_s;
    case ObjectClass::CompanyProperties:
        return u"companyProperties"_s;
    }
    Q_UNREACHABLE();
}

Result<ObjectClass> objectClassFrom(const QString &name)
{
    for (const ObjectClass objectClass : allObjectClasses) {
        if (nameOf(objectClass) == name)
            return objectClass;
    }
    auto error = fail(
        ErrorKind::InvalidInput,
        ConnectorText::tr("The connector has no object type “%1”.").arg(name.left(80)),
        ConnectorText::tr("Use contact, company, owner, contactProperties or companyProperties."));
    error.value().category = QString::fromLatin1(unsupportedOperation);
    return error;
}

std::optional<ObjectType> recordTypeOf(ObjectClass objectClass)
{
    if (objectClass == ObjectClass::Contact)
        return ObjectType::Contacts;
    if (objectClass == ObjectClass::Company)
        return ObjectType::Companies;
    return std::nullopt;
}

std::optional<ObjectType> definitionsOf(ObjectClass objectClass)
{
    if (objectClass == ObjectClass::ContactProperties)
        return ObjectType::Contacts;
    if (objectClass == ObjectClass::CompanyProperties)
        return ObjectType::Companies;
    return std::nullopt;
}

bool isWritable(ObjectClass objectClass)
{
    return objectClass != ObjectClass::Owner;
}

} // namespace hubkeeper
