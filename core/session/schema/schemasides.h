// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// One attribute on the three sides: built into the connector, in the file, in the portal's live
/// schema. The texts are those of SchemaDifference; empty where the side does not have it.
struct AttributeSides
{
    QString name; ///< IDM's: the file's key, else the connector's name.
    QString property; ///< HubSpot's property behind it; empty if there is none.
    QString inDefault;
    QString inFile;
    QString inLive;
    QString pointer; ///< Into the file; empty if it does not declare it.
    bool isName = false; ///< The naming attribute.
    bool hasCounterpart = true; ///< False: today's API has nothing behind it, it stays empty.

    bool operator==(const AttributeSides &) const = default;
};

/// One object class with the attributes of all sides: the default's order, then the file's, then
/// the live schema's.
struct ClassSides
{
    ObjectClass objectClass = ObjectClass::Contact;
    QString key; ///< Its key in the file; the class's name where the file has none.
    QString pointer; ///< Into the file; empty if it does not declare it.
    QList<AttributeSides> attributes;
};

/// Whether the sides that are known differ. A side that is not known (no file, live schema not
/// read) says nothing.
[[nodiscard]] bool differs(const AttributeSides &attribute, bool withFile, bool withLive);

/// The five classes of the connector. `file` and `live` may be null. Attributes are matched by
/// native name in any letter case. Pure.
[[nodiscard]] QList<ClassSides> schemaSides(const JsonText *file, const Schema *live);

} // namespace hubkeeper
