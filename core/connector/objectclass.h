// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "portal/objecttype.h"

namespace hubkeeper {

/// The object classes of the connector (idm-connector 1.4).
enum class ObjectClass { Contact, Company, Owner, ContactProperties, CompanyProperties };

inline constexpr std::array<ObjectClass, 5> allObjectClasses {
    ObjectClass::Contact, ObjectClass::Company, ObjectClass::Owner, ObjectClass::ContactProperties,
    ObjectClass::CompanyProperties};

/// "contact", "company", "owner", "contactProperties", "companyProperties".
[[nodiscard]] QString nameOf(ObjectClass objectClass);

/// By that name, exactly. An unknown one, and "__ALL__", fail with InvalidInput and the category
/// unsupportedOperation.
[[nodiscard]] Result<ObjectClass> objectClassFrom(const QString &name);

/// Contacts and companies; nothing for the others.
[[nodiscard]] std::optional<ObjectType> recordTypeOf(ObjectClass objectClass);
/// Whose definitions contactProperties and companyProperties are; nothing for the others.
[[nodiscard]] std::optional<ObjectType> definitionsOf(ObjectClass objectClass);

/// Owners are read-only.
[[nodiscard]] bool isWritable(ObjectClass objectClass);

/// Error::category of what the connector does not offer; see icfExceptionName().
inline constexpr auto unsupportedOperation = "UNSUPPORTED_OPERATION";

} // namespace hubkeeper
