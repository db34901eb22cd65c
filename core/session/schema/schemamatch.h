// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/text/jsonedit.h"

namespace hubkeeper {

/// The connector's readSchema as the file sets it, after IDM's conversion; false if it is absent
/// or known to IDM only.
[[nodiscard]] bool readsSchema(const JsonText &file);

/// By name, exactly as IDM looks it up; null if the connector offers no such class.
[[nodiscard]] const ObjectClassInfo *classNamed(const Schema &schema, const QString &nativeType);

/// The attribute of the file that stands for `info`: by native name in any letter case.
[[nodiscard]] const DeclaredAttribute *declaredFor(const DeclaredObjectType &type,
                                                   const AttributeInfo &info);

/// Whether both hold the same kind of value: "integer" and "number" are one kind, "any" is all.
[[nodiscard]] bool hasTypeOf(const DeclaredAttribute &attribute, const AttributeInfo &info);

[[nodiscard]] bool flagsDiffer(const DeclaredAttribute &attribute, const AttributeInfo &info);
/// The file lets IDM write what cannot be written.
[[nodiscard]] bool isTooLax(const DeclaredAttribute &attribute, const AttributeInfo &info);

/// Whether the file has the built-in schema's type, and the connector offers just that: while
/// readSchema is false, whatever HubSpot defines. `builtIn` may be null.
[[nodiscard]] bool hasBuiltInType(const DeclaredAttribute &attribute, const AttributeInfo *builtIn,
                                  bool readsSchema);

/// "string, NOT_CREATABLE, required": an attribute in one way, whichever side it is from. Empty for
/// null.
[[nodiscard]] QString described(const DeclaredAttribute &attribute);
[[nodiscard]] QString described(const AttributeInfo *info);

/// An attribute on one line, its members in the order of the shipped file.
[[nodiscard]] QByteArray attributeJson(const AttributeInfo &info);
/// Edits that give an attribute the type of `info`, unless that is to stay, and its strictness;
/// stricter flags stay.
[[nodiscard]] QList<TextEdit> attributeCorrections(const JsonText &file,
                                                   const DeclaredAttribute &attribute,
                                                   const AttributeInfo &info, bool withType = true);

} // namespace hubkeeper
