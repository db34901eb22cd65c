// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/serverprofile.h"

#include <QStringList>

namespace hubkeeper {

/// What a server makes of the name of an attribute's type (idm-connector 2.6, OpenIDM 6.3.0:
/// objectTypes).
enum class TypeSupport {
    Supported,
    Refused, ///< IDM knows the name, the framework has no attributes of that type.
    Unknown, ///< IDM does not know the name.
};

/// Of a name that begins with JAVA_TYPE_, as `type`: there every name that IDM knows is taken.
[[nodiscard]] TypeSupport javaTypeSupport(const QString &name, ServerProfile profile);
/// Of any name as `nativeType`. "array" is Refused.
[[nodiscard]] TypeSupport nativeTypeSupport(const QString &name, ServerProfile profile);

/// The JAVA_TYPE_ names that an attribute can have on every server.
[[nodiscard]] const QStringList &supportedJavaTypes();

/// What values of a type are like, for comparing two of them.
enum class ValueClass { Text, OneCharacter, Boolean, Number, Object, Array, Guarded, Bytes, Any };
[[nodiscard]] ValueClass valueClassOf(const QString &type);

} // namespace hubkeeper
