// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QStringList>

namespace hubkeeper {

/// An attribute as a provisioner declares it, IDM's defaults filled in (idm-connector 2.6). What is
/// of the wrong kind reads as absent.
struct DeclaredAttribute
{
    int node = JsonText::none; ///< Its value in the text.
    QString name; ///< IDM's side: the key.
    QString nativeName; ///< Default: the key.
    QString type;
    QString nativeType; ///< Default: the type.
    QString itemType; ///< Of `items`; empty where there are none.
    bool required = false;
    QStringList flags; ///< As written, also unknown ones.

    [[nodiscard]] bool has(QLatin1StringView flag) const { return flags.contains(flag); }
    [[nodiscard]] bool isCreatable() const;
    [[nodiscard]] bool isUpdateable() const;
};

/// One member of `objectTypes`.
struct DeclaredObjectType
{
    int node = JsonText::none;
    int properties = JsonText::none; ///< The object with the attributes, or none.
    QString key;
    QString nativeType; ///< Default here: the key; IDM has none and refuses.
    QList<DeclaredAttribute> attributes; ///< In the file's order, only those that are objects.

    /// By native name, in any letter case; null if there is none.
    [[nodiscard]] const DeclaredAttribute *findNative(const QString &nativeName) const;
};

/// What `objectTypes` of the text declares, in its order, duplicates included. Empty if it
/// is missing or no object.
[[nodiscard]] QList<DeclaredObjectType> declaredObjectTypes(const JsonText &text);

/// What the connector offers while readSchema is false: the object types of the shipped file
/// (idm-connector 1.4). The nodes are of that file and mean nothing elsewhere.
[[nodiscard]] const QList<DeclaredObjectType> &shippedObjectTypes();
/// By native type, exactly; null if the connector offers no such class.
[[nodiscard]] const DeclaredObjectType *shippedObjectType(const QString &nativeType);

} // namespace hubkeeper
